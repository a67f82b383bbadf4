"""PSOT: where the rooms meet the world."""

__version__ = "0.1.0"
