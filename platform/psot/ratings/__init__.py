"""Ratings of members and regions, kept ready for any board; `room.install` brings the pages."""
