"""`bibwright rule`: the documentation of rules, in the terminal or as pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bibwright.analysis.rule import Rule
from bibwright.cli.lists import rule_json
from bibwright.cli.report import complain, count_of, print_json
from bibwright.features.files import write_file
from bibwright.features.rule_docs import INDEX, find_near, find_rule, make_page, make_pages
from bibwright.rules import all_rules

#: What may be a page of a rule that is no more.
_PAGE = re.compile(r"[A-Z]\d{3}\.md")


def explain_rules(names: Sequence[str] | None, *, as_json: bool, write: str | None) -> int:
    """Print the pages of these rules, or of all; with `write` they go to that folder."""
    rules = list(all_rules()) if names is None else _find(names)
    if rules is None:
        return 2
    if write is not None:
        return _write(
            Path(write), make_pages() if names is None else {f"{rule.code}.md": make_page(rule) for rule in rules}
        )
    if as_json:
        print_json([rule_json(rule) for rule in rules])
    else:
        print("\n".join(make_page(rule) for rule in rules), end="")
    return 0


def _find(names: Sequence[str]) -> list[Rule] | None:
    """The rules of these names; None when one of them is unknown, and all unknown ones are told."""
    found = {name: find_rule(name) for name in names}
    for name, rule in found.items():
        if rule is None:
            near = find_near(name)
            advice = f"did you mean {' or '.join(near)}?" if near else "`bibwright rules` lists them"
            complain(f'no rule is called "{name}"; {advice}')
    rules = [rule for rule in found.values() if rule is not None]
    return rules if len(rules) == len(found) else None


def _write(folder: Path, pages: dict[str, str]) -> int:
    """Write what differs; where all pages are written, those of rules that are no more are deleted."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = 0
        for name, text in pages.items():
            path = folder / name
            data = text.encode()
            if not path.is_file() or path.read_bytes() != data:
                write_file(path, data)
                written += 1
        if INDEX in pages:
            for path in folder.iterdir():
                if _PAGE.fullmatch(path.name) and path.name not in pages:
                    path.unlink()
    except OSError as error:
        complain(f"{error.filename or folder}: cannot be written: {error.strerror or error}")
        return 2
    print(f"{count_of(len(pages), 'page')} in {folder}, {written} written")
    return 0
