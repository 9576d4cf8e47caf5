"""Where a file does not agree with itself."""
