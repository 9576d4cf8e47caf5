"""Which fields and tags an entry should have."""
