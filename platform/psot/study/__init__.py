"""Learning over time: mistakes, the daily set, plans by role and their yearly renewal."""
