"""An entry stands inside a `@comment`, but BibTeX reads it all the same.

For BibTeX `@comment` is no more than a word: it goes on behind it and finds the next at sign. biber, pandoc,
bibtexparser and JabRef skip everything up to the closing brace. So the entry is there for one program and not for the
others. The metadata that JabRef keeps in comments is left alone, and so are files for biblatex.

Bad::

    @comment{ @misc{smith2020, title = {On Trees}} }

Good::

    @comment{ misc{smith2020, title = {On Trees}} }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import BLOCKS, UNSAFE, Context, Report, rule
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Comment
from bibwright.text.spans import Edit, Span

_COMMENT = re.compile(r"@\s*comment\s*\{", re.IGNORECASE)
_JABREF = re.compile(r"\s*jabref-", re.IGNORECASE)
#: What certainly begins an entry: a key and a comma, or behind `@string` a name and an equals sign. The lengths are
#: bounded, for a comment may have a million signs that begin nothing.
_ENTRY = re.compile(
    r"""
    @ [ \t]{0,9}
    (?: (?i:string) [ \t]{0,9} [{(] [ \t]{0,9} [^\s,{}()=@]{1,99} [ \t]{0,9} =
      | (?!(?i:comment|preamble|string)\b) [A-Za-z]{1,99} [ \t]{0,9} [{(] [ \t]{0,9} ([^\s,{}()=@]{1,200}) [ \t]{0,9} ,
    )
    """,
    re.VERBOSE,
)


@rule("S117", "entry-in-comment", Severity.INFORMATION, watches=BLOCKS, formats=("bibtex",), fixes=(UNSAFE,))
def entry_in_comment(context: Context) -> Iterator[Report]:
    """Reported at the at sign of each entry. One that begins a line is not seen as part of the comment at all."""
    text = context.text
    for node in context.tree.nodes:
        if type(node) is not Comment or (opening := _COMMENT.match(text, node.span.start)) is None:
            continue
        if _JABREF.match(text, opening.end()):
            continue
        for match in _ENTRY.finditer(text, opening.end(), node.span.end):
            if context.dialect == "biblatex":
                return
            what = f"the entry {quoted(match[1])}" if match[1] else "the string macro"
            span = Span(match.start(), match.start() + 1)
            fix = unsafe_fix("Delete the @, so that no program reads it", Edit(*span, ""))
            yield Report(span, f"BibTeX reads {what} although it stands in a comment", (fix,))
