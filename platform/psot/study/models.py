"""The tables of study."""
