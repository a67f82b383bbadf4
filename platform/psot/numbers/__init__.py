"""Public numbers: what the community comes to, kept ready from the ledger."""
