"""How records are written in .ris files."""
