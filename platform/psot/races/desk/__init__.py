"""The organizer's desk: everything about a race before its start, and the steps of its life."""
