"""The races: announced, registered for, listed, started: everything before and around a course."""
