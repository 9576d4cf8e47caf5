"""A rule that is not called for a field, since the field is ordinary, would have found nothing there."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bibwright.analysis.rule import Rule
from bibwright.formats import BIBTEX, RIS
from bibwright.formats.format import Format
from bibwright.rules import all_rules
from tests.support.drawing import find

#: Parts of names and of lists: ordinary ones, and what rules look for.
_PARTS = [
    *("Doe", "Roe", "Jane", "Jöran", "J.", "R.R.", "J.-P.", "K.L", "Jean-Luc", "O'Neil", "d’Arc", "van", "der", "von"),
    *("张", "Łukasz", r"{\L}ukasz", r"{\"u}", r"Ren\'{e}", r"\"{u}", r"{\'\i}", "{Barnes}", "{World", "{{Doe}}", "{et"),
    *("{Prof.", "{IBM}", "{}", "DOE", "SMITH", "SMI", "PhD", "Ph.D.", "Ph", "Prof.", "Dr.", "Dr", "M.Sc.", "Esq."),
    *("Jr.", "Jr", "Sr.", "II", "III", "IV", "Inc.", "Ltd", "GmbH", "Corp", "Institute", "University", "Team"),
    *(
        "Organization}",
        "Society",
        "et",
        "al.",
        "al",
        "others",
        "(Bill)",
        "1",
        "2*",
        "*",
        "a@b.de",
        "=",
        ";",
        "&",
        r"\&",
    ),
    *(",", ",", ",", ",", ",", "and", "and", "and", "and", "AND", "~", "[Doe", "\n", "\t"),
]
_SPARING = [rule for rule in all_rules() if rule.watches.unless is not None]
_ALWAYS_CALLED = [replace(rule, watches=rule.watches._replace(unless=None)) for rule in _SPARING]


def found_alike(text: str, format: Format) -> bool:
    return find(text, format, _SPARING) == find(text, format, _ALWAYS_CALLED)


def lists(count: int, seed: int) -> list[str]:
    """Random texts of a few parts, blanks or nothing between them."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        parts = chance.choices(_PARTS, k=chance.randint(1, 9))
        text = "".join(f"{part}{chance.choice(('', ' ', ' ', ' '))}" for part in parts)
        made.append(text.strip() if chance.random() < 0.9 else text)
    return made


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_examples(rule: Rule) -> None:
    for heading in ("Bad", "Good"):
        for text in rule.examples(heading):
            assert found_alike(text, BIBTEX)
            assert found_alike(text, RIS)


@pytest.mark.parametrize("seed", range(4))
def test_name_lists(seed: int) -> None:
    for names in lists(1500, seed):
        assert found_alike(f"@book{{a, author = {{{names}}}}}\n", BIBTEX), names


def test_quoted_name_lists() -> None:
    for names in lists(1000, 5):
        assert found_alike(f'@book{{a, author = "{names}"}}\n', BIBTEX), names


def test_names_in_ris() -> None:
    for names in lists(1500, 6):
        assert found_alike(f"TY  - BOOK\nAU  - {names}\nER  -\n", RIS), names
