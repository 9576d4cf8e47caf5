"""Citations of a document: affixes, collapsing, and items told apart."""

from __future__ import annotations

import pytest

from bibwright.csl.citation import AUTHOR_ONLY, SUPPRESS_AUTHOR, Citation, Cite
from bibwright.csl.document import render_document
from bibwright.csl.output import to_plain
from bibwright.csl.style import Style, parse_style
from bibwright.model.names import Name
from bibwright.model.record import Record
from bibwright.model.richtext import rich_text
from tests.csl.samples import person, record, year

AUTHOR_DATE = (
    '<group delimiter=" "><names variable="author"><name form="short" and="symbol" initialize-with=". "/></names>'
    '<date variable="issued"><date-part name="year"/></date><text variable="locator"/></group>'
)
NUMBER = '<text variable="citation-number" prefix="[" suffix="]"/>'


def _style(layout: str, options: str = "", *, delimiter: str = "; ", kind: str = "in-text", before: str = "") -> Style:
    return parse_style(
        f'<style class="{kind}" version="1.0"><citation {options}>{before}<layout delimiter="{delimiter}" prefix="(" '
        f'suffix=")">{layout}</layout></citation><bibliography><layout>{AUTHOR_DATE}</layout></bibliography></style>',
        "sample",
    )


def _cite(style: Style, *citations: tuple[Cite, ...], others: tuple[Record, ...] = ()) -> list[str]:
    cited = [cite.record for cites in citations for cite in cites]
    document = render_document(style, [*cited, *others], [Citation(cites) for cites in citations])
    return [to_plain(citation) for citation in document.citations]


def _work(number: int, *names: Name) -> Record:
    return record(author=names or (person("Ann", "Doe"),), issued=year(number))


def _together(style: Style, *records: Record) -> str:
    (citation,) = _cite(style, tuple(Cite(item) for item in records))
    return citation


DOE, ROE, LEE = person("Ann", "Doe"), person("Bo", "Roe"), person("Cy", "Lee")
BO_DOE, ANN_MARIE_DOE, ALF_DOE = person("Bo", "Doe"), person("Ann Marie", "Doe"), person("Alf", "Doe")


def test_words_around_a_cite() -> None:
    style = _style(AUTHOR_DATE)
    cite = Cite(_work(2000), "5", prefix=rich_text("see"), suffix=rich_text("and elsewhere"))
    other = Cite(_work(2001, ROE), prefix=rich_text(", but not "))

    assert _cite(style, (cite,), (Cite(_work(1999, LEE)), other)) == [
        "(see Doe 2000 5 and elsewhere)",
        "(Lee 1999, but not Roe 2001)",
    ]


def test_the_authors_alone_and_all_but_the_authors() -> None:
    style = _style(AUTHOR_DATE)
    work = _work(2000)

    assert _cite(style, (Cite(work, mode=AUTHOR_ONLY),), (Cite(work, mode=SUPPRESS_AUTHOR),)) == ["Doe", "(2000)"]


def test_a_term_at_the_start_of_a_note_is_large() -> None:
    style = _style('<text term="ibid"/>', kind="note")
    work = _work(2000)
    prefixes = ("", "See ", "It is said. ")

    assert _cite(style, *[(Cite(work, prefix=rich_text(prefix)),) for prefix in prefixes]) == [
        "(Ibid.)",
        "(See ibid.)",
        "(It is said. Ibid.)",
    ]


@pytest.mark.parametrize(
    ("collapse", "numbers", "expected"),
    [
        ("citation-number", (1, 2, 3, 5), "([1]–[3]; [5])"),
        ("citation-number", (1, 2, 5), "([1]; [2]; [5])"),
        ("", (1, 2, 3), "([1]; [2]; [3])"),
    ],
)
def test_numbers_collapse(collapse: str, numbers: tuple[int, ...], expected: str) -> None:
    records = [_work(2000 + number) for number in range(1, 6)]
    options = f'collapse="{collapse}"' if collapse else ""
    cites = tuple(Cite(records[number - 1]) for number in numbers)
    every = tuple(Cite(item) for item in records)

    assert _cite(_style(NUMBER, options), every, cites)[1] == expected


def test_a_number_with_a_locator_is_in_no_range() -> None:
    records = [_work(2000 + number) for number in range(3)]
    style = _style(
        '<group delimiter=" ">' + NUMBER + '<text variable="locator"/></group>', 'collapse="citation-number"'
    )

    assert _cite(style, tuple(Cite(item, "7" if at == 1 else "") for at, item in enumerate(records))) == [
        "([1]; [2] 7; [3])"
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "(Doe 2000a; Doe 2000b; Doe 2000c; Doe 2001; Roe 2000)"),
        ('collapse="year"', "(Doe 2000a, 2000b, 2000c, 2001; Roe 2000)"),
        ('collapse="year" cite-group-delimiter=" "', "(Doe 2000a 2000b 2000c 2001; Roe 2000)"),
        ('collapse="year-suffix" year-suffix-delimiter=","', "(Doe 2000a,b,c, 2001; Roe 2000)"),
        ('collapse="year-suffix-ranged" year-suffix-delimiter=","', "(Doe 2000a–c, 2001; Roe 2000)"),
        ('collapse="year" after-collapse-delimiter=". "', "(Doe 2000a; 2000b; 2000c; 2001. Roe 2000)"),
    ],
)
def test_years_collapse(options: str, expected: str) -> None:
    style = _style(AUTHOR_DATE, f'disambiguate-add-year-suffix="true" {options}')

    assert _together(style, *[_work(2000) for _ in range(3)], _work(2001), _work(2000, ROE)) == expected


def test_cites_of_one_author_come_together_where_they_are_sorted() -> None:
    style = _style(AUTHOR_DATE, 'collapse="year"', before='<sort><key variable="issued"/></sort>')

    assert _together(style, _work(2001), _work(2000, ROE), _work(1999)) == "(Doe 1999, 2001; Roe 2000)"


def test_names_are_added_until_items_differ() -> None:
    options = 'et-al-min="2" et-al-use-first="1" disambiguate-add-names="true"'

    assert _together(_style(AUTHOR_DATE, options), _work(2000, DOE, ROE, LEE), _work(2000, DOE, LEE, ROE)) == (
        "(Doe, Roe, et al. 2000; Doe, Lee, et al. 2000)"
    )


def test_names_that_do_not_help_are_not_added() -> None:
    options = 'et-al-min="2" et-al-use-first="1" disambiguate-add-names="true" disambiguate-add-year-suffix="true"'

    assert _together(_style(AUTHOR_DATE, options), _work(2000, DOE, ROE), _work(2000, DOE, ROE)) == (
        "(Doe et al. 2000a; Doe et al. 2000b)"
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("by-cite", "(Doe 1999; A. Doe & Roe 2000; B. Doe & Roe 2000)"),
        ("all-names", "(A. Doe 1999; A. Doe & Roe 2000; B. Doe & Roe 2000)"),
        ("primary-name", "(A. Doe 1999; A. Doe & Roe 2000; B. Doe & Roe 2000)"),
    ],
)
def test_given_names(rule: str, expected: str) -> None:
    style = _style(AUTHOR_DATE, f'disambiguate-add-givenname="true" givenname-disambiguation-rule="{rule}"')

    assert _together(style, _work(1999), _work(2000, DOE, ROE), _work(2000, BO_DOE, ROE)) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("all-names", "(Ann Doe 1999; Alf Doe 2000; B. Doe 2000; Roe & Ann Doe 2001)"),
        ("all-names-with-initials", "(A. Doe 1999; A. Doe 2000; B. Doe 2000; Roe & A. Doe 2001)"),
        ("primary-name", "(Ann Doe 1999; Alf Doe 2000; B. Doe 2000; Roe & Doe 2001)"),
        ("primary-name-with-initials", "(A. Doe 1999; A. Doe 2000; B. Doe 2000; Roe & Doe 2001)"),
    ],
)
def test_given_names_of_persons_with_the_same_initials(rule: str, expected: str) -> None:
    style = _style(AUTHOR_DATE, f'disambiguate-add-givenname="true" givenname-disambiguation-rule="{rule}"')

    assert _together(style, _work(1999), _work(2000, ALF_DOE), _work(2000, BO_DOE), _work(2001, ROE, DOE)) == expected


def test_what_a_style_keeps_for_items_that_read_alike() -> None:
    layout = AUTHOR_DATE + '<choose><if disambiguate="true"><text variable="title" prefix=", "/></if></choose>'
    works = [record(author=DOE, issued=year(number), title=title) for number, title in ((1, "A"), (1, "B"), (2, "C"))]

    assert _together(_style(layout), *works) == "(Doe 1 AD, A; Doe 1 AD, B; Doe 2 AD)"


def test_year_suffixes_follow_the_bibliography() -> None:
    works = [record(author=DOE, issued=year(2000), title=title) for title in ("B", "A")]
    style = parse_style(
        f'<style version="1.0"><citation disambiguate-add-year-suffix="true"><layout delimiter="; ">{AUTHOR_DATE}'
        f'</layout></citation><bibliography><sort><key variable="title"/></sort><layout>{AUTHOR_DATE}'
        '<text variable="title" prefix=", "/></layout></bibliography></style>',
        "sample",
    )
    document = render_document(style, works, [Citation(tuple(Cite(work) for work in works))])

    assert [to_plain(citation) for citation in document.citations] == ["Doe 2000b; Doe 2000a"]
    assert [to_plain(entry.formatted) for entry in document.bibliography] == ["Doe 2000a, A", "Doe 2000b, B"]


def test_when_an_item_was_looked_at_tells_it_from_no_other() -> None:
    layout = AUTHOR_DATE + '<date variable="accessed" prefix=" on "><date-part name="year"/></date>'
    works = [record(author=DOE, issued=year(2000), accessed=year(number)) for number in (2001, 2002)]

    assert _together(_style(layout, 'disambiguate-add-year-suffix="true"'), *works) == (
        "(Doe 2000a on 2001; Doe 2000b on 2002)"
    )
