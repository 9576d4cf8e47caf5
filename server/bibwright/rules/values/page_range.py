r"""A range of pages is written in another way than the format expects.

A single hyphen in BibTeX is printed as a hyphen by styles that do not mend it; a range from a higher page to a lower
one is a misprint; in RIS the last page belongs in `EP`, and programs take all of `SP` for the first page.

Bad::

    @article{smith2020,
      pages = {10-20}
    }

Good::

    @article{smith2020,
      pages = {10--20}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Related, Severity, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted, quoted_exactly
from bibwright.rules.values.plain import make_fix
from bibwright.syntax.nodes import Entry, Field, PieceKind
from bibwright.text.spans import Edit, Span

#: Two plain numbers; what has letters, colons or dots in it may be the number of one page.
_RANGE = re.compile(r"(?<![\w:.\-–—])(\d+)(\s*[-–—‐‑−]{1,3}\s*)(\d+)(?![\w:.\-–—])")
_PREFIX = re.compile(r"\s*(?:pp?\.\s*|pp?\s+|pages?:?\s+|pgs?\.\s*)(?=[A-Za-z]?\d)", re.IGNORECASE)

#: One page, or a range as BibTeX wants it.
_USUAL = re.compile(r'[{"]?(\d{1,9})(?:--(\d{1,9}))?[}"]?')
_LONGEST_PAGE = 100


@rule("V408", "page-range", Severity.HINT, watches=fields("pages", "sp"), fixes=(SAFE, UNSAFE))
def page_range(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A second number with fewer digits abbreviates the range (`1012--20`), or belongs to the number of one page."""
    usual = _USUAL.fullmatch(context.text, *field.value)
    if usual is not None and not _is_reversed(usual[1], usual[2] or _last_page(context, entry)):
        return
    if len(field.pieces) != 1 or field.pieces[0].kind is PieceKind.MACRO or not field.pieces[0].closed:
        return
    span = field.pieces[0].content
    prefix = _PREFIX.match(context.text, *span)
    if prefix is not None:
        found = Span(prefix.start(), prefix.end())
        fix = make_fix(context, entry, "Delete the prefix", Edit(*found, ""))
        message = f"{quoted(prefix.group())} before the page number; the citation style adds it"
        yield Report(found, message, (fix,), severity=Severity.WARNING)
        span = Span(prefix.end(), span.end)
    if context.format == "ris":
        yield from _ris_range(context, entry, field, span)
    else:
        yield from _bibtex_ranges(context, entry, span)


def _bibtex_ranges(context: Context, entry: Entry, span: Span) -> Iterator[Report]:
    for match in _RANGE.finditer(context.text, *span):
        separator = Span(*match.span(2))
        if _is_reversed(match[1], match[3]):
            whole = Span(*match.span())
            fix = unsafe_fix("Swap the pages", Edit(*whole, f"{match[3]}--{match[1]}"))
            message = f"the pages {quoted(match.group())} run from the higher to the lower"
            yield Report(whole, message, (fix,), severity=Severity.WARNING)
        elif match[2].strip() != "--" and len(match[3]) >= len(match[1]):
            fix = make_fix(context, entry, "Write two hyphens", Edit(*separator, "--"))
            yield Report(
                separator, f"the page range {quoted(match.group())} has {quoted_exactly(match[2])}, expected --", (fix,)
            )


def _ris_range(context: Context, entry: Entry, field: Field, span: Span) -> Iterator[Report]:
    text = context.text
    last_page, last = context.field_of(entry, "ep"), _last_page(context, entry)
    match = _RANGE.fullmatch(text, *span)
    if match is None:
        first = span.of(text)
        if last_page is not None and _is_reversed(first, last):
            swap = unsafe_fix("Swap the pages", Edit(*span, last), Edit(*last_page.value, first))
            related = (Related("the first page", span),)
            message = f"the last page {quoted(last)} is before the first page {quoted(first)}"
            yield Report(last_page.value, message, (swap,), related, Severity.WARNING)
        return
    if len(match[3]) < len(match[1]) or _is_reversed(match[1], match[3]):
        return
    fixes: tuple[Fix, ...] = ()
    shorten = Edit(match.end(1), span.end, "")
    if last_page is None:
        add = Edit(span.end, span.end, f"{context.line_end}EP  - {match[3]}")
        fixes = (make_fix(context, entry, "Move the last page to EP", shorten, add),)
    elif last == match[3]:
        fixes = (make_fix(context, entry, "Keep the first page, EP has the last", shorten),)
    message = f"SP has the whole range {quoted(match.group())}, expected the first page"
    yield Report(span, message, fixes, severity=Severity.WARNING)


def _last_page(context: Context, entry: Entry) -> str:
    """The value of EP; empty where it can be no page: every SP asks, and each would read thousands of lines of it."""
    field = context.field_of(entry, "ep") if context.format == "ris" else None
    if field is None or field.value.end - field.value.start > _LONGEST_PAGE:
        return ""
    return field.value.of(context.text).strip()


def _is_reversed(first: str, last: str) -> bool:
    if not (first.isdecimal() and last.isdecimal()):
        return False
    # Of as many digits the order of numbers is that of texts; `int` refuses thousands of them.
    return len(first) == len(last) and last < first
