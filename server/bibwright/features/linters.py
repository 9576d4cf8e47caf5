"""Joins the rules and the linter: the analysis below is given its rules here."""

from __future__ import annotations

from functools import cache

from bibwright.analysis.linter import Linter
from bibwright.analysis.workspace import OpenDocument, Workspace
from bibwright.formats import FORMATS
from bibwright.formats.format import Format
from bibwright.rules import all_rules


@cache
def linter_of(format_id: str) -> Linter:
    """The linter with the rules that are on by default. Both dialects of .bib are linted as `bibtex`."""
    rules = (rule for rule in all_rules() if rule.default)
    return Linter(rules, "bibtex" if format_id == "biblatex" else format_id)


def new_workspace() -> Workspace:
    """A workspace without documents."""
    return Workspace((format_id, linter_of(format_id)) for format_id in FORMATS)


def open_text(text: str, format: Format, *, uri: str = "") -> OpenDocument:
    """One document on its own, not yet checked."""
    return OpenDocument(uri, 0, format, text, linter_of(format.id))
