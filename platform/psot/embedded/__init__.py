"""A real PostgreSQL and a real Valkey from wheels, on private sockets in the data folder."""
