"""Boards of people: by region, league, topic and medal, the full table, places over the weeks."""
