"""Rules take time in proportion to the text, whatever stands in it.

Costs are compared with each other, so that no machine is too slow or too busy for them: see `growth.py`.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable

import pytest

from bibwright.analysis.rule import Rule
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from tests.support.drawing import find
from tests.support.growth import assert_in_proportion


@pytest.mark.parametrize(
    ("make", "format"),
    [
        pytest.param(lambda n: "@misc{k,\n" + "title = {a : b},\n" * n + "}\n", BIBTEX, id="T611"),
        pytest.param(lambda n: "TY  - JOUR\n" + "T2  - a : b\n" * n + "ER  - \n", RIS, id="T611 in RIS"),
        pytest.param(lambda n: "TY  - JOUR\n" + "SP  - 4\n" * n + "ER  - \n", RIS, id="V408"),
        pytest.param(lambda n: "TY  - JOUR\n" + "JO  - Of Trees\n" * n + "ER  - \n", RIS, id="M316"),
        pytest.param(
            lambda n: "TY  - JOUR\n" + "T2  - a : b\n" * n + "LA  - " + "fr\n" * n + "ER  - \n",
            RIS,
            id="T611, language",
        ),
        pytest.param(
            lambda n: "TY  - JOUR\n" + "SP  - 4\n" * n + "EP  - " + "3\n" * n + "ER  - \n", RIS, id="V408, last page"
        ),
        pytest.param(lambda n: "a = 1" + " " * n * 4 + "x\n", BIBTEX, id="S110"),
        pytest.param(lambda n: "Encoding: a" + " " * n * 4 + "\nx\n", BIBTEX, id="S110, header"),
        pytest.param(lambda n: "@misc{k,\n" + "title = {a\nyear\n" * n, BIBTEX, id="cut values"),
        pytest.param(lambda n: "@misc{k" + "," * n + "}\n", BIBTEX, id="S113"),
        pytest.param(lambda n: "@misc{k, a = {b}" + " ,\n" * n + "}\n", BIBTEX, id="S113, lines"),
        pytest.param(lambda n: "@misc{k, a = " + "{b} " * n + "}\n", BIBTEX, id="S114"),
        pytest.param(lambda n: "@misc{k, a = " + "# " * n + "}\n", BIBTEX, id="S114, signs"),
        pytest.param(lambda n: '@misc{k, a = "' + 'b "c" ' * n + '"}\n', BIBTEX, id="S115"),
        pytest.param(lambda n: "@misc{k,\n" + "% a\n\n" * n + "}\n", BIBTEX, id="S116"),
        pytest.param(lambda n: "@comment{" + "@misc{k, " * n + "}" * n + "}\n", BIBTEX, id="S117"),
        pytest.param(lambda n: "@misc{k,\n" + "a b = {c},\n" * n + "}\n", BIBTEX, id="S118"),
        pytest.param(lambda n: "@misc{k,\n" + "a ' " * n + "\n}\n", BIBTEX, id="S118, words"),
        pytest.param(lambda n: "TY  - JOUR\n" + "\n \nKW  - a\n" * n + "ER  - \n", RIS, id="S209"),
        pytest.param(lambda n: "TY  - JOUR\n" + "VL  - \n" * n + "ER  - \n", RIS, id="S212"),
        pytest.param(lambda n: "TY  - JOUR\nER  - \n" + "ER  - \n" * n, RIS, id="S213"),
        pytest.param(lambda n: "TY  - JOUR\nAB  - " + "a\u2028" * n + "\nER  - \n", RIS, id="S214"),
        pytest.param(lambda n: "@misc{k, title = {" + "e\u0301 " * n + "}}\n", BIBTEX, id="E903"),
        pytest.param(lambda n: "@misc{k, title = {e" + "\u0301\u0316" * n + "}}\n", BIBTEX, id="E903, accents"),
    ],
)
def test_time_grows_as_the_text(make: Callable[[int], str], format: Format) -> None:
    assert_in_proportion(lambda text: find(text, format), make, 1000)


@pytest.mark.parametrize(
    "rule", [rule for rule in all_rules() if rule.watches.kind == "fields"], ids=lambda rule: rule.code
)
def test_rule_for_fields_never_walks_the_entry(rule: Rule) -> None:
    source = inspect.getsource(sys.modules[rule.module])

    assert "entry.fields" not in source
    assert "find_field(" not in source
