"""The bibliographic record that all formats read into, write from and cite; it imports nothing else of bibwright."""
