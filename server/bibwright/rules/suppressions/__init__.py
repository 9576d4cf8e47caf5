"""Comments by which rules are ignored."""
