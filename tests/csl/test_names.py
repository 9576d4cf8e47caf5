from __future__ import annotations

import pytest

from bibwright.csl.output import to_html
from bibwright.csl.render import render_bibliography_entry
from bibwright.model.names import OTHERS, Name
from tests.csl.samples import person, record, render, style_of

AALTO, BERG, COLE = person("Ana Maria", "Aalto"), person("Bo", "Berg"), person("Cy", "Cole")


def _names(attributes: str, *names: Name, inside: str = "", after: str = "", options: str = "") -> str:
    style = style_of(f'<names variable="author"><name {attributes}>{inside}</name>{after}</names>', attributes=options)
    return render(style, record(author=names))


def test_joining() -> None:
    assert _names("", AALTO, BERG) == "Ana Maria Aalto, Bo Berg"
    assert _names('and="text"', AALTO, BERG) == "Ana Maria Aalto and Bo Berg"
    assert _names('and="symbol"', AALTO, BERG, COLE) == "Ana Maria Aalto, Bo Berg, & Cy Cole"
    assert _names('and="text" delimiter-precedes-last="never"', AALTO, BERG, COLE) == (
        "Ana Maria Aalto, Bo Berg and Cy Cole"
    )
    assert _names(
        'and="text" delimiter-precedes-last="after-inverted-name" name-as-sort-order="first"', AALTO, BERG
    ) == ("Aalto, Ana Maria, and Bo Berg")


def test_cutting_short() -> None:
    assert _names('et-al-min="3" et-al-use-first="1"', AALTO, BERG, COLE) == "Ana Maria Aalto et al."
    assert _names('et-al-min="3" et-al-use-first="2"', AALTO, BERG, COLE) == "Ana Maria Aalto, Bo Berg, et al."
    assert _names('et-al-min="3" et-al-use-first="1" et-al-use-last="true"', AALTO, BERG, COLE) == (
        "Ana Maria Aalto, … Cy Cole"
    )
    assert _names("", AALTO, BERG, after='<et-al term="and others"/>') == "Ana Maria Aalto, Bo Berg"


def test_a_list_cut_short_in_its_source_says_so() -> None:
    assert _names('and="text"', AALTO, OTHERS) == "Ana Maria Aalto et al."


@pytest.mark.parametrize(
    ("attributes", "given", "expected"),
    [
        ('initialize-with=". "', "Ana Maria", "A. M. Aalto"),
        ('initialize-with="."', "Ana Maria", "A.M. Aalto"),
        ('initialize-with=""', "Ana Maria", "AM Aalto"),
        ('initialize-with="."', "Jean-Luc", "J.-L. Aalto"),
        ('initialize-with="."', "J.R.R.", "J.R.R. Aalto"),
        ('initialize-with="."', "Ts.", "Ts. Aalto"),
        ('initialize-with="." initialize="false"', "Ana M. R.", "Ana M.R. Aalto"),
    ],
)
def test_initials(attributes: str, given: str, expected: str) -> None:
    assert _names(attributes, person(given, "Aalto")) == expected


def test_a_given_name_alone_keeps_its_letters() -> None:
    assert _names('initialize-with=". "', Name(given="Banksy")) == "Banksy"


def test_order_and_particles() -> None:
    kept = Name(family="Gogh", given="Vincent", non_dropping_particle="van")
    dropped = Name(family="Humboldt", given="Alexander", dropping_particle="von")

    assert _names("", kept) == "Vincent van Gogh"
    assert _names('name-as-sort-order="all"', kept) == "Gogh, Vincent van"
    assert _names('name-as-sort-order="all"', kept, options='demote-non-dropping-particle="never"') == (
        "van Gogh, Vincent"
    )
    assert _names('name-as-sort-order="all"', dropped) == "Humboldt, Alexander von"
    assert _names('form="short"', kept) == "van Gogh"
    assert _names('form="short"', dropped) == "Humboldt"


def test_a_suffix_follows() -> None:
    king = Name(family="King", given="Martin Luther", suffix="Jr.")

    assert _names("", king) == "Martin Luther King Jr."
    assert _names('name-as-sort-order="all"', king) == "King, Martin Luther, Jr."


def test_a_literal_is_never_turned_round() -> None:
    assert _names('name-as-sort-order="all" initialize-with="."', Name(literal="World Health Organization")) == (
        "World Health Organization"
    )


def test_han_and_hangul_names_join_without_a_blank_in_any_order_and_keep_all_letters() -> None:
    assert _names('name-as-sort-order="all" initialize-with="."', person("길동", "홍"), person("泽东", "毛")) == (
        "홍길동, 毛泽东"
    )


def test_han_and_hangul_names_keep_particle_and_suffix() -> None:
    name = Name(family="홍", given="길동", dropping_particle="de", suffix="Jr.")

    assert _names("", name) == "de 홍길동 Jr."
    assert _names('form="short"', name) == "홍"
    assert _names("", Name(family="毛", given="泽东", suffix="著")) == "毛泽东著"


def test_name_parts_are_dressed_apart() -> None:
    assert _names("", AALTO, inside='<name-part name="family" text-case="uppercase"/>') == "Ana Maria AALTO"


def test_labels_agree_in_number() -> None:
    label = '<label form="short" prefix=" (" suffix=")"/>'
    style = style_of(f'<names variable="editor"><name/>{label}</names>')

    assert render(style, record(editor=(BERG,))) == "Bo Berg (ed.)"
    assert render(style, record(editor=(BERG, COLE))) == "Bo Berg, Cy Cole (eds.)"


def test_editors_who_are_the_translators_are_listed_once() -> None:
    style = style_of('<names variable="editor translator" delimiter="; "><name/><label prefix=", "/></names>')

    assert render(style, record(editor=BERG, translator=BERG)) == "Bo Berg, editor & translator"
    assert render(style, record(editor=BERG, translator=COLE)) == "Bo Berg, editor; Cy Cole, translator"


def test_a_suffix_with_a_comma() -> None:
    junior = Name(family="King", given="Martin Luther", suffix="Jr.", comma_suffix=True)
    pope = Name(family="Alexander", suffix="VI")

    assert _names("", junior) == "Martin Luther King, Jr."
    assert _names('initialize-with=""', junior) == "ML King, Jr"
    assert _names("", pope) == "Alexander VI"


def test_a_dropped_particle_that_ends_in_an_apostrophe_clings_to_the_family_name() -> None:
    name = Name(family="Aubignac", given="François", dropping_particle="d'")

    assert _names("", name) == "François d’Aubignac"
    assert _names('name-as-sort-order="all"', name) == "Aubignac, François d’"


def test_given_names_that_begin_with_two_letters_of_their_script_and_second_halves() -> None:
    assert _names('initialize-with="."', Name(family="Tserendorj", given="TSerendorjiin")) == "Ts. Tserendorj"
    assert _names('initialize-with="."', Name(family="Doe", given="John-boy")) == "J. Doe"
    assert _names('initialize="false" initialize-with="."', Name(family="Doe", given="John-boy")) == "John-boy Doe"


def test_markup_in_names() -> None:
    style = style_of('<names variable="author"><name initialize-with=". "/></names>')
    name = Name(family="<b>Doe</b>", given="<i>John</i>-Paul")

    assert to_html(render_bibliography_entry(style, record(author=name))) == "<i>J.</i>-P. <b>Doe</b>"


def test_a_bare_list_in_a_substitute_is_the_one_about_it() -> None:
    style = style_of(
        '<names variable="author" prefix="[" suffix="]"><name form="short"/><label form="short" prefix=" "/>'
        '<substitute><names variable="editor"/><text variable="title"/></substitute></names>'
    )

    assert render(style, record(editor=Name(family="Doe", given="J."))) == "[Doe ed.]"
    assert render(style, record(title="A")) == "A"


def test_of_a_choose_in_a_substitute_one_element_prints() -> None:
    style = style_of(
        '<names variable="author"><substitute><choose><if type="book"><names variable="editor"/>'
        '<names variable="translator"/></if></choose></substitute></names><text variable="title" prefix=": "/>'
        '<names variable="translator" prefix=", by "/>'
    )
    item = record(editor=Name(literal="E"), translator=Name(literal="T"), title="A")

    assert render(style, item) == "E: A, by T"


def test_a_substitute_whose_term_the_style_has_emptied_prints_nothing() -> None:
    style = style_of(
        '<names variable="author"><substitute><text term="editor"/><text variable="title"/></substitute></names>'
        '<text variable="publisher"/>',
        before='<locale><terms><term name="editor"></term></terms></locale>',
    )

    assert render(style, record(title="A", publisher="P")) == "P"
