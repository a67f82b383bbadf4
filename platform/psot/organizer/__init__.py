"""Organizer: the pages of those who run PSOT."""
