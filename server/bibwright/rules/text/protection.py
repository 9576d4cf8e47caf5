"""Words of a .bib value whose capitals no braces protect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.rule import Context
from bibwright.rules.text.masking import MASK
from bibwright.rules.text.values import masked_text, text_pieces
from bibwright.syntax.nodes import Field
from bibwright.text.spans import Span

_WORD_OR_BRACE = re.compile(rf"[{{}}]|[^\s{{}}{MASK}]+")
_EDGES = "()[],.;:!?\"'`’“”-"
_CAPITAL = re.compile("[A-Z]")
#: `State-Of-The-Art` is a matter of taste: between hyphens only the parts count.
_PARTS = re.compile(r"[-/–—]")


def find_unprotected(context: Context, field: Field) -> Iterator[Span]:
    """Words outside of braces with a capital behind their first letter (`DNA`, `eBay`); none where all are capitals."""
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
            elif depth == 0 and _has_capital_inside(bare := word.strip(_EDGES)):
                at = start + match.start() + word.index(bare)
                yield Span(at, at + len(bare))


def _has_capital_inside(word: str) -> bool:
    return any(_CAPITAL.search(part, 1) for part in _PARTS.split(word))
