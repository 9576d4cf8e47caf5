"""Fixture files of the official CSL test suite: reading them, and running the engine over one.

The comparison is on text and font styles: how HTML tags are nested is not part of a citation.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

from bibwright.csl.citation import Citation, Cite
from bibwright.csl.document import collect_items, render_bibliography_of, render_citations
from bibwright.csl.errors import StyleError
from bibwright.csl.locale_source import LocaleSource, packaged_locales
from bibwright.csl.output import to_html
from bibwright.csl.positions import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT
from bibwright.csl.style import parse_style
from bibwright.formats.csl_data.markup import read_markup
from bibwright.model.richtext import Run, Style, join_runs
from tests.csl.csl_json import read_item

if TYPE_CHECKING:
    from pathlib import Path

    from bibwright.csl.output import Formatted

_SECTION = re.compile(r">>=+ ([A-Z0-9-]+) =+>>\n(.*?)\n?<<=+ \1 =+<<", re.DOTALL)


#: What the suite prints for an item of which nothing prints.
NOTHING = "[CSL STYLE ERROR: reference with no printed form.]"
_CSS = (
    ("italic", Style.ITALIC),
    ("bold", Style.BOLD),
    ("small-caps", Style.SMALL_CAPS),
    ("underline", Style.UNDERLINE),
)


class Outcome(NamedTuple):
    """What became of one fixture: `passed`, `failed` or `error`."""

    name: str
    status: str
    expected: str
    actual: str


def run_fixture(path: Path, locales: LocaleSource = packaged_locales) -> Outcome:
    sections = read_sections(path)
    expected = sections["RESULT"].strip()
    try:
        actual = _run(sections, locales)
    except StyleError as error:
        return Outcome(path.stem, "error", expected, str(error))
    wanted, got = _visible(expected), actual
    if sections["MODE"].strip() == "citation":
        wanted, got = _one_line(wanted), _one_line(got)
    else:
        wanted, got = _unbroken(wanted), _unbroken(got)
    return Outcome(path.stem, "passed" if wanted == got else "failed", _draw(wanted), _draw(got))


def read_sections(path: Path) -> dict[str, str]:
    return dict(_SECTION.findall(path.read_text(encoding="utf-8")))


def fixture_paths(folder: Path, mode: str) -> list[Path]:
    return [path for path in sorted(folder.glob("*.txt")) if read_sections(path).get("MODE", "").strip() == mode]


def _run(sections: dict[str, str], locales: LocaleSource) -> list[tuple[Run, ...]]:
    style = parse_style(sections["CSL"], "fixture", locales=locales)
    records = {str(item.get("id", "")): read_item(item) for item in _registered(sections)}
    if "CITATIONS" in sections:
        citations = _last_state(json.loads(sections["CITATIONS"]), records)
        cited = {id(cite.record): cite.record for citation in citations for cite in citation.cites}
        items = collect_items(style, list(cited.values()))
    else:
        items = collect_items(style, list(records.values()))
        found = json.loads(sections["CITATION-ITEMS"]) if "CITATION-ITEMS" in sections else [list(map(_id, records))]
        citations = [Citation(tuple(_cite(cite, records) for cite in cites)) for cites in found]
    if sections["MODE"].strip() == "bibliography":
        return [_runs(entry.formatted) for entry in render_bibliography_of(items)]
    return [_runs(formatted) or (Run(NOTHING),) for formatted in render_citations(items, citations)]


def _registered(sections: dict[str, str]) -> list[dict[str, Any]]:
    """The items of the last of several bibliographies, or all."""
    items: list[dict[str, Any]] = json.loads(sections.get("INPUT2") or sections["INPUT"])
    entries = json.loads(sections["BIBENTRIES"]) if "BIBENTRIES" in sections else []
    if not entries:
        return items
    wanted = [str(key) for key in entries[-1]]
    return sorted((item for item in items if str(item["id"]) in wanted), key=lambda item: wanted.index(str(item["id"])))


def _last_state(edits: list[Any], records: dict[str, Any]) -> list[Citation]:
    """The citations of a document after a history of edits, each of which says what stands before and after it."""
    known: dict[str, dict[str, Any]] = {}
    order: list[tuple[str, int]] = []
    for edit, before, after in edits:
        known[edit["citationID"]] = edit
        note = edit.get("properties", {}).get("noteIndex", 0)
        order = [*map(tuple, before), (edit["citationID"], note), *map(tuple, after)]  # type: ignore[list-item]
    return [
        Citation(
            tuple(_cite(cite, records, None) for cite in known[key]["citationItems"]),
            int(note or 0),
            unsorted=bool(known[key].get("properties", {}).get("unsorted")),
        )
        for key, note in order
    ]


def _id(key: str) -> dict[str, Any]:
    return {"id": key}


_POSITIONS = (FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR)


def _cite(cite: dict[str, Any], records: dict[str, Any], position: frozenset[str] | None = FIRST) -> Cite:
    key = str(cite.get("id", next(iter(records))))
    if position is not None:
        position = _POSITIONS[int(cite.get("position", 0))]
        if cite.get("near-note"):
            position |= {"near-note"}
    modes = ("suppress-author", "author-only")
    return Cite(
        records[key],
        str(cite.get("locator", "")),
        cite.get("label") or "page",
        read_markup(cite.get("prefix", "")),
        read_markup(cite.get("suffix", "")),
        next((mode for mode in modes if cite.get(mode)), ""),
        position,
    )


def _runs(formatted: Formatted) -> tuple[Run, ...]:
    """What the HTML of a citation shows."""
    reader = _Reader()
    reader.feed(f'<div class="csl-entry">{to_html(formatted)}</div>')
    return _tidy(reader.lines[0])


class _Reader(HTMLParser):
    """Reads a fixture's HTML as lines of runs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Run]] = []
        self.open: list[tuple[str, Style]] = []
        self.is_beside_block = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.is_beside_block = tag == "div"
        if tag == "div" and given.get("class") == "csl-entry":
            self.lines.append([])
        style = self.open[-1][1] if self.open else Style.NONE
        css = given.get("style", "")
        for mark, bit in _CSS:
            if mark in css:
                style |= bit
        if "font-style:normal" in css:
            style &= ~Style.ITALIC
        if "font-weight:normal" in css:
            style &= ~Style.BOLD
        if "font-variant:normal" in css:
            style &= ~Style.SMALL_CAPS
        style |= {"i": Style.ITALIC, "b": Style.BOLD, "sup": Style.SUPERSCRIPT, "sub": Style.SUBSCRIPT}.get(
            tag, Style.NONE
        )
        self.open.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        self.is_beside_block = tag == "div"
        if self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        # Between two blocks stands only the layout of the HTML.
        if self.lines and not (self.is_beside_block and data.isspace() and "\n" in data):
            self.lines[-1].append(Run(data, self.open[-1][1] if self.open else Style.NONE))


def _visible(expected: str) -> list[tuple[Run, ...]]:
    if "csl-bib-body" not in expected:
        lines = [re.sub(r"^(?:>>|\.\.)\[\d+\] ", "", line) for line in expected.splitlines()]
        expected = "".join(f'<div class="csl-entry">{line}</div>' for line in lines)
    reader = _Reader()
    reader.feed(expected)
    return [_tidy(line) for line in reader.lines]


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours merged, and no blank at the ends."""
    spaced = [Run(run.text, run.style & ~Style.NOCASE) for run in runs]
    merged = list(join_runs(spaced))
    if merged:
        merged[0] = merged[0]._replace(text=merged[0].text.lstrip())
        merged[-1] = merged[-1]._replace(text=merged[-1].text.rstrip())
    return join_runs(merged)


def _one_line(lines: list[tuple[Run, ...]]) -> list[tuple[Run, ...]]:
    """The lines as one: a delimiter may be a line break, and then a line is no citation."""
    runs = [run for line in lines for run in (*line, Run("\n"))]
    return [_tidy(_squeezed(runs))]


def _unbroken(lines: list[tuple[Run, ...]]) -> list[tuple[Run, ...]]:
    """The lines without line breaks: between two blocks of HTML they print nothing."""
    return [_tidy([Run(re.sub(r"\n\s*", "", run.text), run.style) for run in line]) for line in lines]


def _squeezed(runs: list[Run]) -> list[Run]:
    return [Run(re.sub(r"\s+", " ", run.text), run.style) for run in join_runs(runs)]


def _draw(lines: list[tuple[Run, ...]]) -> str:
    return "\n".join(
        "".join(f"{{{run.style.value}:{run.text}}}" if run.style else run.text for run in line) for line in lines
    )
