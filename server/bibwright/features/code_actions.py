"""Code actions: the fixes of the diagnostics in a range, and what can be done with the entry there.

Everything that needs work beyond the range (converting, rendering a citation to copy, fixing the whole file) is only
named here: the client asks for it when it is chosen.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import islice
from typing import NamedTuple

from bibwright.analysis.diagnostics import Diagnostic, Safety
from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.errors import StyleError
from bibwright.csl.output import WRITERS, ListedEntry, to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.single import render_single_citation
from bibwright.csl.style import Style
from bibwright.features.convert_dialect import is_edited
from bibwright.features.convert_in_place import is_in_place
from bibwright.features.hover import read_record
from bibwright.features.locate import blocks_between, entries_between, find_entry_at
from bibwright.features.styles import describe_style, resolve_style
from bibwright.formats import FORMATS, TARGETS, AnyFormat
from bibwright.formats.bibtex.facts import stated_dialect
from bibwright.formats.csl_data import CSL_JSON
from bibwright.syntax.document import Position
from bibwright.text.blocklist import Block, Place
from bibwright.text.columns import PositionEncoding, first_line_end
from bibwright.text.spans import Edit

#: The most quick fixes of a range. A menu of more helps nobody, while a range may be a whole file with a fix for each
#: of its ten thousands of entries; "Fix all safe problems" is for that.
MOST_QUICK_FIXES = 100
#: Of so many rules at most is offered to fix or to ignore all that they find.
MOST_RULES = 5
#: Of so many styles at most is a citation offered; commands offer all of them.
MOST_STYLES = 3


class QuickFix(NamedTuple):
    """A fix of one diagnostic; its edits are relative to the block at `place`."""

    title: str
    place: Place
    block: Block
    diagnostic: Diagnostic
    edits: tuple[Edit, ...]
    preferred: bool


class FoundAt(NamedTuple):
    """A diagnostic of the block at `place`."""

    place: Place
    block: Block
    diagnostic: Diagnostic


class QuickFixes(NamedTuple):
    """The fixes of a range, and of each of the first rules there the first diagnostic."""

    fixes: list[QuickFix]
    rules: list[FoundAt]


class Insertion(NamedTuple):
    """Text to be put into the block at `place`."""

    place: Place
    block: Block
    edit: Edit


def find_quick_fixes(
    document: OpenDocument, start: Position, end: Position, encoding: PositionEncoding
) -> Generator[None, None, QuickFixes]:
    """The fixes of the diagnostics that touch a range, `MOST_QUICK_FIXES` at most; one step a block.

    The first safe one of a diagnostic is preferred. Where the document is edited between two steps, the places of the
    fixes are those before the edit.
    """
    found: list[QuickFix] = []
    rules: dict[str, FoundAt] = {}
    for place, block, low, high in blocks_between(document, start, end, encoding):
        document.check_block(block)
        for diagnostic in document.findings.of(block):
            if diagnostic.span.start <= high and low <= diagnostic.span.end:
                if len(rules) < MOST_RULES:
                    rules.setdefault(diagnostic.code, FoundAt(place, block, diagnostic))
                for number, fix in enumerate(diagnostic.fixes):
                    preferred = number == 0 and fix.safety is Safety.SAFE
                    found.append(QuickFix(fix.title, place, block, diagnostic, fix.edits, preferred))
        if len(found) >= MOST_QUICK_FIXES:
            break
        yield
    return QuickFixes(found[:MOST_QUICK_FIXES], list(rules.values()))


def is_fixable(diagnostic: Diagnostic) -> bool:
    """Whether a fix of it changes anything."""
    return any(fix.edits for fix in diagnostic.fixes)


def has_entry(document: OpenDocument, start: Position, end: Position, encoding: PositionEncoding) -> bool:
    """Whether a range touches an entry."""
    return next(entries_between(document, start, end, encoding), None) is not None


class ConversionTarget(NamedTuple):
    """A format that a document can be converted to; `in_place` when the document itself can be."""

    format: AnyFormat
    in_place: bool


def conversion_targets(document: OpenDocument) -> list[ConversionTarget]:
    """All formats that a document's entries can be converted to.

    A .bib may be of either dialect, or of both, so both are offered there.
    """
    own = None if document.format.language_id == "bibtex" else document.format
    return [ConversionTarget(one, is_in_place(document, one)) for one in TARGETS.values() if one is not own]


def offered_targets(document: OpenDocument) -> list[ConversionTarget]:
    """Those that are worth a line in a menu: what is edited live, and CSL-JSON."""
    return [one for one in conversion_targets(document) if one.format.id in FORMATS or one.format is CSL_JSON]


def dialects_for_file(document: OpenDocument) -> list[AnyFormat]:
    """The dialects that a .bib is not known to be of already."""
    dialect = document.linter.options.dialect or stated_dialect(document.states)
    return [one.format for one in offered_targets(document) if one.in_place and one.format.id != dialect]


def dialects_for_entries(
    document: OpenDocument, start: Position, end: Position, encoding: PositionEncoding
) -> list[AnyFormat]:
    """The dialects in which the entries of a range look otherwise; of several entries that is not worked out."""
    found = list(islice(entries_between(document, start, end, encoding), 2))
    if len(found) > 1:
        return dialects_for_file(document)
    dialects = [one.format for one in offered_targets(document) if one.in_place]
    return [one for one in dialects if any(is_edited(document, at.block, at.entry, one) for at in found)]


def style_titles(styles: Sequence[str]) -> list[tuple[str, str]]:
    """The first styles as (id, title), the shortest that it has, `MOST_STYLES` at most; an unknown one is left out."""
    known = [info for style in styles if (info := describe_style(style)) is not None]
    return [(info.id, min(filter(None, (info.title, info.short_title)), key=len)) for info in known[:MOST_STYLES]]


def render_citation(
    document: OpenDocument,
    position: Position,
    style: Style,
    encoding: PositionEncoding,
    *,
    language: str = "plain",
    in_text: bool = False,
) -> tuple[str, str] | None:
    """The citation key and the citation of the entry at a position; None when there is no entry.

    `language` is one of `csl.output.WRITERS`; RTF is a document, since nothing less can be opened.
    """
    found = find_entry_at(document, position, encoding)
    if found is None:
        return None
    record, writer = read_record(document, found), WRITERS[language]
    formatted = (render_single_citation if in_text else render_bibliography_entry)(style, record)
    if language == "rtf":
        return record.key, writer.write_list([ListedEntry(record.key, formatted)])
    return record.key, writer.write(formatted)


def insert_citation(
    document: OpenDocument, position: Position, style: str, encoding: PositionEncoding, locale: str = ""
) -> Insertion | None:
    """Put the citation of the entry at a position into the file, where it changes nothing that is read from it.

    In a .bib that is a comment line above the entry, in a .ris a note (`N1`) before its end. None when there is no
    entry, no such style, or nothing to print.
    """
    found = find_entry_at(document, position, encoding)
    if found is None:
        return None
    try:
        citation = to_plain(render_bibliography_entry(resolve_style(style, locale), read_record(document, found)))
    except StyleError:
        return None
    if not citation:
        return None
    text, entry = found.block.text, found.entry
    # What has rules ignored in the entry stays directly before it.
    suppressions = document.format.find_suppressions(text, document.tree(found.block))
    top = min((one.span.start for one in suppressions if one.scope == entry.span), default=entry.span.start)
    line_end = first_line_end(text)
    line = " ".join(citation.split())
    if document.format.id != "ris":
        start = max(text.rfind("\n", 0, top), text.rfind("\r", 0, top)) + 1
        at = start if not text[start:top].strip() else top
        opened = "" if at == start else line_end
        return Insertion(found.place, found.block, Edit(at, at, f"{opened}% {line}{line_end}"))
    note = f"N1  - {line}"
    if entry.closing is None:
        edit = Edit(entry.span.end, entry.span.end, line_end + note)
    else:
        edit = Edit(entry.closing.start, entry.closing.start, note + line_end)
    return Insertion(found.place, found.block, edit)
