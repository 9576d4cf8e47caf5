"""A language server and linter for bibliographies."""

__version__ = "0.1.0"
