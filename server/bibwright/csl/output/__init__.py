"""Formatted citations, and how they are written: plain text, Markdown, HTML, RTF and LaTeX, one writer a file."""

from bibwright.csl.output.html import to_html
from bibwright.csl.output.latex import to_latex
from bibwright.csl.output.markdown import escape_markdown, to_markdown
from bibwright.csl.output.plain import to_plain
from bibwright.csl.output.rtf import to_rtf
from bibwright.csl.output.runs import Block, Formatted, FormattedRun, ListedEntry
from bibwright.csl.output.writers import WRITERS, Writer

__all__ = [
    "WRITERS",
    "Block",
    "Formatted",
    "FormattedRun",
    "ListedEntry",
    "Writer",
    "escape_markdown",
    "to_html",
    "to_latex",
    "to_markdown",
    "to_plain",
    "to_rtf",
]
