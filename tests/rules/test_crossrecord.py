"""What is seen by comparing entries: macros, cross-references, keys, DOIs and works."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from tests.support.drawing import assert_drawn, find, fixed

BIBLATEX = "% !BIB program = biber\n"


def codes(text: str, code: str, *, ris: bool = False) -> list[str]:
    rules = [rule for rule in all_rules() if rule.code == code]
    return [found.diagnostic.message for found in find(text, RIS if ris else BIBTEX, rules)]


# --- String macros


def test_undefined_string() -> None:
    assert_drawn(
        """
        @string{jota = {Trees} # aside}
                                 ^^^^^ X702 no string macro "aside" is defined
        @article{a, journal = jota # " B", month = oct, number = 3}
        @article{b, journal = JOTA, series = tcs, note = later # jt}
                                                         ^^^^^ X702 the string macro "later" is used before
                                                                 ^^ X702 no string macro "jt" is defined
        @string{later = "Later"}
        @article{c, note = later, journal = ieee_j_ac, volume = null}
        """,
        BIBTEX,
        "X702",
    )


def test_macros_in_a_preamble_are_used() -> None:
    assert codes('@string{intro = {A}}\n@preamble{"\\x{a # b} # c" # intro}\n@misc{k}\n', "X710") == []
    assert codes('@preamble{"\\x" # intro}\n@misc{k}\n', "X702") == []


@pytest.mark.parametrize(("number", "reported"), [(20, 20), (21, 0)])
def test_many_undefined_strings_are_kept_in_another_file(number: int, reported: int) -> None:
    text = "".join(f"@misc{{k{n}, note = m{n}, series = m{n}}}\n" for n in range(number))

    assert len(set(codes(text, "X702"))) == reported


def test_an_undefined_string_is_braced_or_defined() -> None:
    text = "% x\n  @misc{k, note = jt # {.}}\n"

    assert fixed(text, BIBTEX, "X702") == "% x\n  @misc{k, note = {jt} # {.}}\n"
    assert fixed(text, BIBTEX, "X702", 1) == "% x\n@string{jt = {jt}}\n  @misc{k, note = jt # {.}}\n"


def test_unused_and_duplicate_strings() -> None:
    assert_drawn(
        """
        @string{used = {A}}
        @string{unused = {B}}
                ^^^^^^ X710 the string macro "unused" is not used
        @string{USED = {C}}
                ^^^^ X711 the string macro "USED" has been defined before
        @string{jan = {Januar}}
        @misc{k, note = used}
        """,
        BIBTEX,
        "X710",
        "X711",
    )


def test_a_file_of_strings_alone_is_for_others() -> None:
    assert codes("@string{a = {A}}\n@comment{x}\n", "X710") == []


# --- Cross-references


def test_missing_entries() -> None:
    assert_drawn(
        """
        @misc{a, crossref = {b}, xref = " missing ", xdata = {b, none , c}}
                                          ^^^^^^^ X703 no entry has the key "missing"
                                                                 ^^^^ X703 no entry has the key "none"
        @misc{b, ids = {c, d}, related = {a,gone}, entryset = {d}, crossref = macro, note = {missing}}
                                            ^^^^ X703 no entry has the key "gone"
        @misc{e, crossref = {}, xdata = {, a}}
        """,
        BIBTEX,
        "X703",
    )


@pytest.mark.parametrize(("head", "reported"), [(BIBLATEX, True), ("% !BIB program = bibtex\n", False), ("", False)])
def test_case_of_keys_matters_to_biblatex(head: str, *, reported: bool) -> None:
    messages = codes(head + "@misc{Book}\n@misc{a, crossref = {book}}\n", "X703")

    assert messages == (['the entry is called "Book", and "book" differs from it in case'] if reported else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [("{x}", None), ("{x, a}", "{a}"), ("{a, x}", "{a}"), ("{a ,x , a}", "{a , a}")],
)
def test_a_missing_key_is_deleted(before: str, after: str | None) -> None:
    rest = "@misc{a,%s note = {n}}\n"
    text = rest % f" xdata = {before},"

    assert fixed(text, BIBTEX, "X703") == rest % ("" if after is None else f" xdata = {after},")


def test_order_and_nesting_matter_to_bibtex() -> None:
    drawn = """
        % !BIB program = bibtex
        @misc{first, crossref = {second}}
                                 ^^^^^^ X706 the entry "second" has a cross-reference itself
        @misc{second, crossref = {third}}
        @book{third}
        @misc{last, crossref = {third}}
                                ^^^^^ X704 the entry "third" stands before this one
        """
    assert_drawn(drawn, BIBTEX, "X704", "X706")
    plain = "@misc{p, crossref = {q}}\n@misc{q}\n@misc{c, crossref = {p}}\n"
    assert [codes(head + plain, code) for head in ("", BIBLATEX) for code in ("X704", "X706")] == [[]] * 4


def test_circles() -> None:
    assert_drawn(
        """
        @misc{a, crossref = {b}}
                             ^ X705 the entry "b" inherits from "a" in turn
        @misc{b, xdata = {d, c}}
                             ^ X705 the entry "c" inherits from "b" in turn
        @misc{c, crossref = {A}}
                             ^ X705 the entry "A" inherits from "c" in turn
        @misc{d, crossref = {d}}
                             ^ X705 the entry "d" inherits from itself
        @misc{e, crossref = {a}, related = {e}}
        """,
        BIBTEX,
        "X705",
    )


def test_a_type_that_cannot_hold_another() -> None:
    assert_drawn(
        """
        @article{a, crossref = {book}}
                                ^^^^ X707 the entry "book" is of the type book, which gives no title to article
        @inbook{b, crossref = {book}}
        @incollection{c, crossref = {withtitle}}
        @article{d, crossref = {book}, journal = {J}}
        @misc{e, crossref = {book}}
        @inproceedings{f, crossref = {unknown}}
        @conference{g, crossref = {proc}}
        @book{book}
        @book{withtitle, booktitle = {B}}
        @strange{unknown}
        @proceedings{proc}
        """,
        BIBTEX,
        "X707",
    )


def test_aliases() -> None:
    drawn = """
        @misc{a, ids = {b, x, a}}
                        ^ X712 the alias "b" is the key of an entry
                              ^ X712 the alias "a" is the key of an entry
        @misc{b, ids = {y,x}}
                          ^ X712 the alias "x" has been given before
        @misc{c, ids = {A}}
        """
    assert_drawn(drawn, BIBTEX, "X712")
    assert codes("% !BIB program = bibtex\n@misc{a, ids = {a}}\n", "X712") == []


# --- The same work twice


def test_duplicate_doi() -> None:
    assert_drawn(
        """
        @article{a, title = {On Trees}, doi = {10.1234/T_1}}
        @article{b, title = {On trees}, url = {doi.org/10.1234/t_1}}
                                               ^^^^^^^^^^^^^^^^^^^ X708 the entry "a" has the DOI "10.1234/t_1" too
        @article{c, title = {Another}, doi = "doi:10.1234/t\\_1"}
                                              ^^^^^^^^^^^^^^^^ X708 the entry "a" has the DOI "10.1234/t_1" too, and
        @article{a, doi = {10.1234/t_1}}
        @article{d, title = {Erratum to: On Trees}, doi = {10.1234/t_1}}
        @article{e, title = {Reply to Doe}, doi = {10.1234/t_1}}
        @article{f, title = {On Trees}, doi = {10.1234/other}, note = {10.1234/t_1}, url = {http://a.b}}
        """,
        BIBTEX,
        "X708",
    )


@pytest.mark.parametrize(
    "others",
    [
        "@book{b, doi = {10.1234/x}}\n@inbook{c, title = {A Chapter}, doi = {10.1234/x}}\n",
        "@inbook{b, title = {A}, pages = {1}, doi = {10.1234/x}}\n@inbook{c, title = {B}, doi = {10.1234/x}}\n",
        "@inproceedings{b, title = {A}, pages = {1}, doi = {10.1234/x}}\n"
        "@inproceedings{c, title = {A}, pages = {9--12}, doi = {10.1234/x}}\n",
        "@book{b, volume = 1, doi = {10.1234/x}}\n@book{c, volume = 2, doi = {10.1234/x}}\n",
        "@article{b, doi = {10.1234/x}}\n@dataset{c, doi = {10.1234/x}}\n",
    ],
    ids=["book and chapter", "chapters", "papers", "volumes", "data"],
)
def test_parts_may_bear_the_doi_of_the_whole(others: str) -> None:
    assert codes(others, "X708") == []


def test_duplicate_doi_in_ris() -> None:
    record = "TY  - JOUR\nTI  - %s\n%s\nER  - \n"
    text = record % ("A", "DO  - 10.1234/x") + record % ("A", "UR  - https://doi.org/10.1234/X")

    assert codes(text, "X708", ris=True) == ['an earlier record has the DOI "10.1234/x" too']


WORK = "@article{%s, author = {%s}, title = {%s}, year = %s%s}\n"
FIRST = WORK % ("a", "Doe, Jane and Roe, R.", "On the {Leaves} of Trees", 2020, ", pages = {1--9}")


@pytest.mark.parametrize(
    "second",
    [
        WORK % ("b", "Jane Doe", "On the leaves of trees.", 2020, ""),
        WORK % ("b", "Doé, J.", "{On the Leaves of Trees}", "{2020}", ", pages = {1-9}, volume = 3"),
        "@misc{b, author = {Doe}, title = {On the Leaves}, subtitle = {of Trees}, date = {2020-03}}\n",
    ],
)
def test_duplicate_record(second: str) -> None:
    assert codes(FIRST + second, "X709") == ['the entry "a" has the same title, first name and year']


@pytest.mark.parametrize(
    "second",
    [
        WORK % ("b", "Doe, Jane", "On the Leaves of Trees", 2021, ""),
        WORK % ("b", "Roe, Jane", "On the Leaves of Trees", 2020, ""),
        WORK % ("b", "Doe, Jane", "On the Leaves of Trees", 2020, ", pages = {11--19}"),
        WORK % ("b", "Doe, Jane", "On the Leaves of Trees: Part II", 2020, ""),
        WORK % ("b", "Doe, Jane", "On the Leaves of Trees", 2020, ", related = {a}"),
        WORK % ("a", "Doe, Jane", "On the Leaves of Trees", 2020, ""),
        FIRST.replace("article{a", "inproceedings{b"),
        FIRST.replace("article{a", "unpublished{b"),
    ],
    ids=["year", "name", "pages", "part", "related", "key", "talk", "preprint"],
)
def test_different_records(second: str) -> None:
    assert codes(FIRST + second, "X709") == []


@pytest.mark.parametrize("title", ["Introduction", "Editorial", "Letter to the Editor", "In This Issue", "A Tale"])
def test_titles_of_many_works(title: str) -> None:
    assert codes(WORK % ("a", "Doe", title, 2020, "") + WORK % ("b", "Doe", title, 2020, ""), "X709") == []


def test_duplicate_record_says_nothing_where_the_doi_is_the_same() -> None:
    doi = ", doi = {10.1234/x}"
    text = WORK % ("a", "Doe", "The Leaves of Trees", 2020, doi) + WORK % ("b", "Doe", "The Leaves of Trees", 2020, doi)

    assert (len(codes(text, "X708")), codes(text, "X709")) == (1, [])
