"""The tables of workplace."""
