"""The languages that citations are written in, for whoever lets the user choose one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bibwright.csl.output.html import html_list, to_html
from bibwright.csl.output.latex import latex_bibliography, to_latex
from bibwright.csl.output.markdown import markdown_list, to_markdown
from bibwright.csl.output.plain import plain_list, to_plain
from bibwright.csl.output.rtf import rtf_document, to_rtf
from bibwright.csl.output.runs import Formatted, ListedEntry


class Writer(NamedTuple):
    """A language. `write` gives one citation, `write_list` a whole list, which for RTF is a document.

    `language_id` is what editors call it.
    """

    id: str
    title: str
    language_id: str
    write: Callable[[Formatted], str]
    write_list: Callable[[Sequence[ListedEntry]], str]


WRITERS = {
    writer.id: writer
    for writer in (
        Writer("plain", "plain text", "plaintext", to_plain, plain_list),
        Writer("markdown", "Markdown", "markdown", to_markdown, markdown_list),
        Writer("html", "HTML", "html", to_html, html_list),
        Writer("rtf", "RTF", "plaintext", to_rtf, rtf_document),
        Writer("latex", "LaTeX", "latex", to_latex, latex_bibliography),
    )
}
