"""Seasons: opened, frozen, closed and kept; `room.install` brings their pages into the app."""
