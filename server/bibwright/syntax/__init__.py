"""Source text as nodes with exact spans, common to all formats, and the document that is edited in place."""
