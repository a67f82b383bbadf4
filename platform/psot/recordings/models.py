"""The tables of recordings."""
