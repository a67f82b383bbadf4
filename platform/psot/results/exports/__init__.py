"""The protocol to take along, as files of four kinds."""
