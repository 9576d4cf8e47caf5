"""Formatted citations, and how they are written: plain text, Markdown, HTML, RTF and LaTeX, one writer a file."""

from bibwright.csl.output.html import to_html
from bibwright.csl.output.markdown import to_markdown
from bibwright.csl.output.plain import to_plain
from bibwright.csl.output.runs import Block, Formatted, FormattedRun

__all__ = ["Block", "Formatted", "FormattedRun", "to_html", "to_markdown", "to_plain"]
