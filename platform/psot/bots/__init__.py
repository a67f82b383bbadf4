"""Bots: racers that a program plays, through the same doors as everybody else."""
