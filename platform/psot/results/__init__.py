"""The results: protocols to read, replay, compare and take along, and the seasons they make."""
