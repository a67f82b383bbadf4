"""The tables of reading."""
