"""CSL-JSON: what citation processors read, and Zotero, pandoc and many services write."""
