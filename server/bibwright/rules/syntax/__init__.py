"""How entries are written in .bib files, and what both formats say about text that is not theirs."""
