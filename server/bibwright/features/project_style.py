"""Which citation style the documents of a project use for a .bib or .ris file.

Only text is looked at, and little of it: the LaTeX, Markdown, Quarto, R Markdown and Typst documents in the folder of
the bibliography and in the two above, up to the root of a repository. Those in the nearest folder that name the file
decide; where they disagree nothing is known. LaTeX has other styles than CSL: a table says which have a counterpart.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from bibwright.csl.styles import find_style
from bibwright.features.nearby import NearbyDocuments, folders_about

#: A metadata block is at the top, and short.
_MOST_LINES = 400
_LONGEST_LINE = 2_000
_LATEX, _MARKDOWN, _TYPST, _YAML = (".tex", ".ltx"), (".md", ".qmd", ".rmd", ".markdown"), (".typ",), ("_quarto.yml",)
# Each begins with a word that stands nowhere else and has bounded gaps: a hostile document costs its length.
_LATEX_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_LATEX_STYLE = re.compile(r"\\bibliographystyle[ \t]{0,20}\{([^{}\n]{1,100})\}")
_LATEX_PACKAGE = re.compile(r"\\usepackage[ \t\n]{0,20}\[([^\]\\]{0,2000})\][ \t\n]{0,20}\{biblatex(-chicago)?\}")
_LATEX_OPTION = re.compile(r"(?<![\w-])(bib)?style[ \t\n]{0,20}=[ \t\n]{0,20}\{?([\w.-]{1,100})")
_LATEX_NAMES = re.compile(
    r"\\(?:bibliography|add(?:bib|globalbib|sectionbib)(?:resource)?)[ \t\n]{0,20}(?:\[[^\]]{0,500}\])?[ \t\n]{0,20}"
    r"\{([^{}]{1,2000})\}"
)
_TYPST_CALL = re.compile(r"#?(?<![\w-])bibliography\(([^()]{0,2000}(?:\([^()]{0,1000}\)[^()]{0,1000})?)\)")
_TYPST_STYLE = re.compile(r"(?<![\w-])style:[ \t\n]{0,20}\"([^\"\n]{1,300})\"")
_TYPST_TEXT = re.compile(r"\"([^\"\n]{1,300})\"")
_TYPST_SET = re.compile(r"#?set[ \t]{1,20}bibliography\(([^()]{1,500})\)")
_KEY = re.compile(r"(csl|citation-style|bibliography)[ \t]*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")


class ProjectStyle(NamedTuple):
    """The id of a built-in style or the path of a .csl file, and the file and line (from 0) where that is said."""

    style: str
    document: str
    line: int

    @property
    def label(self) -> str:
        """For people: `style of paper.tex`."""
        return f"style of {os.path.basename(self.document)}"


class _Document(NamedTuple):
    """What a document says: the bibliographies that it names, their style, and the line of that."""

    path: str
    bibliographies: frozenset[str]
    style: str
    line: int


class StyleDocuments(NearbyDocuments[_Document]):
    """Finds styles of projects; reads each folder once, until `forget` says that files may have changed."""

    def __init__(self) -> None:
        super().__init__((*_LATEX, *_MARKDOWN, *_TYPST, *_YAML), _read_document)

    def find(self, path: Path) -> ProjectStyle | None:
        """The style of the bibliography at `path`; None where no document tells, or where they disagree."""
        bibliography = os.path.normcase(os.path.abspath(path))
        folders = list(folders_about(os.path.dirname(bibliography)))
        for folder in folders:
            documents = self.in_folder(folder)
            naming = [document for document in documents if bibliography in document.bibliographies]
            if naming:
                # What a document leaves open, its preamble in another file or the project's own file says.
                told = [document for document in naming if document.style] or [
                    document
                    for other in (folders if all(_is_quarto(document.path) for document in naming) else [folder])
                    for document in self.in_folder(other)
                    if document.style and not document.bibliographies - {bibliography} and _is_kin(document, naming)
                ]
                return _agreed(told, folders[-1])
        return None


def _agreed(documents: list[_Document], root: str) -> ProjectStyle | None:
    styles = {
        style: ProjectStyle(style, document.path, document.line)
        for document in reversed(documents)
        if (style := _find_counterpart(document, root))
    }
    return next(iter(styles.values())) if len(styles) == 1 else None


def _is_quarto(path: str) -> bool:
    return path.lower().endswith((*_MARKDOWN, *_YAML))


def _is_kin(document: _Document, naming: list[_Document]) -> bool:
    """Whether the document speaks the language of those that name the file."""
    return any(_is_quarto(document.path) == _is_quarto(other.path) for other in naming) and (
        not _is_quarto(document.path) or document.path.lower().endswith(_YAML)
    )


def _find_counterpart(document: _Document, root: str) -> str:
    """The id of a built-in style or the path of a .csl file inside `root`; empty where there is neither."""
    written = document.style
    if written.startswith(("bibtex:", "biblatex:")):
        program, _, name = written.partition(":")
        style = _table()[program].get(name.lower(), "")
    else:
        if written.lower().endswith(".csl") and "://" not in written and "\0" not in written:
            path = os.path.realpath(os.path.join(os.path.dirname(document.path), written))
            if path.startswith(os.path.join(os.path.realpath(root), "")) and os.path.isfile(path):
                return path
        name = written.replace("\\", "/").rpartition("/")[2].removesuffix(".csl")
        style = _table()["typst"].get(name, name) if document.path.lower().endswith(_TYPST) else name
    found = find_style(style) if style else None
    return found.id if found is not None else ""


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    table = tomllib.loads(files("bibwright.features").joinpath("project_styles.toml").read_text(encoding="utf-8"))
    return {program: section["styles"] for program, section in table.items()}


# --- What documents say


def _read_document(path: str, text: str) -> _Document:
    name = path.lower()
    if name.endswith(_LATEX):
        style, line, named = _read_latex(text)
    elif name.endswith(_TYPST):
        style, line, named = _read_typst(text)
    else:
        style, line, named = _read_yaml(text, is_whole=name.endswith(_YAML))
    folder = os.path.dirname(path)
    paths = (os.path.abspath(os.path.join(folder, name)) for name in named if "\0" not in name)
    return _Document(path, frozenset(map(os.path.normcase, paths)), style, line)


def _read_latex(text: str) -> tuple[str, int, list[str]]:
    text = _LATEX_COMMENT.sub("", text)
    named = [
        name if name.lower().endswith((".bib", ".ris")) else f"{name}.bib"
        for match in _LATEX_NAMES.finditer(text)
        for name in map(str.strip, match[1].split(","))
        if name
    ]
    for match in _LATEX_PACKAGE.finditer(text):
        if match[2]:
            style = "chicago-notes" if re.search(r"(?<!\w)notes(?!\w)", match[1]) else "chicago-authordate"
        else:
            # What the list of references looks like counts more than what the citations do.
            options = {option[1]: option[2] for option in reversed(list(_LATEX_OPTION.finditer(match[1])))}
            style = options.get("bib") or options.get(None, "")
        if style:
            return f"biblatex:{style}", text.count("\n", 0, match.start()), named
    found = _LATEX_STYLE.search(text)
    return (f"bibtex:{found[1].strip()}", text.count("\n", 0, found.start()), named) if found else ("", 0, named)


def _read_typst(text: str) -> tuple[str, int, list[str]]:
    named: list[str] = []
    style, line = "", 0
    for match in (*_TYPST_CALL.finditer(text), *_TYPST_SET.finditer(text)):
        found = _TYPST_STYLE.search(match[1])
        if found is not None and not style:
            style, line = found[1], text.count("\n", 0, match.start())
        named += [name for name in _TYPST_TEXT.findall(match[1]) if name.lower().endswith((".bib", ".ris"))]
    return style, line, named


def _read_yaml(text: str, *, is_whole: bool) -> tuple[str, int, list[str]]:
    """The keys at the margin of a YAML file, or of the metadata block that a Markdown document begins with.

    Whole YAML is not needed for them, and would be a door for hostile documents.
    """
    lines = text.removeprefix("\ufeff").split("\n", _MOST_LINES)[:_MOST_LINES]
    if not is_whole and (not lines or lines[0].rstrip() != "---"):
        return "", 0, []
    style, at, named = "", 0, list[str]()
    in_list = False
    for number, line in enumerate(lines):
        line = line.rstrip()[:_LONGEST_LINE]
        if not is_whole and number and line in ("---", "..."):
            break
        if in_list and (item := _ITEM.fullmatch(line)):
            named.append(_unquoted(item[1]))
            continue
        in_list = False
        found = _KEY.fullmatch(line)
        if found is None:
            continue
        value = found[2]
        if found[1] != "bibliography":
            style, at = _unquoted(value), number
        elif value.startswith("["):
            named += map(_unquoted, value.strip("[] ").split(","))
        elif value and not value.startswith("#"):
            named.append(_unquoted(value))
        else:
            in_list = True
    return style, at, [name for name in named if name]


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0]
    return value.partition(" #")[0].strip()
