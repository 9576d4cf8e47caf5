"""The findings of bibwright with the entry and the field that each is about, to be laid beside those of others."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date
from functools import cache
from typing import NamedTuple

from bibwright.analysis.diagnostics import Diagnostic, Severity
from bibwright.analysis.linter import Linter
from bibwright.analysis.options import LintOptions
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.check import find_encoding_fault
from bibwright.formats.format import Format
from bibwright.rules import all_rules
from bibwright.syntax.nodes import Entry, field_name
from bibwright.text.blocklist import Block
from bibwright.text.columns import PositionEncoding
from tests.oracles.corpus import CorpusFile


def watch_failures() -> Counter[str]:
    """Count the rules that raise from now on, instead of logging each time that one does."""
    failures: Counter[str] = Counter()

    class Counting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            failures[record.getMessage()] += 1

    logger = logging.getLogger("bibwright")
    logger.addHandler(Counting())
    logger.propagate = False
    return failures


def print_failures(failures: Counter[str]) -> None:
    """Say so where rules raised: then what else was printed is not to be relied on."""
    for message, count in failures.items():
        print(f"!! {message}, {count} times")


class Found(NamedTuple):
    """One finding. `line` counts from 1, as the oracles do; `last_line` is that of the entry it stands in.

    `key` and `field` (lower case) are empty where it stands in none.
    """

    code: str
    severity: str
    message: str
    line: int
    last_line: int
    key: str = ""
    field: str = ""


@cache
def _linter(format_id: str, every_rule: bool, dialect: str) -> Linter:
    rules = (rule for rule in all_rules() if every_rule or rule.default)
    return Linter(rules, format_id, options=LintOptions(dialect=dialect, this_year=date.today().year))


def check(text: str, format: Format, *, every_rule: bool = False, dialect: str = "") -> OpenDocument:
    """The document, checked by the rules that are on by default or by every rule."""
    document = OpenDocument("", 0, format, text, _linter(format.id, every_rule, dialect))
    document.check_all()
    return document


def find_all(file: CorpusFile, *, every_rule: bool = False, dialect: str = "") -> list[Found]:
    """The findings in a file, in document order."""
    if file.decoded is None:
        return []
    text, encoding = file.decoded
    document = check(text, file.format, every_rule=every_rule, dialect=dialect)
    found = [_found(document, place.line, block, one) for place, block, one in document.placed_diagnostics()]
    fault = find_encoding_fault(text, encoding, document.linter)
    if fault is not None:
        line = fault.range.start.line + 1
        one = fault.diagnostic
        found.append(Found(one.code, one.severity.label, one.message, line, line))
    return found


def is_serious(found: Found) -> bool:
    """Whether it is an error or a warning."""
    return found.severity in (Severity.ERROR.label, Severity.WARNING.label)


def _found(document: OpenDocument, first_line: int, block: Block, diagnostic: Diagnostic) -> Found:
    line = first_line + _line(block, diagnostic.span.start)
    for entry in document.tree(block).entries:
        if entry.span.start <= diagnostic.span.start <= entry.span.end:
            key = entry.key.of(block.text).strip() if entry.key else ""
            last = first_line + _line(block, entry.span.end)
            field = _field_at(block.text, entry, diagnostic.span.start)
            return Found(diagnostic.code, diagnostic.severity.label, diagnostic.message, line, last, key, field)
    return Found(diagnostic.code, diagnostic.severity.label, diagnostic.message, line, line)


def _line(block: Block, offset: int) -> int:
    return block.line_table.position(offset, PositionEncoding.UTF32)[0] + 1


def _field_at(text: str, entry: Entry, offset: int) -> str:
    for field in entry.fields:
        if field.name.start <= offset < max(field.end, field.name.end):
            return field_name(text, field).lower()
    return ""
