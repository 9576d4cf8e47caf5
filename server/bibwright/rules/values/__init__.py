"""What stands in a field or tag: pages, keywords, placeholders."""
