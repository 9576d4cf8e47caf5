"""Joins the rules and the linter: the analysis below is given its rules here, as the user's settings choose them."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.linter import Linter
from bibwright.analysis.options import LintOptions, StyleInUse
from bibwright.analysis.project import Project
from bibwright.analysis.settings import Settings
from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.errors import StyleError
from bibwright.csl.style import Style
from bibwright.features.configuration import ConfigurationChoice, Configurations
from bibwright.features.latex_documents import LatexDocuments
from bibwright.features.project_style import ProjectStyle, StyleDocuments
from bibwright.features.selection import matches, select_rules
from bibwright.features.styles import resolve_style
from bibwright.formats.format import Format
from bibwright.rules import all_rules, known_words


class Linters:
    """The linter for each file, from its configuration and the LaTeX documents near it."""

    def __init__(self, configurations: Configurations | None = None) -> None:
        self.configurations = configurations or Configurations()
        self.latex_documents = LatexDocuments()
        self.style_documents = StyleDocuments()

    def forget_documents(self) -> None:
        """Documents that use bibliographies may have changed."""
        self.latex_documents.forget()
        self.style_documents.forget()

    def linter_for(self, path: Path | None, format: Format) -> Linter:
        """The linter for a file, which need not exist; without a path, for a text that is no file."""
        settings = self.configurations.settings_for(path)
        dialect = settings.dialect
        if path is not None and not dialect and format.id != "ris":
            dialect = self.latex_documents.find_dialect(path)
        style = None
        if path is not None:
            style = style_in_use(self.style_documents.find(path), settings.locale)
        return linter_for(format.id, settings, path="" if path is None else str(path), dialect=dialect, style=style)

    def open_linter_for(self, path: Path | None, format: Format) -> Linter:
        """The same for a file that nobody named: one without rules where the user has excluded it."""
        settings = self.configurations.settings_for(path)
        if path is not None and settings.exclude and matches(settings.exclude, str(path)):
            return Linter((), _language(format.id))
        return self.linter_for(path, format)


@lru_cache(maxsize=8)
def linters_of(choice: ConfigurationChoice) -> Linters:
    """The linters of a run that has this configuration, which does not change while it lasts."""
    return Linters(Configurations(choice))


def style_in_use(found: ProjectStyle | None, locale: str = "") -> StyleInUse | None:
    """The style that documents tell, which is read and compiled when somebody asks for it."""
    if found is None:
        return None

    def load() -> Style | None:
        try:
            return resolve_style(found.style, locale)
        except StyleError:
            return None

    try:
        version = os.stat(found.style).st_mtime_ns if os.path.isabs(found.style) else 0
    except OSError:
        return None
    return StyleInUse(os.path.basename(found.style), found.label, load, version)


def linter_for(
    format_id: str, settings: Settings, *, path: str = "", dialect: str = "", style: StyleInUse | None = None
) -> Linter:
    """The linter that the settings ask for, for the file at `path`. Documents with the same wishes share one."""
    selected = select_rules(settings, path)
    options = LintOptions(
        dialect=(settings.dialect or dialect) if format_id != "ris" else "",
        entry_types=settings.entry_types,
        fields=settings.fields,
        this_year=date.today().year,
        style=style,
    )
    codes = tuple(rule.code for rule in selected.rules)
    return _linter(_language(format_id), codes, tuple(selected.severities.items()), options)


@lru_cache(maxsize=64)
def _linter(
    language: str, codes: tuple[str, ...], severities: tuple[tuple[str, Severity], ...], options: LintOptions
) -> Linter:
    chosen = frozenset(codes)
    rules = (rule for rule in all_rules() if rule.code in chosen)
    return Linter(rules, language, severities=dict(severities), options=options, known=known_words())


def linter_of(format_id: str) -> Linter:
    """The linter with the rules that are on by default."""
    return linter_for(format_id, Settings())


def open_text(
    text: str,
    format: Format,
    *,
    uri: str = "",
    linter: Linter | None = None,
    project: Project | None = None,
    path: str = "",
) -> OpenDocument:
    """One document, not yet checked: on its own, or the file `path` that asks the others of a project."""
    return OpenDocument(uri, 0, format, text, linter or linter_of(format.id), project=project, path=path)


def _language(format_id: str) -> str:
    """Both dialects of .bib are linted as `bibtex`."""
    return "bibtex" if format_id == "biblatex" else format_id
