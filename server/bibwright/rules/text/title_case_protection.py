"""Capitals of a title are not protected by braces.

Most BibTeX styles print titles in small letters but for the first, and `DNA` becomes `dna`. Braces keep the case of
what they hold. Off by default: styles of biblatex, and BibTeX styles that leave titles alone, need no braces, and which
words are names only the author knows.

Bad::

    @article{smith2020,
      title = {The structure of DNA}
    }

Good::

    @article{smith2020,
      title = {The structure of {DNA}}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.text.masking import MASK
from bibwright.rules.text.values import masked_text, text_pieces
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_WORD_OR_BRACE = re.compile(rf"[{{}}]|[^\s{{}}{MASK}]+")
_EDGES = "()[],.;:!?\"'`’“”-"
_CAPITAL = re.compile("[A-Z]")
#: `State-Of-The-Art` is a matter of taste: between hyphens only the parts count.
_PARTS = re.compile(r"[-/–—]")


@rule(
    "T607",
    "title-case-protection",
    Severity.HINT,
    watches=fields("title"),
    formats=("bibtex",),
    default=False,
    fixes=(UNSAFE,),
)
def title_case_protection(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Silent in files for biblatex, and in titles that are all capitals."""
    if context.dialect == "biblatex":
        return
    for piece in text_pieces(field):
        start = piece.content.start
        masked = masked_text(context, piece)
        if masked.isupper():
            continue
        depth = 0
        for match in _WORD_OR_BRACE.finditer(masked):
            word = match.group()
            if word in "{}":
                depth += 1 if word == "{" else -1
            elif depth == 0 and _needs_braces(bare := word.strip(_EDGES)):
                at = start + match.start() + word.index(bare)
                span = Span(at, at + len(bare))
                fix = unsafe_fix("Put it in braces", Edit(*span, "{" + bare + "}"))
                yield Report(span, f"the capitals of {quoted(bare)} are not protected", (fix,))


def _needs_braces(word: str) -> bool:
    return any(_CAPITAL.search(part, 1) for part in _PARTS.split(word))
