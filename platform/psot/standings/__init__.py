"""The standings: facts of a race become boards that racers, spectators and screens watch."""
