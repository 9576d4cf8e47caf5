"""`--keep-unmapped`: what the target cannot hold travels in its note and comes back."""

from __future__ import annotations

import json

import pytest

from bibwright.features.conversion import Conversion, Outcome
from bibwright.features.convert import ConversionOptions, convert_text
from bibwright.formats import ALL_FORMATS

BIB = r"""@mvbook{berg2020,
  author = {von Berg, Jr, Jan and others},
  title = {On {DNA} and \emph{more}},
  publisher = PUB # { Press},
  date = {2020~},
  pages = {12--},
  abstract = {One --- "paragraph".

The <b>second</b> one},
  note = {My own. tex.volume: 3},
  shorthand = {S},
}
"""
RIS = """TY  - EJOUR
AU  - Suh, Sangmun
AU  - Bare Name
PY  - 2015/03/10/Epub
T1  - A -- title & <b>more</b>
C8  - Custom
VL  - null
AB  - A first paragraph that is long.
A second one.
N1  - one
N1  - ris.C1: not ours
UR  - https://example.org/1
UR  - https://example.org/2
"""
RIS += "ER  - \n"


def convert(text: str, source: str, target: str, *, keep: bool = False) -> Conversion:
    return convert_text(text, ALL_FORMATS[source], ALL_FORMATS[target], options=ConversionOptions(keep_unmapped=keep))


def there_and_back(text: str, source: str, via: str, home: str) -> str:
    return convert(convert(text, source, via, keep=True).text, via, home).text


@pytest.mark.parametrize("via", ["ris", "csl-json"])
def test_an_entry_comes_back_with_the_source_of_its_values(via: str) -> None:
    back = there_and_back(BIB, "bibtex", via, "biblatex")

    assert sorted(back.splitlines()) == sorted(BIB.splitlines())


@pytest.mark.parametrize("via", ["bibtex", "biblatex", "csl-json"])
def test_a_ris_record_comes_back_with_its_tags(via: str) -> None:
    back = there_and_back(RIS, "ris", via, "ris")

    assert sorted(back.splitlines()) == sorted(RIS.splitlines())
    assert [line for line in back.splitlines() if line.startswith("N1")] == ["N1  - one", "N1  - ris.C1: not ours"]


@pytest.mark.parametrize("via", ["biblatex", "ris"])
def test_an_item_of_csl_comes_back_with_its_variables(via: str) -> None:
    item = {
        "id": "http://example.org/1",
        "type": "book",
        "title": "A <i>title</i>",
        "volume": 3,
        "custom": {"a": [1, 2]},
        "issued": {"raw": "some day"},
        "odd key: x": "value",
        "note": "first\nsecond",
    }
    back = there_and_back(json.dumps([item]), "csl-json", via, "csl-json")

    assert json.loads(back) == [item]


def test_the_lines_of_the_note() -> None:
    text = convert("@mvbook{a,\n  shorthand = {S},\n  date = {2020~},\n}\n", "bibtex", "ris", keep=True).text

    assert text == (
        "TY  - BOOK\nID  - a\nPY  - 2020\nN1  - tex.kept: biblatex\nN1  - tex.entrytype: mvbook\n"
        "N1  - tex.shorthand: S\nN1  - tex.date: 2020~\nER  - \n"
    )


def test_what_is_kept_is_reported_as_moved() -> None:
    (entry,) = convert(BIB, "bibtex", "ris", keep=True).entries
    outcomes = {field.name: field for field in entry.outcomes()}

    assert outcomes["shorthand"].outcome is Outcome.MOVED
    assert [(loss.to, loss.severity) for loss in outcomes["shorthand"].losses] == [("N1", "information")]
    assert Outcome.DROPPED not in {field.outcome for field in outcomes.values()}


def test_what_needs_no_line_has_none() -> None:
    bib = "@article{a,\n  author = {Smith, Anna},\n  title = {On Sea},\n  year = {2020},\n  volume = {3},\n}\n"

    assert convert(bib, "bibtex", "ris", keep=True).text == convert(bib, "bibtex", "ris").text


def test_without_the_option_nothing_is_kept() -> None:
    assert "tex." not in convert("@mvbook{a, shorthand = {S}}", "bibtex", "ris").text


def test_lines_that_nobody_of_us_wrote_stay_in_the_note() -> None:
    ris = "TY  - BOOK\nID  - a\nN1  - tex.shorthand: S\nER  - \n"

    assert convert(ris, "ris", "biblatex").text == "@book{a,\n  note = {tex.shorthand: S},\n}\n"


def test_a_change_on_the_other_side_counts_and_the_rest_comes_back() -> None:
    bib = "@book{a,\n  title = {On {DNA}},\n  shorthand = {S},\n  year = {2020},\n}\n"
    ris = convert(bib, "bibtex", "ris", keep=True).text.replace("TI  - On DNA", "TI  - On RNA")
    ris = ris.replace("N1  - tex.kept", "N1  - A note of mine\nN1  - tex.kept")

    assert convert(ris, "ris", "biblatex").text == (
        "@book{a,\n  title = {On RNA},\n  note = {A note of mine},\n  shorthand = {S},\n  year = {2020},\n}\n"
    )


def test_inherited_fields_are_not_those_of_the_entry_on_the_return() -> None:
    bib = (
        "@incollection{a,\n  title = {Part},\n  crossref = {b},\n}\n\n"
        "@collection{b,\n  title = {Whole},\n  publisher = {P},\n}\n"
    )

    assert "PB  - P" in convert(bib, "bibtex", "ris", keep=True).text.split("ER  -")[0]
    assert there_and_back(bib, "bibtex", "ris", "biblatex") == bib


def test_entries_that_only_biblatex_knows_travel_too() -> None:
    bib = "@xdata{x,\n  publisher = {P},\n}\n\n@book{a,\n  xdata = {x},\n}\n"

    assert there_and_back(bib, "bibtex", "ris", "biblatex") == bib


def test_fields_of_one_meaning_keep_their_order() -> None:
    bib = "@book{a,\n  location = {Haifa},\n  address = {New York},\n}\n"

    assert there_and_back(bib, "bibtex", "ris", "bibtex") == bib


def test_names_of_fields_that_are_words_of_ours() -> None:
    bib = "@book{a,\n  kept = {1},\n  entrytype = {2},\n  odd.name = {3},\n}\n"

    assert there_and_back(bib, "bibtex", "csl-json", "bibtex") == bib


def test_tags_that_share_one_list_of_names_keep_their_order() -> None:
    ris = "TY  - JOUR\nID  - a\nA1  - A, A.\nAU  - B, B.\nA1  - C, C.\nER  - \n"

    assert there_and_back(ris, "ris", "biblatex", "ris") == ris
