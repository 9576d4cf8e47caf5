"""Rules about names."""

from __future__ import annotations

import pytest

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from bibwright.rules import all_rules
from bibwright.rules.names.lists import NAME_FIELDS
from bibwright.rules.names.organisations import is_surely_organisation
from tests.support.drawing import apply_edits, assert_drawn, find

RULES = {rule.code: rule for rule in all_rules()}
ON = [rule for rule in all_rules() if rule.default and rule.code[0] in "NT"]


def fixed(names: str, code: str) -> str:
    """The name list after the first fix of each finding of a rule, one after the other."""
    text = f"@book{{k, author = {{{names}}}}}\n"
    while fixes := [found.fixes[0] for found in find(text, BIBTEX, [RULES[code]]) if found.fixes]:
        text = apply_edits(text, fixes[0].edits)
    return text.removeprefix("@book{k, author = {").removesuffix("}}\n")


def fixed_in_ris(name: str, code: str) -> str:
    text = f"TY  - BOOK\nAU  - {name}\nER  - \n"
    found = find(text, RIS, [RULES[code]])
    text = apply_edits(text, found[0].fixes[0].edits) if found else text
    return text.removeprefix("TY  - BOOK\n").removesuffix("ER  - \n")


def codes(names: str) -> list[str]:
    return [found.diagnostic.code for found in find(f"@book{{k, author = {{{names}}}}}\n", BIBTEX, ON)]


# --- Nothing is said of


@pytest.mark.parametrize(
    "names",
    [
        "Doe, Jane",
        "Jane Doe and Richard Roe and others",
        "Doe, Jr., Jane and Roe, III, R. and Poe, {Jr.}, E.",
        "Doe, PhD, Jane",
        "{Doe, Roe, Poe, Inc.} and {A; B \\& C}",
        "{Barnes and Noble, Inc.}",
        "family=Hasselmann, given=Klaus, prefix=von, suffix=Jr.",
        "given={Hans}, prefix=von, family={Hasselmann} and uniquename=false, given={H}, family={J}",
        "Church, Alonzo and Mary Bank and Francis Press",
        "R{\\'e}my, {\\'E}. and M{\\\"u}ller, J. and {\\v{C}}apek, K.",
        "{\\LaTeX\\ Project}",
        "Metin And",
        "LI, W. and NG, A.",
        "{{World Health Organization}}",
        "von Brandt, Ahasver and Erich Hoffmann",
        "Doe, J. and {OECD}",
        "서상문 and 김철수",
        "Hern{\\'a}ndez Mart{\\'\\i}nez, J.",
        "de l'Hospital, Guillaume and Michel de l'Hospital",
    ],
)
def test_ordinary_names(names: str) -> None:
    assert codes(names) == []


def test_values_of_several_pieces_and_other_fields() -> None:
    assert_drawn(
        """
        @book{a, author = "Doe, J." # and # "Roe, R., Poe, E., Foe"}
        @book{b, title = {a, b, c, d, e; f and and g et al.}, keywords = {a, b, c; d}}
        @book{c, author = {}}
        """,
        BIBTEX,
        *(rule.code for rule in ON if rule.code[0] == "N"),
    )


# --- N501


def test_too_many_commas() -> None:
    assert_drawn(
        """
        @book{a,
          author = {Doe, J., Roe, R. and Poe, Edgar and Foe, A., B.},
                    ^^^^^^^^^^^^^^^^ N501 the name "Doe, J., Roe, R." has 3 commas
                                                        ^^^^^^^^^^^ N501 the name "Foe, A., B." has 2 commas
          editor = {{Doe, Roe, Poe, and Foe} and Doe, Jr., Jane},
        }
        """,
        BIBTEX,
        "N501",
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Doe, J., Roe, R. M.", "Doe, J. and Roe, R. M."),
        ("Doe, J., Roe, R., Poe, E.-A.", "Doe, J. and Roe, R. and Poe, E.-A."),
        ("Jane Doe, Richard Roe, Edgar Poe", "Jane Doe and Richard Roe and Edgar Poe"),
        ("Doe, Jane, Jr.", "Doe, Jr., Jane"),
        ("Doe, Roe, Poe, Inc.", "{Doe, Roe, Poe, Inc.}"),
        ("Doe, Jane, Roe", "Doe, Jane, Roe"),
    ],
)
def test_commas_are_mended(names: str, expected: str) -> None:
    assert expected == fixed(names, "N501")


def test_severity_of_commas() -> None:
    text = "@book{k, author = {A, B, C, D and E, F, G}}"

    assert [found.diagnostic.severity.label for found in find(text, BIBTEX, [RULES["N501"]])] == ["error", "warning"]


# --- N502


def test_separators() -> None:
    assert_drawn(
        """
        @book{a, author = {Doe, Jane; Roe, R. and {A; B} and R&amp;D {\\&} Co and Poe, E., and Foe, F.}}
                                    ^ N502 ";" does not separate names
                                                                                        ^ N502 there is a comma before
        @book{b, author = {Doe, Jane \\& Roe, Richard}}
                                     ^^ N502 "\\&" does not separate names
        @book{c, author = {Procter & Gamble}, editor = {World Bank & United Nations Organization}}
        """,
        BIBTEX,
        "N502",
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Doe, Jane; Roe, Richard", "Doe, Jane and Roe, Richard"),
        ("Doe, Jane;Roe, Richard;", "Doe, Jane and Roe, Richard"),
        ("Doe, Jane & Roe, Richard", "Doe, Jane and Roe, Richard"),
        ("Doe, Jane, and Roe, Richard", "Doe, Jane and Roe, Richard"),
        ("Doe, Jane\n  Roe, Richard\n  Poe, Edgar", "Doe, Jane and\n  Roe, Richard and\n  Poe, Edgar"),
        ("Doe, Jane,\n  Roe, Richard", "Doe, Jane and\n  Roe, Richard"),
        ("Doe, Jane\n  Mary", "Doe, Jane\n  Mary"),
    ],
)
def test_separators_are_mended(names: str, expected: str) -> None:
    assert expected == fixed(names, "N502")


# --- N503


def test_acronyms_are_no_persons() -> None:
    assert_drawn(
        """
        TY  - JOUR
        AU  - ACM SIGMM
        AU  - NASA Goddard
        AU  - the editor
        AU  - JRR Tolkien
              ^^^^^^^^^^^ N503 the name "JRR Tolkien" has no comma
        AU  - Kim SH
              ^^^^^^ N503 the name "Kim SH" has no comma
        ER  -
        """,
        RIS,
        "N503",
    )


@pytest.mark.parametrize(
    "name",
    [
        "Deutsche Forschungsgemeinschaft",
        "Deutscher Wetterdienst",
        "Umweltbundesamt Dessau",
        "Verein Deutscher Ingenieure",
        "Ministère de l'Éducation nationale",
        "Conseil d'État",
        "Ville de Paris",
        "Ministerio de Sanidad",
        "Fundação Getulio Vargas",
        "Consiglio Nazionale delle Ricerche",
        "Koninklijke Bibliotheek",
        "Sveriges Riksbank",
        "Polska Akademia Nauk",
        "Health Canada",
        "NHS England",
        "Human Rights Watch",
        "Royal Navy",
    ],
)
def test_organisations_are_no_persons(name: str) -> None:
    assert fixed_in_ris(name, "N503") == f"AU  - {name}\n"


@pytest.mark.parametrize("name", ["Isaac Deutscher", "Ségolène Royal", "Mary Church Terrell", "Ville Kivinen"])
def test_persons_with_the_name_of_an_organisation(name: str) -> None:
    first, _, family = name.rpartition(" ")
    assert fixed_in_ris(name, "N503") == f"AU  - {family}, {first}\n"


# --- N504


def test_et_al() -> None:
    assert_drawn(
        """
        @book{a, author = {Doe, Jane et al.}, editor = {Doe, J. and et~al}}
                                     ^^^^^^ N504 "et al." is taken for a name
                                                                    ^^^^^ N504 "et~al" is taken for a name
        @book{b, author = {Doe, J. et al. and Roe, R.}}
                                   ^^^^^^ N504 "et al." is taken for a name
        @book{c, author = {Jannet al. Ghazali and Al, Et}}
        """,
        BIBTEX,
        "N504",
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Doe, Jane et al.", "Doe, Jane and others"),
        ("Doe, Jane, et al.", "Doe, Jane and others"),
        ("Doe, Jane and {et al.}", "Doe, Jane and others"),
        ("et al.", "et al."),
    ],
)
def test_et_al_is_mended(names: str, expected: str) -> None:
    assert expected == fixed(names, "N504")


@pytest.mark.parametrize(
    ("name", "expected"), [("Doe, Jane, et al.", "AU  - Doe, Jane\n"), ("et al.", ""), ("Ets, Al", "AU  - Ets, Al\n")]
)
def test_et_al_in_ris(name: str, expected: str) -> None:
    assert expected == fixed_in_ris(name, "N504")


# --- N505


@pytest.mark.parametrize(
    ("names", "expected", "severity"),
    [
        ("Doe, J. and and Roe, R.", "Doe, J. and Roe, R.", "error"),
        ("Doe, J. and\n and Roe, R.", "Doe, J. and Roe, R.", "error"),
        ("Doe, J. and {} and Roe, R.", "Doe, J. and Roe, R.", "warning"),
        ("and Doe, J.", "Doe, J.", "warning"),
        ("Doe, J. and", "Doe, J.", "warning"),
        ("Doe, J. and ,", "Doe, J.", "warning"),
        ("Doe, J. and Roe, R.,", "Doe, J. and Roe, R.", "warning"),
        ("Doe, J. and and and Roe, R.", "Doe, J. and Roe, R.", "error"),
    ],
)
def test_empty_names(names: str, expected: str, severity: str) -> None:
    (found, *_) = find(f"@book{{k, author = {{{names}}}}}", BIBTEX, [RULES["N505"]])

    assert severity == found.diagnostic.severity.label
    assert expected == fixed(names, "N505")


def test_empty_name_is_drawn_under_its_and() -> None:
    assert_drawn(
        """
        @book{a, author = {Doe, J. and and Roe, R.,}}
                                   ^^^ N505 there is no name beside this "and"
                                                  ^ N505 a comma stands behind the last name
        @book{b, author = {Doe, J. and , Richard}}
                                       ^ N505 there is no family name before the comma
        """,
        BIBTEX,
        "N505",
    )


# --- N506


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("SMITH, JOHN", "Smith, John"),
        ("SMITH, J. R.", "Smith, J. R."),
        ("J. SMITH", "J. Smith"),
        ("VAN DER BERG, JAN", "van der Berg, Jan"),
        ("O'NEILL-JONES, M.", "O'Neill-Jones, M."),
        ("MCDONALD, R.", "McDonald, R."),
        ("MÜLLER, J.", "Müller, J."),
        ("LI, W. and ACM SIGMM and IEEE and {SMITH, JOHN}", "LI, W. and ACM SIGMM and IEEE and {SMITH, JOHN}"),
        ("NATIONAL INSTITUTE, U.", "NATIONAL INSTITUTE, U."),
        ("CNRS, INSERM", "CNRS, INSERM"),
    ],
)
def test_names_in_capitals(names: str, expected: str) -> None:
    assert expected == fixed(names, "N506")


# --- N507


def test_organisations_without_braces() -> None:
    assert_drawn(
        """
        @book{a, author = {World Health Organization and Church, Alonzo and {Red Team}}}
                           ^^^^^^^^^^^^^^^^^^^^^^^^^ N507 the organisation "World Health Organization" is taken
        @book{a, editor = {Doe Systems, Inc.}}
                           ^^^^^^^^^^^^^^^^^ N507 the organisation "Doe Systems, Inc." is taken for a person
        @book{b, author = {Alonzo Church and Mary House and Teamer, J. and Groups, Mary and family=University, given=X}}
        """,
        BIBTEX,
        "N507",
    )


@pytest.mark.parametrize("name", ["Jane Church", "Bank, Mary", "Institut", "Universe", "Jean Bureau"])
def test_no_organisation(name: str) -> None:
    assert not is_surely_organisation(name)


# --- N508, N510


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Doe, Jane; Roe, Richard", "AU  - Doe, Jane\nAU  - Roe, Richard\n"),
        ("Doe, J. and Roe, R.", "AU  - Doe, J.\nAU  - Roe, R.\n"),
        ("Doe, J. & Roe, R.", "AU  - Doe, J.\nAU  - Roe, R.\n"),
        ("Doe, J., Roe, R.", "AU  - Doe, J.\nAU  - Roe, R.\n"),
        ("Doe, J., Jr.", "AU  - Doe, J., Jr.\n"),
        ("Smith and Sons", "AU  - Smith and Sons\n"),
        ("Jeju Convention and Visitors Bureau", "AU  - Jeju Convention and Visitors Bureau\n"),
        ("J. Doe and R. Roe", "AU  - J. Doe\nAU  - R. Roe\n"),
        ("Department of Arts and Institute of Letters", "AU  - Department of Arts and Institute of Letters\n"),
        ("Doe &amp; Roe", "AU  - Doe &amp; Roe\n"),
    ],
)
def test_several_names_in_one_tag(name: str, expected: str) -> None:
    assert expected == fixed_in_ris(name, "N508")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("['Doe, Jane', \"O'Roe, R.\"]", "AU  - Doe, Jane\nAU  - O'Roe, R.\n"),
        ("[Anonymous]", "AU  - [Anonymous]\n"),
    ],
)
def test_printed_lists(name: str, expected: str) -> None:
    assert expected == fixed_in_ris(name, "N510")


def test_list_spelled_by_characters() -> None:
    found = find("TY  - JOUR\nAU  - [\nAU  - '\nAU  - D\nER  - \n", RIS, ON)

    assert [(each.start, each.diagnostic.code) for each in found] == [(17, "N510")]


# --- N509


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Doe, Jane PhD", "Doe, Jane"),
        ("Doe, Jane, Ph.D.", "Doe, Jane"),
        ("Prof. Jane Doe", "Jane Doe"),
        ("Doe, Dr. Jane", "Doe, Jane"),
        ("Jane Doe (MIT)", "Jane Doe"),
        ("Doe, Jane (Ed.)", "Doe, Jane"),
        ("Doe, Jane*", "Doe, Jane"),
        ("Doe, Jane1,2", "Doe, Jane"),
        ("Doe1, Jane2", "Doe, Jane"),
        ("Jane Doe jane.doe@example.org", "Jane Doe"),
        ("William (Bill) Doe and Doe, William (Bill)", "William (Bill) Doe and Doe, William (Bill)"),
        ("Proffitt, J. and {Team 3} and Drake, N.", "Proffitt, J. and {Team 3} and Drake, N."),
        ("W3C Working Group", "W3C Working Group"),
    ],
)
def test_what_is_no_part_of_a_name(names: str, expected: str) -> None:
    assert expected == fixed(names, "N509")


def test_what_is_no_part_of_a_name_in_ris() -> None:
    assert_drawn(
        """
        TY  - JOUR
        AU  - Doe, Jane*
                       ^ N509 the name "Doe, Jane*" holds a mark
        ER  -
        """,
        RIS,
        "N509",
    )


# --- N511 to N514


@pytest.mark.parametrize(
    ("names", "expected"),
    [("Doe, J.K. and A.B.C. Roe", "Doe, J. K. and A. B. C. Roe"), ("{J.K.} and Doe, J.-P.", "{J.K.} and Doe, J.-P.")],
)
def test_initials(names: str, expected: str) -> None:
    assert expected == fixed(names, "N511")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Van der Berg, Jan", "van der Berg, Jan"),
        ("De La Cruz, Ana", "de la Cruz, Ana"),
        ("Jan Van der Berg", "Jan Van der Berg"),
        ("Vanderberg, Jan", "Vanderberg, Jan"),
    ],
)
def test_particles(names: str, expected: str) -> None:
    assert expected == fixed(names, "N512")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Doe, Jane and Richard Roe and R. van Poe", "Doe, Jane and Roe, Richard and van Poe, R."),
        ("Doe, Jane and Plato and {Red Team} and others", "Doe, Jane and Plato and {Red Team} and others"),
        ("Doe, Jane and World Health Organization", "Doe, Jane and World Health Organization"),
        ("Doe, Jane and 김 철수", "Doe, Jane and 김 철수"),
        ("de Vries, R. and Jane Doe", "de Vries, R. and Jane Doe"),
    ],
)
def test_mixed_order(names: str, expected: str) -> None:
    assert expected == fixed(names, "N513")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Smith Jr., John", "Smith, Jr., John"),
        ("Smith, John Jr.", "Smith, Jr., John"),
        ("John Smith, Jr.", "Smith, Jr., John"),
        ("John van Smith III", "van Smith, III, John"),
        ("Smith, Jr., John and van der Vaart III", "Smith, Jr., John and van der Vaart III"),
    ],
)
def test_suffixes(names: str, expected: str) -> None:
    assert expected == fixed(names, "N514")


def test_suffix_in_ris() -> None:
    assert fixed_in_ris("Smith Jr., John", "N514") == "AU  - Smith, John, Jr.\n"
    assert fixed_in_ris("Smith, John, Jr.", "N514") == "AU  - Smith, John, Jr.\n"


def test_long_lists() -> None:
    names = " and ".join(f"Doe{number}, Jane" for number in range(3000))
    text = "@book{k, " + ", ".join(f"{name} = {{{names}}}" for name in NAME_FIELDS) + "}"

    assert {found.diagnostic.code for found in find(text, BIBTEX, ON)} == {"N509"}


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("Sangmun Suh", "warning"),
        ("Ludwig van Beethoven", "warning"),
        ("John A. Smith Jones", "warning"),
        ("Smith JA", "warning"),
        ("Doctors Without Borders", "information"),
        ("Tanz Ohne Grenzen", "information"),
    ],
)
def test_names_of_more_words_may_be_those_of_organisations(name: str, severity: str) -> None:
    (found,) = find(f"TY  - JOUR\nAU  - {name}\nER  - \n", RIS, [rule for rule in all_rules() if rule.code == "N503"])

    assert found.diagnostic.severity.label == severity
