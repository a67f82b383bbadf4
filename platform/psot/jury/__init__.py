"""The jury: cases, protests, decisions, and the protocols that a race ends with."""
