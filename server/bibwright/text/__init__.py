"""Text as the rest of bibwright sees it: spans, lines and columns, and the bucketed list of blocks."""
