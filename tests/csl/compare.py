"""Renders CSL-JSON items with the engine and with citeproc-js and prints what fraction is identical.

python tests/csl/compare.py ITEMS.json [STYLE ...] [--all-styles | --sample N] [--seed S] [--take N] [--locale L]
    [--mode bibliography|citation] [--together] [--styles DIR] [--locales DIR] [--ours-only] [--fonts] [--json]
    [--quiet]

A STYLE is the id of an official style or a .csl file; official styles and locales are those of the package, or of the
folders given. Items are rendered one by one, or with --together as one document. What differs and was judged
(`judged.toml`) is counted apart, with the reason.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from bibwright.csl.citation import Citation, Cite  # noqa: E402
from bibwright.csl.document import (  # noqa: E402
    collect_items,
    render_bibliography_of,
    render_citation,
    render_citations,
)
from bibwright.csl.locale_source import LocaleSource, folder_source  # noqa: E402
from bibwright.csl.output import to_html  # noqa: E402
from bibwright.csl.style import Style, parse_style  # noqa: E402
from tests.csl.citeproc_js import CiteprocJs, find_missing  # noqa: E402
from tests.csl.csl_json import read_item  # noqa: E402
from tests.csl.official import Official, official_locales, open_official  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MODES = ("bibliography", "citation")
_JUDGED = Path(__file__).parent / "judged.toml"
#: What citeproc-js prints where nothing of an item prints.
_NOTHING = re.compile(r"\[CSL STYLE ERROR: reference with no printed form\.\]|\[NO_PRINTED_FORM\]")


class Judgement(NamedTuple):
    """Why the engine prints something else on purpose: in which styles (`*` for all) and for which items."""

    reason: str
    styles: frozenset[str]
    items: frozenset[str]
    modes: frozenset[str]

    def holds(self, style: str, item: str, mode: str) -> bool:
        return (
            ("*" in self.styles or style in self.styles)
            and ("*" in self.items or item in self.items)
            and mode in self.modes
        )


class Difference(NamedTuple):
    style: str
    mode: str
    item: str
    expected: str
    actual: str
    #: Why it is meant; empty when nobody has judged it.
    reason: str = ""


class Report(NamedTuple):
    """What came of one style in one mode; `error` is an exception of the engine, `skipped` one of citeproc-js."""

    style: str
    mode: str
    count: int
    differences: list[Difference]
    error: str = ""
    skipped: str = ""


def main() -> int:
    arguments = _parse()
    if not arguments.ours_only and (missing := find_missing()):
        print(missing, file=sys.stderr)
        return 2
    items = json.loads(arguments.items.read_text(encoding="utf-8"))
    if arguments.take:
        items = items[:: max(1, len(items) // arguments.take)][: arguments.take]
    official = open_official(arguments.styles)
    names = list(_style_names(arguments, official))
    started = time.monotonic()
    reports: list[Report] = []
    with official_locales(arguments.locales) as locales, CiteprocJs(locales) as reference:
        tools = _Tools(official, folder_source(locales), reference)
        for number, name in enumerate(names, 1):
            reports += [_compare(name, mode, items, arguments, tools) for mode in arguments.mode or MODES]
            if number % 100 == 0:
                print(f"{number} of {len(names)} styles", file=sys.stderr)
    seconds = time.monotonic() - started
    print(_as_json(reports) if arguments.json else _as_text(reports, seconds, quiet=arguments.quiet))
    return 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("style", nargs="*")
    parser.add_argument("--styles", type=Path, help="a folder of .csl files")
    parser.add_argument("--locales", type=Path, help="a folder of locales-xx-XX.xml files")
    parser.add_argument("--mode", choices=MODES, action="append", help="both by default")
    parser.add_argument("--locale", default="", help="for styles without a language of their own")
    parser.add_argument("--together", action="store_true", help="the items are those of one document")
    parser.add_argument("--take", type=int, default=0, metavar="N", help="only N items, spread over the file")
    parser.add_argument("--all-styles", action="store_true", help="every independent style")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="N independent styles")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ours-only", action="store_true", help="only look for exceptions of the engine")
    parser.add_argument("--fonts", action="store_true", help="italics, bold and so on count, too")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quiet", action="store_true", help="no differences, only figures")
    return parser.parse_args()


def _style_names(arguments: argparse.Namespace, official: Official) -> Iterator[str]:
    if arguments.all_styles:
        yield from official.independent
    elif arguments.sample:
        count = min(arguments.sample, len(official.independent))
        yield from sorted(random.Random(arguments.seed).sample(official.independent, count))
    yield from arguments.style


class _Tools(NamedTuple):
    official: Official
    locales: LocaleSource
    reference: CiteprocJs


def _compare(
    name: str, mode: str, items: Sequence[dict[str, Any]], arguments: argparse.Namespace, tools: _Tools
) -> Report:
    see = _fonts_too if arguments.fonts else _text_only
    xml = Path(name).read_text(encoding="utf-8") if name.endswith(".csl") else tools.official.text(name)
    try:
        style = parse_style(xml, name, lang=arguments.locale, locales=tools.locales)
        ours = [see(html) for html in _render(style, items, mode, together=arguments.together)]
    except Exception as error:  # any exception at all is a finding
        return Report(name, mode, len(items), [], error=f"{type(error).__name__}: {error}")
    if (style.bibliography if mode == "bibliography" else style.citation) is None:
        return Report(name, mode, 0, [])
    if arguments.ours_only:
        return Report(name, mode, len(items), [])
    printed = tools.reference.render(xml, items, mode=mode, lang=arguments.locale, together=arguments.together)
    if printed.error:
        return Report(name, mode, 0, [], skipped=printed.error)
    differences = [
        Difference(name, mode, str(item["id"]), expected, actual, _reason(name, str(item["id"]), mode))
        for item, html, actual in zip(items, printed.html, ours, strict=True)
        if (expected := see(html or "")) != actual
    ]
    return Report(name, mode, len(items), differences)


def _render(style: Style, items: Sequence[dict[str, Any]], mode: str, *, together: bool) -> Iterator[str]:
    """What each item prints, as HTML; the empty string for one of which nothing does."""
    records = [read_item(item) for item in items]
    if not together:
        for record in records:
            if mode == "citation":
                yield to_html(render_citation(style, [Cite(record)]))
            else:
                entries = render_bibliography_of(collect_items(style, [record]))
                yield "".join(to_html(entry.formatted) for entry in entries)
        return
    document = collect_items(style, records)
    if mode == "citation":
        yield from map(to_html, render_citations(document, [Citation((Cite(record),)) for record in records]))
        return
    printed = {entry.place: to_html(entry.formatted) for entry in render_bibliography_of(document)}
    yield from (printed.get(place, "") for place in range(len(records)))


# --- What is compared


class _Reader(HTMLParser):
    """Reads HTML as text, with the fonts as marks if they are wanted; blocks are parted by a blank."""

    def __init__(self) -> None:
        super().__init__()
        self.characters: list[tuple[str, frozenset[str]]] = []
        self.fonts: list[tuple[str, frozenset[str]]] = [("", frozenset())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            self.handle_data(" ")
        css = next((value or "" for name, value in attrs if name == "style"), "")
        font = set(self.fonts[-1][1])
        for kind in ("italic", "bold", "small-caps", "underline"):
            if kind in css:
                font.add(kind)
        for part, kind in (("font-style", "italic"), ("font-weight", "bold"), ("font-variant", "small-caps")):
            if f"{part}:normal" in css:
                font.discard(kind)
        if tag in ("i", "b", "sup", "sub"):
            font.add({"i": "italic", "b": "bold"}.get(tag, tag))
        self.fonts.append((tag, frozenset(font)))

    def handle_endtag(self, tag: str) -> None:
        if len(self.fonts) > 1:
            self.fonts.pop()
        if tag == "div":
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        self.characters += [(letter, self.fonts[-1][1]) for letter in data]


def _read(html: str) -> list[tuple[str, frozenset[str]]]:
    reader = _Reader()
    reader.feed(_NOTHING.sub("", html))
    reader.close()
    return reader.characters


def _text_only(html: str) -> str:
    """The characters, with runs of blanks as one: HTML shows them so."""
    return " ".join("".join(letter for letter, _ in _read(html)).split())


def _fonts_too(html: str) -> str:
    """As `_text_only`, with the fonts as marks before each word or part of one that has them."""
    drawn: list[str] = []
    font: frozenset[str] = frozenset()
    for letter, own in _read(html):
        if letter.isspace():
            drawn.append(" ")
            continue
        if own != font:
            drawn.append("{" + ",".join(sorted(own)) + "}")
            font = own
        drawn.append(letter)
    return " ".join("".join(drawn).split())


# --- Judgements and figures


def _load_judgements() -> list[Judgement]:
    if not _JUDGED.is_file():
        return []
    return [
        Judgement(
            entry["reason"],
            frozenset(entry.get("styles", ["*"])),
            frozenset(entry.get("items", ["*"])),
            frozenset(entry.get("modes", MODES)),
        )
        for entry in tomllib.loads(_JUDGED.read_text(encoding="utf-8")).get("difference", [])
    ]


_judgements = _load_judgements()


def _reason(style: str, item: str, mode: str) -> str:
    return next((judgement.reason for judgement in _judgements if judgement.holds(style, item, mode)), "")


def _as_json(reports: Sequence[Report]) -> str:
    return json.dumps(
        {
            "identical": _identical(reports),
            "compared": sum(report.count for report in reports),
            "styles": [
                {
                    "style": report.style,
                    "mode": report.mode,
                    "compared": report.count,
                    "identical": _identical([report]),
                    "error": report.error,
                    "skipped": report.skipped,
                }
                for report in reports
            ],
            "differences": [difference._asdict() for report in reports for difference in report.differences],
        },
        ensure_ascii=False,
        indent=1,
    )


def _identical(reports: Sequence[Report]) -> int:
    return sum(report.count - len(report.differences) for report in reports if not report.error)


def _as_text(reports: Sequence[Report], seconds: float, *, quiet: bool) -> str:
    lines: list[str] = []
    for report in reports:
        if report.error:
            lines.append(f"ERROR {report.style}, {report.mode}: {report.error}")
        if report.skipped:
            lines.append(f"citeproc-js fails on {report.style}: {report.skipped.splitlines()[0]}")
        for difference in [] if quiet else report.differences:
            lines.append(f"{difference.style}, {difference.mode}: {difference.item}")
            lines += [f"  - {difference.expected}", f"  + {difference.actual}"]
            lines += [f"  judged: {difference.reason}"] if difference.reason else []
    if len(reports) <= 40:
        lines += [f"{_fraction([report])}  {report.style}, {report.mode}" for report in reports if report.count]
    for mode in MODES:
        if any(report.mode == mode for report in reports):
            lines.append(f"{_fraction([report for report in reports if report.mode == mode])}  {mode}")
    judged = sum(bool(difference.reason) for report in reports for difference in report.differences)
    errors = sum(bool(report.error) for report in reports)
    lines.append(f"{_fraction(reports)}  all; {judged} differences judged; {errors} errors; {seconds:.0f} s")
    return "\n".join(lines)


def _fraction(reports: Sequence[Report]) -> str:
    identical, count = _identical(reports), sum(report.count for report in reports)
    return f"{identical:5} of {count:5} = {100 * identical / max(1, count):5.1f} %"


if __name__ == "__main__":
    sys.exit(main())
