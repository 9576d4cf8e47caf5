"""Citation keys by pattern, as JabRef and Better BibTeX have them."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex.keys import PatternError, ascii_letters, make_key, read_pattern
from tests.support.records import read_one

PAPER = read_one(
    "@article{x, author = {Yared, Ann and van der Müller-Fox, Bo and Cruz, Eva}, title = {An awesome paper on JabRef},"
    " journal = {Journal of Fish Biology}, year = {1998}, month = mar, pages = {7,41,73--97},"
    " keywords = {fish, sea water}, volume = {12}}"
)


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[auth][year]", "Yared1998"),
        ("[auth:lower][year][veryshorttitle:lower]", "yared1998awesome"),
        ("[auth:upper]-[shortyear]", "YARED-98"),
        ("[auth3][year]", "Yar1998"),
        ("[auth(3)]", "Yar"),
        ("[auth4_2]", "Mull"),
        ("[authEtAl][year]", "YaredEtAl1998"),
        ("[auth.etal]", "Yared.etal"),
        ("[auth.auth.ea]", "Yared.MullerFox.ea"),
        ("[authorLast]", "Cruz"),
        ("[authors]", "YaredMullerFoxCruz"),
        ("[authors2]", "YaredMullerFoxEtAl"),
        ("[authorsAlpha]", "YMC"),
        ("[authshort]", "YMC"),
        ("[authForeIni]", "A"),
        ("[authFirstFull]", "Yared"),
        ("[authIni4]", "YaMC"),
        ("[title]", "AnAwesomePaperonJabRef"),
        ("[title:abbr]", "AAPoJ"),
        ("[camel]", "AnAwesomePaperOnJabRef"),
        ("[shorttitle]", "AwesomePaperJabRef"),
        ("[shorttitle(2)]", "AwesomePaper"),
        ("[shorttitleINI]", "APJ"),
        ("[veryshorttitle]", "Awesome"),
        ("[journal:abbr]", "JoFB"),
        ("[title:truncate5]", "AnAwe"),
        ("[firstpage]_[lastpage]", "7_97"),
        ("[keyword2]", "Seawater"),
        ("[date]", "1998-03"),
        ("[entrytype]:[volume]", "article:12"),
        ("[edtr:(nobody)][year]", "nobody1998"),
        ("[number]", "entry"),
    ],
)
def test_patterns(pattern: str, key: str) -> None:
    assert make_key(PAPER, pattern) == key


def test_editors_stand_for_authors_unless_only_authors_are_wanted() -> None:
    record = read_one("@book{x, editor = {Doe, Jane}, year = {2001}}")

    assert make_key(record, "[auth][year]") == "Doe2001"
    assert make_key(record, "[pureauth][year]") == "2001"


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("王, 小明", "论语", "wang2001lunyu"),
        ("서, 상문", "한국 전쟁", "seo2001hangug"),
        ("Чехов, Антон", "Вишнёвый сад", "chekhov2001vishnevyy"),
        ("Παπαδόπουλος, Νίκος", "Η θάλασσα", "papadopoylos2001i"),
        ("Ørsted, Hans", "Straße", "orsted2001strasse"),
        ("Þórsson, Jón", "Ísland", "thorsson2001island"),
    ],
)
def test_other_scripts_are_written_in_latin_letters(author: str, title: str, key: str) -> None:
    record = read_one(f"@book{{x, author = {{{author}}}, title = {{{title}}}, year = {{2001}}}}")

    assert make_key(record).lower() == key


def test_signs_do_not_become_other_signs() -> None:
    assert ascii_letters("“a”→b…") == "ab"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("[foo]", '"[foo]" is no marker of a key pattern; the usual ones are [auth], [authN], '),
        ("[auth:loud]", '":loud" is no modifier of a key pattern; there are :lower, :upper, :abbr'),
        ("[auth", '"[auth" has a square bracket without its partner'),
        ("[auth] [year]", '" " cannot stand in a citation key'),
        ("key", "a key pattern names something in square brackets"),
    ],
)
def test_what_is_no_pattern_is_said(pattern: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        read_pattern(pattern)
    assert str(caught.value).startswith(message)
