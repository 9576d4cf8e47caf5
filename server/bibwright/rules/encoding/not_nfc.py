"""A letter is written as a plain letter and a separate accent although it exists as one character.

The two look the same, but programs compare and sort them as different texts, a search finds only one of them, and
LaTeX may print the accent beside the letter. Names that were copied from a PDF file or come from a Mac are often
written so. Addresses, paths and identifiers are left as they are.

Bad::

    @misc{smith2020,
      title = {The Cafe\u0301 on the Corner}
    }

Good::

    @misc{smith2020,
      title = {The Café on the Corner}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, is_normalized, normalize

from bibwright.analysis.diagnostics import Severity, safe_fix, unsafe_fix
from bibwright.analysis.rule import ENTRIES, SAFE, UNSAFE, Context, Report, rule
from bibwright.rules.encoding.verbatim import is_verbatim
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: What is not ASCII, with the letter before it, which an accent may belong to.
_RUN = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
#: One character that stands for another in everybody's eyes: the signs for ångström, ohm and kelvin, Greek letters
#: with the older name of the same accent. What else is replaced by another character (ideographs for compatibility,
#: brackets, signs that turn into ASCII) or taken apart (Hebrew, Indian scripts) looks different, and was meant.
_SAME_TO_ALL = re.compile(
    "[\u212a\u212b\u2126\u1f71\u1f73\u1f75\u1f77\u1f79\u1f7b\u1f7d\u1fbb\u1fc9\u1fcb\u1fd3\u1fdb\u1fe3\u1feb\u1ff9\u1ffb]"
)
#: More accents on one letter are no language, and cost time to sort.
_MOST_ACCENTS = 16


@rule("E903", "not-nfc", Severity.HINT, watches=ENTRIES, fixes=(SAFE, UNSAFE), non_ascii=True)
def not_nfc(context: Context, entry: Entry) -> Iterator[Report]:
    """One report for a field, from its first such letter to the last."""
    if is_normalized("NFC", entry.span.of(context.text)):
        return
    for field in entry.fields:
        value = field.value.of(context.text)
        if not value.isascii() and not is_normalized("NFC", value) and not is_verbatim(context, field):
            yield from _check(context, entry, field)


def _check(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    text = context.text
    edits = [
        Edit(*span, normalize("NFC", span.of(text)))
        for run in _RUN.finditer(text, *field.value)
        for span in _clusters(text, run.start(), run.end())
        if _can_be_written_better(span.of(text))
    ]
    if not edits:
        return
    first = text[edits[0].start : edits[0].end]
    more = f", and {len(edits) - 1} more" if len(edits) > 1 else ""
    message = f"{quoted(first)} is written as {_names(first)}, not as {_names(edits[0].new_text)}{more}"
    make_fix = unsafe_fix if context.is_cut(entry) else safe_fix
    fix = make_fix("Write it as one character" if not more else "Write each as one character", *edits)
    yield Report(Span(edits[0].start, edits[-1].end), message, (fix,))


def _clusters(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretches that are normalised each by itself: a letter and what combines with it, a syllable of Hangul."""
    at = start
    last = normalize("NFC", text[start])[-1]
    for index in range(start + 1, end):
        character = text[index]
        pair = normalize("NFC", last + character)
        if not combining(character) and pair == last + normalize("NFC", character):
            yield Span(at, index)
            at = index
        last = pair[-1]
    yield Span(at, end)


def _can_be_written_better(cluster: str) -> bool:
    if cluster.isascii() or len(cluster) > _MOST_ACCENTS or is_normalized("NFC", cluster):
        return False
    kept = _SAME_TO_ALL.sub("", cluster)
    return all(is_normalized("NFC", character) for character in kept)


def _names(characters: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in characters)
