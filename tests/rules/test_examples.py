"""Every rule keeps what its documentation shows."""

from __future__ import annotations

import re

import pytest

from bibwright.analysis.diagnostics import Safety
from bibwright.analysis.rule import Rule
from bibwright.features.check import fix_text
from bibwright.formats import FORMATS
from bibwright.formats.format import Format
from bibwright.rules import all_rules
from bibwright.text.spans import apply_edits
from tests.support.drawing import find

every_rule = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)


def format_of(rule: Rule, text: str) -> Format:
    """The format of an example: where a rule applies to both, a RIS text begins with its TY line."""
    if len(rule.formats) == 1:
        return FORMATS[next(iter(rule.formats))]
    return FORMATS["ris" if text.startswith("TY") else "bibtex"]


def examples(rule: Rule) -> tuple[str, str]:
    (bad,), (good,) = rule.examples("Bad"), rule.examples("Good")
    return bad, good


def rules_for(rule: Rule) -> list[Rule]:
    """The rule alone; what no rule needs can be told only when all are there."""
    return [one for one in all_rules() if one.default] if rule.name == "unused-suppression" else [rule]


def without_outer_blanks(text: str) -> str:
    """Documentation has no blanks at line ends; in RIS the one behind `ER  -` makes no difference."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


@every_rule
def test_rule_is_named_as_its_file(rule: Rule) -> None:
    assert rule.module.rsplit(".", 1)[1].replace("_", "-") == rule.name


@every_rule
def test_documentation_begins_with_a_sentence(rule: Rule) -> None:
    assert rule.summary.endswith(".")


@every_rule
def test_bad_raises_exactly_this_code(rule: Rule) -> None:
    bad, _ = examples(rule)

    assert {rule.code} == {found.diagnostic.code for found in find(bad, format_of(rule, bad), rules_for(rule))}


@every_rule
def test_good_raises_nothing(rule: Rule) -> None:
    _, good = examples(rule)

    assert find(good, format_of(rule, good), rules_for(rule)) == []


@every_rule
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_first_fix_of_bad_gives_good(rule: Rule, line_end: str) -> None:
    bad, good = examples(rule)
    format = format_of(rule, bad)
    text = bad.replace("\n", line_end)
    while fixes := [found.fixes[0] for found in find(text, format, rules_for(rule)) if found.fixes]:
        text = apply_edits(text, fixes[0].edits)

    if text != bad.replace("\n", line_end):  # else the rule has no fix
        assert without_outer_blanks(good) == without_outer_blanks(text)
    assert set(re.findall(r"\r\n|\r|\n", text)) == {line_end}


@every_rule
def test_safe_fix_adds_no_finding(rule: Rule) -> None:
    bad, _ = examples(rule)
    format = format_of(rule, bad)
    before = find(bad, format)
    codes = {found.diagnostic.code for found in before}
    for found in before:
        for fix in found.fixes:
            if fix.safety is Safety.SAFE:
                after = {later.diagnostic.code for later in find(apply_edits(bad, fix.edits), format)}

                assert codes >= after


@every_rule
def test_fixing_leaves_nothing_that_a_safe_fix_removes(rule: Rule) -> None:
    bad, _ = examples(rule)
    format = format_of(rule, bad)
    result = fix_text(bad, format, unsafe=False)
    left = [found.diagnostic for found in find(result.text, format)]

    assert [diagnostic for diagnostic in left if diagnostic.fixes and diagnostic.fixes[0].safety is Safety.SAFE] == []


def test_codes_are_in_order() -> None:
    codes = [rule.code for rule in all_rules()]

    assert sorted(set(codes)) == codes
