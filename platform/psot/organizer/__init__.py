"""Organizer: the pages of those who run PSOT; `room.install` brings them into the app."""
