"""Dates, years and months; which of them biber reads."""

from __future__ import annotations

import pytest

from bibwright.analysis.linter import Linter
from bibwright.analysis.options import LintOptions
from bibwright.analysis.rule import Rule
from bibwright.analysis.workspace import OpenDocument
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.bibtex.dates import is_edtf
from bibwright.formats.format import Format
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from bibwright.rules.values.date_rewrites import date_meant
from bibwright.text.spans import apply_edits
from tests.support.drawing import Found, assert_drawn, find

BIBER = "% !BIB program = biber\n"
BIBTEX8 = "% !BIB program = bibtex\n"


def rules(code: str) -> list[Rule]:
    return [rule for rule in all_rules() if rule.code == code]


def severities(found: list[Found]) -> list[str]:
    return [finding.diagnostic.severity.label for finding in found]


# --- EDTF, as biber 2.18 reads it


@pytest.mark.parametrize(
    "date",
    [
        "1984",
        "1984-05",
        "1984-05-31",
        "2020-02-29",
        "1984/1986",
        "1996-01-01/..",
        "1034/",
        "/1034",
        "../1034",
        "1034~",
        "2009-02?",
        "-2010-01%",
        "2012-22/2012-23",
        "0000",
        "-0001",
        "Y17000002",
        "Y-17000002",
        "199X",
        "19XX",
        "1999-XX",
        "1999-01-XX",
        "1999-XX-XX",
        "2001-01-03T15:00:00",
        "2001-01-03T15:00:00.000Z",
        "2001-01-03T15:00:00+05:00",
        "2004?/2005~",
        "..",
        "१९८७-०१-१५/१९८८-०५-११",
    ],
)
def test_date_that_biber_reads(date: str) -> None:
    assert is_edtf(date)


@pytest.mark.parametrize(
    "date",
    [
        "",
        "/",
        "May",
        "900",
        "1995-1-04",
        "2020/01/02",
        "2020/01",
        "2020-13",
        "2020-00",
        "2021-02-29",
        "2020-02-31",
        "2001-01-03T15:00",
        "2001-01-03T25:00:00",
        "Y1700",
        "20200102",
        "~2004",
        "198u",
        "2004/open",
        "2004 / 2005",
        "2004--2005",
        "2017-2020",
        "-10000",
        "2004/2005/2006",
    ],
)
def test_date_that_biber_loses(date: str) -> None:
    assert not is_edtf(date)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020/01/02", "2020-01-02"),
        ("2020-5-1", "2020-05-01"),
        ("2020.5.1", "2020-05-01"),
        ("20200102", "2020-01-02"),
        ("1985-1030", "1985-10-30"),
        ("19.01.2015", "2015-01-19"),
        ("1.5.1998", "1998-05-01"),
        ("31/12/2019", "2019-12-31"),
        ("May 2012", "2012-05"),
        ("12 May 2012", "2012-05-12"),
        ("May 12, 2012", "2012-05-12"),
        ("2004--2005", "2004/2005"),
        ("2004 – 2005", "2004/2005"),
        ("2004 / 2005", "2004/2005"),
        ("c. 1850", "1850~"),
        ("{2004}", "2004"),
    ],
)
def test_date_that_can_mean_only_one(written: str, meant: str) -> None:
    assert date_meant(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "2020/01",
        "1999/00",
        "1999-00",
        "01/02/2015",
        "2005-2004",
        "2020-13-01",
        "31.2.2020",
        "in press",
        "Jan",
        "12",
        "?",
    ],
)
def test_date_that_is_none_or_could_be_several(written: str) -> None:
    assert date_meant(written) is None


# --- V406


def test_dates_of_biblatex() -> None:
    assert_drawn(
        """
        % !BIB program = biber
        @book{a,
          date = {2020/05/01},
                  ^^^^^^^^^^ V406 the date "2020/05/01" in date is not written as biblatex reads it
          urldate = {1.5.2020},
                     ^^^^^^^^ V406 the date "1.5.2020" in urldate is not written as biblatex reads it
          origdate = {2020-02-30},
                      ^^^^^^^^^^ V406 "2020-02-30" in origdate is no date, expected YYYY-MM-DD or parts of it
          eventdate = {in spring},
                       ^^^^^^^^^ V406 "in spring" in eventdate is no date
        }
        @book{b, date = {1984/..}, urldate = 2020-01-02, origdate = {-0349~}, eventdate = {2009-21}}
        @book{c, date = {}, urldate = {null}, origdate = somewhen, eventdate = "20" # "20"}
        """,
        BIBTEX,
        "V406",
    )


def test_severity_of_a_date_depends_on_who_reads_it() -> None:
    text = "@misc{a, date = {2020/05/01}, urldate = {1.5.2020}}\n"

    assert severities(find(BIBER + text, BIBTEX, rules("V406"))) == ["error", "error"]
    assert severities(find(text, BIBTEX, rules("V406"))) == ["warning", "information"]
    assert find(BIBTEX8 + text, BIBTEX, rules("V406")) == []


def test_date_is_rewritten_where_one_is_meant() -> None:
    (one, other) = find(f"{BIBER}@misc{{a, date = {{2020-5-1}}, urldate = {{soon}}}}\n", BIBTEX, rules("V406"))

    assert [(fix.title, fix.safety.value) for fix in one.fixes] == [("Write 2020-05-01", "safe")]
    assert other.fixes == ()


def test_years() -> None:
    assert_drawn(
        """
        @book{a, year = {2013-02-21}}
                         ^^^^^^^^^^ V406 "2013-02-21" in year is a whole date
        @book{b, year = {20135}}
                         ^^^^^ V406 "20135" in year is no year
        @book{c, year = {in press}}
                         ^^^^^^^^ V406 "in press" in year is no year; what state a work is in is for pubstate or note
        @book{d, year = {1999--2001}}
                         ^^^^^^^^^^ V406 "1999--2001" in year is not a year of four digits
        @book{e, year = {c. 1850}}
                         ^^^^^^^ V406 "c. 1850" in year is not a year of four digits
        """,
        BIBTEX,
        "V406",
    )


def test_severities_of_years() -> None:
    years = ("2013-02-21", "20135", "2003-04", "in press", "1999--2001", "n.d.", "1985a", "forthcoming")
    text = "".join(f"@book{{k{number}, year = {{{year}}}}}\n" for number, year in enumerate(years))

    assert severities(find(text, BIBTEX, rules("V406"))) == ["warning"] * 2 + ["information"] * 6


@pytest.mark.parametrize(
    "year",
    [
        "2020",
        "900",
        "-0300",
        "0900",
        "1850~",
        "1494?",
        "199X",
        "{\\noopsort{1973b}}1973",
        "昭和52",
        "1398 هـ",
        "",
        "null",
    ],
)
def test_years_that_are_right_or_nobody_can_judge(year: str) -> None:
    assert find(f"@book{{a, year = {{{year}}}}}\n", BIBTEX, rules("V406")) == []


def test_second_pair_of_braces_around_a_year_is_for_bibtex() -> None:
    entry = "@book{a, year = {{2011}}}\n"
    assert find(entry, BIBTEX, rules("V406")) == []

    (found,) = find(f"{BIBER}{entry}", BIBTEX, rules("V406"))
    assert found.diagnostic.message == '"{2011}" in year has braces of its own, so that biber takes it for no number'
    assert "year = {2011}" in apply_edits(f"{BIBER}{entry}", found.fixes[0].edits)


def test_doubt_about_a_year_is_said_in_the_date_of_biblatex() -> None:
    (found,) = find(f"{BIBER}@book{{a, year = {{1850~}}}}\n@book{{b, year = {{-0300}}}}\n", BIBTEX, rules("V406"))

    assert severities([found]) == ["information"]
    assert [edit.new_text for edit in found.fixes[0].edits] == ["date", "1850~"]


def test_range_of_years_becomes_a_date_for_biblatex() -> None:
    (found,) = find(f"{BIBER}@book{{a, year = {{1999--2001}}}}\n", BIBTEX, rules("V406"))

    assert [(edit.new_text, fix.safety.value) for fix in found.fixes for edit in fix.edits] == [
        ("date", "unsafe"),
        ("1999/2001", "unsafe"),
    ]


def test_dates_of_a_record() -> None:
    assert_drawn(
        """
        TY  - JOUR
        PY  - May 2012
              ^^^^^^^^ V406 "May 2012" in PY is not written as RIS has it, expected YYYY/MM/DD/ or parts of it
        ER  -
        TY  - JOUR
        Y1  - 2012/13//
              ^^^^^^^^^ V406 "2012/13//" in Y1 is no date of the calendar
        DA  - 2012/02/30/
              ^^^^^^^^^^^ V406 "2012/02/30/" in DA is no date of the calendar
        Y2  - whenever
              ^^^^^^^^ V406 "whenever" in Y2 is no date
        ER  -
        """,
        RIS,
        "V406",
    )


@pytest.mark.parametrize(
    "date",
    [
        "2012",
        "2012/05//",
        "2012/05",
        "2012/05/01",
        "2012/05/01/",
        "2020/11//Nov/Dec2020",
        "2012///Spring",
        "2013/02/15/received",
        "2001/00/00/",
        "2022/09/12/09:02:50",
        "-0300",
        "///",
        "",
        "n/a",
    ],
)
def test_dates_that_ris_has(date: str) -> None:
    assert find(f"TY  - JOUR\nDA  - {date}\nER  - \n", RIS, rules("V406")) == []


@pytest.mark.parametrize(
    ("tags", "severity", "written"),
    [
        ("PY  - May 2012\n", "information", "2012/05//"),
        ("PY  - 2024-02-01\n", "information", "2024/02/01/"),
        ("PY  - 2018/4/25\n", "information", "2018/04/25/"),
        ("Y1  - 2015/october\n", "information", "2015/10//"),
        ("Y2  - 2016-12//\n", "information", "2016/12//"),
        ("PY  - 2019\nDA  - SEP 21\n", "information", "2019/09/21/"),
        ("DA  - SEP 21\n", "warning", ""),
        ("PY  - 2016\nY1  - 27-30 June 2016\n", "information", ""),
        ("Y1  - 27-30 June 2016\n", "warning", ""),
        ("Y2  - 11 April 2009 through 12 April 2009\n", "hint", ""),
        ("Y2  - around then\n", "information", ""),
        ("PY  - in press\n", "information", ""),
        ("PY  - soon\n", "warning", ""),
        ("PY  - 2012-2013\n", "information", ""),
        ("PY  - 31 February 2012\n", "warning", ""),
    ],
)
def test_rewritten_dates_of_a_record(tags: str, severity: str, written: str) -> None:
    (found,) = find(f"TY  - JOUR\n{tags}ER  - \n", RIS, rules("V406"))

    assert severities([found]) == [severity]
    assert "".join(edit.new_text for fix in found.fixes for edit in fix.edits) == written
    assert all(fix.safety.value == "safe" for fix in found.fixes)


def test_no_fix_of_an_entry_that_is_cut_is_safe() -> None:
    text = f"{BIBER}@misc{{a,\n  title = {{T,\n  date = {{2020/05/01}}\n}}\n@misc{{b, title = {{U}}}}\n"
    found = find(text, BIBTEX, rules("V406"))

    assert [fix.safety.value for finding in found for fix in finding.fixes] in ([], ["unsafe"])


# --- V407


def test_months() -> None:
    assert_drawn(
        """
        @article{a, month = {March}}
                            ^^^^^^^ V407 the month "March" is written as text, not as the macro mar
        @article{b, month = "sept."}
                            ^^^^^^^ V407 the month "sept." is written as text, not as the macro sep
        @article{c, month = mar}
        @article{j, month = {{JAN}}}
                            ^^^^^^^ V407 the month "{JAN}" is written as text, not as the macro jan
        @article{d, month = {3}}
        @article{e, month = mar # "/" # apr}
        @article{f, month = jan # "~10"}
        @article{g, month = {März}}
        @article{h, month = {March 3}}
        @article{i, month = {jun-aug}}
        """,
        BIBTEX,
        "V407",
    )


def test_month_as_the_dialect_wants_it() -> None:
    (for_biber,) = find(f"{BIBER}@misc{{a, month = {{March}}}}\n@misc{{b, month = 3}}\n", BIBTEX, rules("V407"))
    for_bibtex = find(f"{BIBTEX8}@misc{{a, month = {{March}}}}\n@misc{{b, month = 3}}\n", BIBTEX, rules("V407"))

    assert for_biber.fixes[0].edits[0].new_text == "3"
    assert [finding.fixes[0].edits[0].new_text for finding in for_bibtex] == ["mar", "mar"]


# --- V418


def years_reported(text: str, format: Format) -> list[str]:
    linter = Linter(rules("V418"), format.id, options=LintOptions(this_year=2026))
    document = OpenDocument("", 0, format, text, linter)
    document.check_all()
    return [f"{found.severity.label}: {found.message}" for _, _, found in document.placed_diagnostics()]


def test_years_out_of_range() -> None:
    text = "@book{a, year = {2028}}\n@book{b, year = {2029}}\n@book{c, year = 1399}\n@book{d, date = {1034-05}}\n"

    assert years_reported(text, BIBTEX) == [
        'warning: the year "2029" is in the future',
        'warning: the year "1399" is before 1400',
        'information: the year "1034" is before 1400',
    ]
    assert years_reported("TY  - JOUR\nPY  - 2099///\nER  - \n", RIS) == ['warning: the year "2099" is in the future']


@pytest.mark.parametrize("year", ["0900", "900", "-0300", "1034~", "1234?", "10XX", "12345", "1400", "in 1200"])
def test_years_that_are_meant(year: str) -> None:
    assert years_reported(f"@book{{a, year = {{{year}}}}}\n", BIBTEX) == []


def test_without_a_clock_no_year_is_in_the_future() -> None:
    assert find("@book{a, year = {3000}}\n", BIBTEX, rules("V418")) == []


# --- V419


def test_dates_of_access_in_notes() -> None:
    assert_drawn(
        """
        @online{a, note = {Accessed: 2020-01-02}}
                           ^^^^^^^^^^^^^^^^^^^^ V419 the note "Accessed: 2020-01-02" is a date of access
        @online{b, note = {[Last visited on 3 May 2021]}}
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ V419 the note "[Last visited on 3 May 2021]" is a date of access
        @online{c, note = {Accessed: 2020-01-02, password required}}
        @online{d, note = {Accessed at the library}}
        @online{e, note = {Visited Rome in 1790}}
        @online{f, note = {Accessed 2020}}
        """,
        BIBTEX,
        "V419",
    )


def test_date_of_access_beside_another_is_not_moved() -> None:
    (found,) = find("@online{a, note = {Accessed: 2020-01-02}, urldate = {2020-01-03}}\n", BIBTEX, rules("V419"))

    assert found.fixes == ()
