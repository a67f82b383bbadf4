"""Recordings of webinars: the player, watched seconds counted honestly, checks of attention."""
