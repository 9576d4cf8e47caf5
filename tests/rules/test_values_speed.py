"""The rules about values take time in proportion to the text, whatever stands in the fields that they look at."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from tests.support.drawing import find
from tests.support.growth import assert_in_proportion

RULES = [rule for rule in all_rules() if rule.code.startswith("V4")]
NAMES = sorted({name for rule in RULES for name in rule.watches.names})
TAGS = [name.upper() for name in NAMES if len(name) == 2]

#: What the patterns look for, again and again.
UNITS = [
    "1",
    "1-",
    "1234-",
    "(",
    ")",
    "()",
    " ",
    "; ",
    "10.1000/",
    "10.1000/a ",
    "doi:",
    "https://",
    "a.",
    "\\_",
    "arXiv:",
    "0000-0000-0000-",
    "2020/",
    "accessed on ",
    "pp. ",
    "no.",
]


def text_of(unit: str, count: int, format: Format) -> str:
    if format is RIS:
        return "TY  - JOUR\n" + "".join(f"{tag}  - {unit * count}x\n" for tag in TAGS) + "ER  - \n"
    return "@misc{k,\n" + "".join(f"  {name} = {{{unit * count}x}},\n" for name in NAMES) + "}\n"


def check(text: str, format: Format) -> None:
    find(text, format, [rule for rule in RULES if format.id in rule.formats])


@pytest.mark.parametrize("format", [BIBTEX, RIS], ids=["bibtex", "ris"])
@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_as_the_value(unit: str, format: Format) -> None:
    assert_in_proportion(lambda text: check(text, format), lambda count: text_of(unit, count, format), 1000)


@pytest.mark.parametrize("unit", ["1", "1-", "(", "doi:", "2020/"])
@pytest.mark.parametrize("tag", ["SP", "SN", "DO", "UR", "PY"])
def test_time_grows_as_the_number_of_tags(unit: str, tag: str) -> None:
    def make(count: int) -> str:
        return "TY  - JOUR\n" + f"{tag}  - {unit}\n" * count + f"EP  - {unit * count}\nER  - \n"

    assert_in_proportion(lambda text: check(text, RIS), make, 500)
