"""The pages of the rules: what a rule's docstring says, as Markdown, with how to switch the rule on or off.

They are written to `docs/rules/` and packed into the wheel, so that a link to a rule leads to a page that is there.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from bibwright.analysis.rule import Rule
from bibwright.rules import all_rules

#: A paragraph that ends with `Bad::` and the like, and the indented block below it.
_BLOCK = re.compile(r"^(?P<heading>.*)::\n\n(?P<code>(?:[ ]{4}.*\n|[ ]*\n)+)", re.MULTILINE)
_LITERAL = re.compile(r"``(.+?)``", re.DOTALL)
_BACKTICKS = re.compile("`+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_FORMATS = {"bibtex": "BibTeX", "ris": "RIS"}
_FAMILIES = {
    "syntax": "Syntax of BibTeX",
    "ris": "Syntax of RIS",
    "model": "Entry types and their fields",
    "values": "Values",
    "names": "Names",
    "text": "Titles and other text",
    "crossrecord": "Across entries",
    "consistency": "Consistency",
    "encoding": "Encoding",
    "suppressions": "Suppressions",
}
INDEX = "README.md"


def find_rule(name: str) -> Rule | None:
    """The rule with this code or name, however it is capitalised."""
    wanted = name.lower()
    return next((rule for rule in all_rules() if wanted in (rule.code.lower(), rule.name)), None)


def find_near(name: str) -> list[str]:
    """Codes and names that somebody may have meant, a few."""
    known = {text.lower(): text for rule in all_rules() for text in (rule.code, rule.name)}
    wanted = name.lower()
    begun = [text for text in sorted(known) if wanted and text.startswith(wanted)]
    near = (
        begun
        or get_close_matches(wanted, known, cutoff=0.75)
        or [text for text in sorted(known) if wanted and wanted in text]
    )
    return [known[text] for text in near[:3]]


def page_path(code: str) -> Path | None:
    """Where the page of a rule lies: in the installed package, or in the project's own folder."""
    package = Path(__file__).resolve().parents[1]
    places = [package / "docs" / "rules"]
    if package.parent.name == "server":
        places.append(package.parents[1] / "docs" / "rules")
    return next((page for place in places if (page := place / f"{code}.md").is_file()), None)


def make_pages() -> dict[str, str]:
    """All pages by file name, the index among them."""
    rules = sorted(all_rules(), key=lambda rule: rule.code)
    return {**{f"{rule.code}.md": make_page(rule) for rule in rules}, INDEX: make_index(rules)}


def make_page(rule: Rule) -> str:
    """The page of one rule."""
    facts = [
        f"| Severity | {rule.severity.label} |",
        f"| Formats | {_formats(rule)} |",
        f"| By default | {'on' if rule.default else 'off'} |",
        f"| Fix | {_fixes(rule) or 'none'} |",
    ]
    parts = [
        f"# {rule.name} ({rule.code})",
        "\n".join(["| | |", "| --- | --- |", *facts]),
        make_text(rule),
        *_switching(rule),
    ]
    return "\n\n".join(parts) + "\n"


def make_text(rule: Rule) -> str:
    """What the docstring says: the paragraphs, and `Bad` and `Good` as headings over code."""
    text = rule.documentation + "\n"
    parts: list[str] = []
    at = 0
    for match in _BLOCK.finditer(text):
        parts += _prose(text[at : match.start()])
        heading = match["heading"]
        parts.append(f"## {heading}" if heading in ("Bad", "Good") else f"{_inline(heading)}:")
        parts.append(_fenced(textwrap.dedent(match["code"]).rstrip("\n"), rule))
        at = match.end()
    parts += _prose(text[at:])
    return "\n\n".join(parts)


def make_index(rules: Iterable[Rule]) -> str:
    """The table of all rules by family."""
    parts = [
        "# Rules",
        "What `bibwright check` and the language server look for. A rule that is off by default is switched on with "
        '`extend-select = ["..."]` in `bibwright.toml`.',
    ]
    by_family = sorted(rules, key=lambda rule: (_family_order(_family(rule)), rule.code))
    for family, members in groupby(by_family, _family):
        rows = [
            f"| [{rule.code}]({rule.code}.md) | [{rule.name}]({rule.code}.md) | {rule.severity.label}"
            f"{'' if rule.default else ', off'} | {_fixes(rule)} | {_cell(rule.summary)} |"
            for rule in members
        ]
        head = ["| Code | Name | Severity | Fix | What is wrong |", "| --- | --- | --- | --- | --- |"]
        parts += [f"## {_FAMILIES.get(family, family.capitalize())}", "\n".join([*head, *rows])]
    return "\n\n".join(parts) + "\n"


def _family(rule: Rule) -> str:
    return rule.module.split(".")[-2]


def _family_order(family: str) -> tuple[int, str]:
    known = list(_FAMILIES)
    return (known.index(family) if family in known else len(known)), family


def _formats(rule: Rule) -> str:
    return ", ".join(_FORMATS.get(format, format) for format in sorted(rule.formats))


def _fixes(rule: Rule) -> str:
    return ", ".join(fix.value for fix in rule.fixes)


def _prose(text: str) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        if paragraph:
            yield _inline(paragraph)


def _inline(text: str) -> str:
    """The docstrings' literals as Markdown writes them."""
    return _LITERAL.sub(r"`\1`", text)


def _cell(text: str) -> str:
    return _inline(text).replace("|", "\\|")


def _fenced(code: str, rule: Rule) -> str:
    language = "ris" if rule.formats == {"ris"} or code.startswith("TY") else "bibtex"
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{_visible(code)}\n{fence}"


def _visible(code: str) -> str:
    """Characters that a page cannot hold or nobody would see, as their pictures; a lone CR ends a line too."""
    lines = code.replace("\r\n", "\n").replace("\r", "\u240d\n")
    return _CONTROL.sub(lambda match: chr(0x2400 + ord(match[0])), lines)


def _switching(rule: Rule) -> Iterator[str]:
    if rule.default:
        yield "## Switching it off"
        yield "For all files, in `bibwright.toml` (or `[tool.bibwright]` in `pyproject.toml`):"
        yield f'```toml\nignore = ["{rule.code}"]\n```'
    else:
        yield "## Switching it on"
        yield "It is off by default. In `bibwright.toml` (or `[tool.bibwright]` in `pyproject.toml`):"
        yield f'```toml\nextend-select = ["{rule.code}"]\n```'
    # Who switches it on for all may want an exception as well.
    if "bibtex" in rule.formats:
        yield "For one entry, in the line before it; with `ignore-file`, anywhere, for the whole file:"
        yield f"```bibtex\n% bibwright: ignore[{rule.code}]\n```"
    if "ris" in rule.formats:
        yield "For one record, as a line of it; with `ignore-file` for the whole file:"
        yield f"```ris\nU5  - bibwright: ignore[{rule.code}]\n```"
