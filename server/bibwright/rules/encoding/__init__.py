"""How characters are stored."""
