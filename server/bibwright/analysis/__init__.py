"""The open documents, what is known about their blocks, and the linter, which is given its rules."""
