"""Start programs, keep them running, stop them together. Knows nothing about PSOT itself."""
