"""Checks and fixes a whole text: what the command line prints, and the editor's "fix all".

Findings come with their places in the document, since what they are relative to (a block) is nobody's business
outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from bibwright.analysis.diagnostics import Diagnostic, Fix, Severity, safe_fix
from bibwright.analysis.linter import Linter
from bibwright.analysis.project import Project
from bibwright.analysis.suppressions import is_ignored
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.encodings import Declaration, Encoding, Origin, find_declaration
from bibwright.features.fixing import Fixed, fix_document
from bibwright.features.linters import open_text
from bibwright.formats.format import Format
from bibwright.rules.quoting import quoted
from bibwright.syntax.document import Position
from bibwright.text.blocklist import Block
from bibwright.text.columns import LINE_END, PositionEncoding, column_of
from bibwright.text.spans import Edit, Span

#: A byte that is not UTF-8 is held in the text as a lone surrogate.
_UNREADABLE = re.compile("[\udc80-\udcff]")


class Range(NamedTuple):
    """From `start` to before `end`; lines from 0, characters in UTF-16 units from 0, as language servers count."""

    start: Position
    end: Position


class RelatedPlace(NamedTuple):
    """Another place that belongs to a finding."""

    message: str
    range: Range


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic and where it stands. Its block begins at `block_start` of the document, in code points."""

    diagnostic: Diagnostic
    range: Range
    related: tuple[RelatedPlace, ...] = ()
    block_start: int = 0

    @property
    def span(self) -> Span:
        """What the finding is about, in code points of the document."""
        start, end = self.diagnostic.span
        return Span(self.block_start + start, self.block_start + end)

    def edits_of(self, fix: Fix) -> list[Edit]:
        """The edits of one of its fixes, in code points of the document, in order."""
        at = self.block_start
        return [
            Edit(at + edit.start, at + edit.end, edit.new_text) for edit in sorted(fix.edits, key=lambda edit: edit[:2])
        ]


def check_text(
    text: str,
    format: Format,
    stored: Encoding | None = None,
    *,
    linter: Linter | None = None,
    project: Project | None = None,
    path: str = "",
) -> list[Finding]:
    """All findings in a text, in document order; with `stored`, what is wrong with its encoding too.

    Without a linter the rules are those that are on by default. In a project the text is that of the file `path`.
    """
    document = open_text(text, format, linter=linter, project=project, path=path)
    document.check_all()
    return find_findings(document, text, stored)


def fix_text(
    text: str,
    format: Format,
    *,
    unsafe: bool,
    linter: Linter | None = None,
    project: Project | None = None,
    path: str = "",
) -> Fixed:
    """The text with its preferred fixes applied: the safe ones, or with `unsafe` all; see `check_text`."""
    return fix_document(open_text(text, format, linter=linter, project=project, path=path), unsafe=unsafe)


def find_findings(document: OpenDocument, text: str, stored: Encoding | None = None) -> list[Finding]:
    """The findings of a document that has been checked and whose text is `text`, in document order."""
    found = list(_placed(document))
    if stored is not None:
        told = any(finding.diagnostic.code == "E905" for finding in found)
        of_bytes = list(_stored_faults(document, text, stored))
        if of_bytes:
            found += [
                fault
                for fault in of_bytes
                if not (told and fault.diagnostic.code == "E905") and not is_ignored(fault.diagnostic, document)
            ]
            found.sort(key=lambda finding: finding.range.start)
    return found


def _stored_faults(document: OpenDocument, text: str, stored: Encoding) -> Iterator[Finding]:
    """What is wrong with the bytes of a file and cannot be told from its text."""
    linter = document.linter
    not_utf8 = find_encoding_fault(text, stored, linter, dialect=_dialect(document))
    if not_utf8 is not None:
        yield not_utf8
    if has_superfluous_mark(stored, linter):
        severity = linter.severities.get("E901", Severity.HINT)
        # The mark is no part of the text, so that no edit can delete it: whoever writes the file leaves it out.
        fix = safe_fix("Delete the byte order mark")
        diagnostic = Diagnostic(
            "E901", "bom", severity, "the file begins with a byte order mark, U+FEFF", Span(0, 0), (fix,)
        )
        yield Finding(diagnostic, Range(Position(0, 0), Position(0, int(text[:1] not in ("", "\r", "\n")))))
    # Bytes that fit UTF-8 without exception are nothing else, whatever the file says.
    if stored.is_utf8 and stored.origin is Origin.BYTES and linter.has_rule("E905") and _is_strict(text, stored):
        declared = find_declaration(text)
        if declared is not None and declared.codec != stored.codec:
            yield _other_encoding_declared(text, declared, linter)


def _is_strict(text: str, stored: Encoding) -> bool:
    return not text.isascii() and (stored.errors == "strict" or not _UNREADABLE.search(text))


def _dialect(document: OpenDocument) -> str:
    """As `Context.dialect`, for the document as a whole."""
    if document.linter.options.dialect:
        return document.linter.options.dialect
    for dialect in ("biblatex", "bibtex"):
        if document.find_first("declared dialect", dialect) is not None:
            return dialect
    return "biblatex" if document.find_first("used dialect", "biblatex") is not None else ""


def has_superfluous_mark(stored: Encoding, linter: Linter) -> bool:
    """E901 for a UTF-8 file with a byte order mark; UTF-16 needs one."""
    return stored.is_utf8 and stored.bom != b"" and linter.has_rule("E901")


def _other_encoding_declared(text: str, declared: Declaration, linter: Linter) -> Finding:
    name = declared.span.of(text)
    severity = linter.severities.get("E905", Severity.WARNING)
    message = f"the file declares the encoding {quoted(name)} but is stored as UTF-8"
    diagnostic = Diagnostic("E905", "declared-encoding-mismatch", severity, message, declared.span)
    return Finding(diagnostic, _range_in_line(text, declared.span))


def find_encoding_fault(text: str, stored: Encoding, linter: Linter, *, dialect: str = "") -> Finding | None:
    """E902 for a file that is not UTF-8, at the first character for which that makes a difference."""
    if stored.is_utf8 or stored.origin is Origin.GIVEN or not linter.has_rule("E902"):
        return None
    wide = stored.codec.startswith("utf-")
    at = next((offset for offset, character in enumerate(text) if character > "\x7f"), 0)
    if not wide and text[at : at + 1].isascii():
        return None
    # A declared encoding is known to programs that read the declaration; no one reads UTF-16. biber rejects the file.
    own = Severity.ERROR if dialect == "biblatex" else Severity.WARNING
    if stored.origin is Origin.DECLARED:
        own = Severity.INFORMATION
    severity = linter.severities.get("E902", own)
    message = f"the file is stored as {stored.label}, not as UTF-8"
    diagnostic = Diagnostic("E902", "not-utf8", severity, message, Span(at, at + 1))
    return Finding(diagnostic, _range_in_line(text, diagnostic.span))


def _range_in_line(text: str, span: Span) -> Range:
    """Where a stretch of a single line stands in the text."""
    line_start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
    line = sum(1 for _ in LINE_END.finditer(text, 0, line_start))
    start, end = (
        column_of(text[line_start : span.end], offset - line_start, PositionEncoding.UTF16) for offset in span
    )
    return Range(Position(line, start), Position(line, end))


# --- From blocks to the document


def _placed(document: OpenDocument) -> Iterator[Finding]:
    elsewhere = _Elsewhere(document)
    starts = _block_starts(document) if len(document.findings) else {}
    for at, block, diagnostic in document.placed_diagnostics():
        related = []
        for other in diagnostic.related:
            span = other.span or diagnostic.span
            place = _range(block, at.line, span) if other.fact is None else elsewhere.find(other.fact)
            if place is not None:
                related.append(RelatedPlace(other.message, place))
        yield Finding(diagnostic, _range(block, at.line, diagnostic.span), tuple(related), starts[block])


def _block_starts(document: OpenDocument) -> dict[Block, int]:
    lengths = accumulate((len(block.text) for block in document.blocks), initial=0)
    return dict(zip(document.blocks, lengths, strict=False))


def _range(block: Block, first_line: int, span: Span) -> Range:
    start, end = (block.line_table.position(offset, PositionEncoding.UTF16) for offset in span)
    return Range(Position(first_line + start[0], start[1]), Position(first_line + end[0], end[1]))


class _Elsewhere:
    """Where facts are first stated. Many findings may name the same one."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._known: dict[tuple[str, str], Range | None] = {}

    def find(self, fact: tuple[str, str]) -> Range | None:
        if fact not in self._known:
            holder = self._document.find_first(*fact)
            if holder is None:
                self._known[fact] = None
            else:
                line = self._document.place_of(holder.block).line
                self._known[fact] = _range(holder.block, line, holder.fact.span)
        return self._known[fact]
