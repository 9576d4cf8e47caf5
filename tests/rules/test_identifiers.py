"""What a DOI is, and the rules about identifiers and addresses."""

from __future__ import annotations

import pytest

from bibwright.analysis.rule import Rule
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from bibwright.model.identifiers import bare_doi, find_doi, locate_doi
from bibwright.rules import all_rules
from bibwright.text.spans import apply_edits
from tests.support.drawing import assert_drawn, find


def rules(code: str) -> list[Rule]:
    return [rule for rule in all_rules() if rule.code == code]


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/182",
        "10.29212/mh.2015..95.1",
        "10.1002/(SICI)1097-0142(19880915)62:6<1145::AID-CNCR282>3.0.CO;2-#",
        "10.1016/0022-2836(70)90057-4",
        "10.1000.10/ABC",
        "10.5555/자료.1",
        "10.1000/a(b)",
    ],
)
def test_doi_is_itself(doi: str) -> None:
    assert find_doi(doi) == doi


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1000/182",
        "http://dx.doi.org/10.1000/182",
        "doi.org/10.1000/182",
        "doi:10.1000/182",
        "DOI: 10.1000/182",
        "doi 10.1000/182",
        "doi:https://doi.org/10.1000/182",
        "http://doi.acm.org/10.1000/182",
        "https://doi-org.library.example.edu/10.1000/182",
        "https://doi.org/10.1000%2F182",
        "info:doi/10.1000/182",
        " 10.1000/182. ",
        "10.1000/182)",
        "10.1000/182,",
    ],
)
def test_what_stands_around_a_doi_is_left_out(text: str) -> None:
    assert find_doi(text) == "10.1000/182"


@pytest.mark.parametrize(
    "text", ["", "10.1000", "doi", "10.10/182", "see 10.1000/182", "10.1000/182 and more", "https://x.org/10.1000/1"]
)
def test_other_text_is_no_doi(text: str) -> None:
    assert find_doi(text) is None
    assert bare_doi(text) == text


def test_character_references_stand_for_characters() -> None:
    assert find_doi("10.1002/a&lt;1::AID&gt;") == "10.1002/a<1::AID>"


def test_place_of_a_doi() -> None:
    assert locate_doi("doi:10.1000/182.") == (4, 15)


# --- V403


def test_dois_with_something_around_them() -> None:
    assert_drawn(
        """
        @article{a, doi = {https://doi.org/10.1000/182}}
                           ^^^^^^^^^^^^^^^^ V403 there is "https://doi.org/" before the DOI
        @article{b, doi = "DOI: 10.1000/182."}
                           ^^^^^ V403 there is "DOI:" before the DOI
                                           ^ V403 there is "." behind the DOI
        @article{c, doi = {10.1000/182)}}
                                      ^ V403 there is ")" behind the DOI
        @article{d, doi = {10.1000/a 10.1000/b}}
                           ^^^^^^^^^^^^^^^^^^^ V403 doi has 2 DOIs, expected one
        @article{e, doi = {10.1000/a, volume 3}}
                           ^^^^^^^^^^^^^^^^^^^ V403 doi has more than the DOI "10.1000/a"
        @article{f, doi = {10.1000 /182}}
                           ^^^^^^^^^^^^ V403 the DOI "10.1000 /182" has blanks in it
        @article{g, doi = {see the web}}
                           ^^^^^^^^^^^ V403 "see the web" is no DOI
        @article{h, doi = {https://doi.org/10.1000%2F182}}
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ V403 the DOI "https://doi.org/10.1000%2F182" is encoded
        """,
        BIBTEX,
        "V403",
    )


@pytest.mark.parametrize(
    "doi",
    [
        "10.1000/182",
        "10.29212/mh.2015..95.1",
        "10.1002/(SICI)1097-0142(19880915)62:6<1145::AID-CNCR282>3.0.CO;2-#",
        "10.1002/(SICI)1521-4133(199812)100:12<524::AID-LIPI524>3.0.CO;2-6",
        "10.1016/0022-2836(70)90057-4",
        "10.1016/S0022(70)",
        "10.5555/자료.1",
        "10.1000/ABC[1]",
        "10/fg6rf9",
        "fg6rf9",
        "",
        "null",
    ],
)
def test_dois_that_are_right(doi: str) -> None:
    assert find(f"@article{{a, doi = {{{doi}}}}}\n", BIBTEX, rules("V403")) == []


def test_macros_and_joined_values_are_no_dois_to_judge() -> None:
    assert find('@article{a, doi = prefix # "/182"}\n@article{b, doi = somewhere}\n', BIBTEX, rules("V403")) == []


@pytest.mark.parametrize(
    "value",
    [
        "https://doi.org/10.1000/182",
        "doi: 10.1000/182.",
        "http://dx.doi.org/10.1000%2F182",
        "10.1002/a&lt;1::AID&gt;3",
        "http://doi.acm.org/10.1145/1.2",
    ],
)
def test_fix_leaves_the_doi_that_was_read_before(value: str) -> None:
    text = f"TY  - JOUR\nDO  - {value}\nER  - \n"
    result = text
    while found := find(result, RIS, rules("V403")):
        assert [fix.safety.value for fix in found[0].fixes] == ["safe"]
        result = apply_edits(result, found[0].fixes[0].edits)

    assert result == f"TY  - JOUR\nDO  - {bare_doi(value)}\nER  - \n"


def test_second_pair_of_braces_around_a_doi_is_deleted() -> None:
    text = "@article{a, DOI = {{10.1000/182}}}\n"
    (found,) = find(text, BIBTEX, rules("V403"))

    assert [(found.diagnostic.severity.label, fix.safety.value) for fix in found.fixes] == [("information", "safe")]
    assert apply_edits(text, found.fixes[0].edits) == "@article{a, DOI = {10.1000/182}}\n"


@pytest.mark.parametrize(("program", "expected"), [("biber", ["safe"]), ("bibtex", []), ("", ["unsafe"])])
def test_escapes_in_a_doi_are_for_bibtex(program: str, expected: list[str]) -> None:
    text = f"% !BIB program = {program}\n@article{{a, doi = {{10.1000/a\\_b\\_c}}}}\n"
    found = find(text, BIBTEX, rules("V403"))

    assert [fix.safety.value for finding in found for fix in finding.fixes] == expected
    assert all("10.1000/a_b_c" in apply_edits(text, finding.fixes[0].edits) for finding in found)


def test_dois_of_a_record() -> None:
    assert_drawn(
        """
        TY  - JOUR
        DO  - doi:10.1000/182
              ^^^^ V403 there is "doi:" before the DOI
        DI  - 10.1000
              ^^^^^^^ V403 "10.1000" is no DOI
        M3  - doi: 10.1000/182
              ^^^^^ V403 there is "doi:" before the DOI
        L3  - 10.1000/182
        ER  -
        TY  - THES
        M3  - Doctoral thesis
        L3  - picture.png
        UR  - https://doi.org/10.1000/182
        ER  -
        """,
        RIS,
        "V403",
    )


# --- V404


def test_issns() -> None:
    assert_drawn(
        """
        @article{a, issn = {1598317X}}
                            ^^^^^^^^ V404 the ISSN "1598317X" is not written with a hyphen
        @article{b, issn = {1598-3171}}
                            ^^^^^^^^^ V404 the check digit of the ISSN "1598-3171" is wrong
        @article{c, issn = {0953-4075 (print), 1361-6450 (online)}}
                                               ^^^^^^^^^ V404 the check digit of the ISSN "1361-6450" is wrong
        @article{d, issn = {nothing}}
                            ^^^^^^^ V404 "nothing" is no ISSN
        @article{e, issn = {978-3-16-148410-0}}
                            ^^^^^^^^^^^^^^^^^ V404 "978-3-16-148410-0" in issn is an ISBN
        """,
        BIBTEX,
        "V404",
    )


@pytest.mark.parametrize(
    "issn",
    [
        "1598-317X",
        "0167-594x",
        "0953-4075, 1361-6455",
        "0953-4075 1361-6455",
        "0953-4075 (print); 1361-6455 (electronic)",
        "ISSN 0953-4075",
        "ISSN-L: 0953-4075",
        "0953-4075 and 1361-6455",
        "{0953-4075}",
        "E0953-4075",
        "n/a",
    ],
)
def test_issns_that_are_right(issn: str) -> None:
    assert find(f"@article{{a, issn = {{{issn}}}}}\n", BIBTEX, rules("V404")) == []


def test_hyphen_is_put_in() -> None:
    (found,) = find("@article{a, issn = {0167594x}}\n", BIBTEX, rules("V404"))

    assert [(fix.title, fix.safety.value) for fix in found.fixes] == [("Write 0167-594X", "safe")]
    assert found.diagnostic.severity.label == "information"


def test_numbers_of_a_record_by_its_type() -> None:
    assert_drawn(
        """
        TY  - JOUR
        SN  - 15983170
              ^^^^^^^^ V404 the check digit of the ISSN "15983170" is wrong
        SN  - 1598317X
              ^^^^^^^^ V404 the ISSN "1598317X" is not written with a hyphen
        SN  - 978-3-16-148410-0
        ER  -
        TY  - BOOK
        SN  - 978-3-16-148410-1
              ^^^^^^^^^^^^^^^^^ V405 the check digit of the ISBN "978-3-16-148410-1" is wrong
        SN  - 0302-9743 (ISSN); 9783161484100 (ISBN)
        SN  - 978316148410
              ^^^^^^^^^^^^ V405 "978316148410" is no ISBN: it has 12 digits, expected 10 or 13
        ER  -
        TY  - RPRT
        SN  - 12345678
        SN  - 978-3-16-148410-1
        ER  -
        """,
        RIS,
        "V404",
        "V405",
    )


# --- V405


def test_isbns() -> None:
    assert_drawn(
        """
        @book{a, isbn = {978-3-16-148410-1}}
                         ^^^^^^^^^^^^^^^^^ V405 the check digit of the ISBN "978-3-16-148410-1" is wrong
        @book{b, isbn = {0-306-40615-2 (pbk.), 0-306-40615-3 (hbk.)}}
                                               ^^^^^^^^^^^^^ V405 the check digit of the ISBN "0-306-40615-3" is wrong
        @book{c, isbn = {978-3-16-14841-0}}
                         ^^^^^^^^^^^^^^^^ V405 "978-3-16-14841-0" is no ISBN: it has 12 digits, expected 10 or 13
        @book{d, isbn = {1598-317X}}
                         ^^^^^^^^^ V405 "1598-317X" in isbn is an ISSN
        @book{e, isbn = {somewhere}}
                         ^^^^^^^^^ V405 "somewhere" is no ISBN
        """,
        BIBTEX,
        "V405",
    )


@pytest.mark.parametrize(
    "isbn",
    [
        "978-3-16-148410-0",
        "9783161484100",
        "978 3 16 148410 0",
        "978–3–16–148410–0",
        "0-306-40615-2",
        "080442957X",
        "080442957x",
        "0-306-40615-2; 978-3-16-148410-0",
        "0-306-40615-2 978-3-16-148410-0",
        "0-306-40615-2 (pbk.)",
        "ISBN 978-3-16-148410-0",
        "ISBN-13: 978-3-16-148410-0",
        "306406152",
        "979-0-2600-0043-8",
        "{978-3-16-148410-0}",
        "978-3-16-148410-0.",
        "none",
    ],
)
def test_isbns_that_are_right(isbn: str) -> None:
    assert find(f"@book{{a, isbn = {{{isbn}}}}}\n", BIBTEX, rules("V405")) == []


def test_check_digit_is_recomputed_unsafely() -> None:
    text = "@book{a, isbn = {0-8044-2957-1}}\n"
    (found,) = find(text, BIBTEX, rules("V405"))

    assert [(fix.title, fix.safety.value) for fix in found.fixes] == [("Write the check digit X", "unsafe")]
    assert apply_edits(text, found.fixes[0].edits) == "@book{a, isbn = {0-8044-2957-X}}\n"


# --- V409


def test_addresses() -> None:
    assert_drawn(
        """
        @misc{a, url = {www.example.org/a}}
                        ^^^^^^^^^^^^^^^^^ V409 the address "www.example.org/a" has no scheme
        @misc{b, url = {http:/example.org}}
                        ^^^^^^ V409 the address begins with "http:/", expected http://
        @misc{c, url = {https://http://example.org}}
                        ^^^^^^^^^^^^^^^ V409 the address begins with "https://http://", expected https://
        @misc{d, url = {https://example.org/a b}}
                                             ^ V409 the address "https://example.org/a b" has a blank in it
        @misc{e, url = {https://example.org/a; https://example.org/b}}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ V409 url has 2 addresses, expected one
        @misc{f, url = {\\url{https://example.org/a_b}}}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ V409 the address stands in \\url, which styles add
        @misc{g, url = {https://example.org/a\\_b}}
                                             ^^ V409 the address has the LaTeX command "\\_" in it
        @misc{h, url = {10.1000/182}}
                        ^^^^^^^^^^^ V409 "10.1000/182" is a DOI, not a web address
        @misc{i, url = {Online}}
                        ^^^^^^ V409 "Online" is no web address
        """,
        BIBTEX,
        "V409",
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org/~a/b_c?d=e%20f#g",
        "ftp://example.org/a",
        "urn:nbn:de:101:1-2019",
        "mailto:a@example.org",
        "file:///home/a.pdf",
        "https://example.org/한국어",
        "/local/path",
        "",
        "n/a",
    ],
)
def test_addresses_that_are_right(url: str) -> None:
    assert find(f"@misc{{a, url = {{{url}}}}}\n", BIBTEX, rules("V409")) == []


@pytest.mark.parametrize(
    ("program", "expected"), [("biber", [("warning", "safe")]), ("bibtex", []), ("", [("information", "unsafe")])]
)
def test_escapes_in_an_address_are_for_bibtex(program: str, expected: list[tuple[str, str]]) -> None:
    text = f"% !BIB program = {program}\n@misc{{a, url = {{https://example.org/a\\_b}}}}\n"
    found = find(text, BIBTEX, rules("V409"))

    assert [(one.diagnostic.severity.label, one.fixes[0].safety.value) for one in found] == expected


def test_blank_in_an_address_is_deleted_where_a_line_was_broken() -> None:
    (blank,) = find("@misc{a, url = {https://example.org/a b}}\n", BIBTEX, rules("V409"))
    (line,) = find("@misc{a, url = {https://example.org/a\n  b}}\n", BIBTEX, rules("V409"))

    assert [fix.title for fix in blank.fixes] == ["Write %20 for the blanks", "Delete the blanks"]
    assert [fix.title for fix in line.fixes] == ["Delete the blanks", "Write %20 for the blanks"]


def test_scheme_is_added_safely() -> None:
    (found,) = find("TY  - ELEC\nUR  - www.example.org/a\nER  - \n", RIS, rules("V409"))

    assert [fix.safety.value for fix in found.fixes] == ["safe"]


# --- V410


def test_addresses_that_are_the_doi() -> None:
    assert_drawn(
        """
        @misc{a, doi = {10.1000/ABC}, url = {https://doi.org/10.1000/abc}}
                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ V410 url repeats the DOI "10.1000/abc"
        @misc{b, url = {https://dx.doi.org/10.1000/1}}
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ V410 url is the address of the DOI "10.1000/1", and there is no doi
        @misc{c, doi = {10.1000/2}, url = {https://doi.org/10.1000/1}}
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ V410 url leads to the DOI "10.1000/1", but doi has
        @misc{d, doi = {10.1000/1}, url = {https://example.org/doi/10.1000/1}}
        @misc{e, doi = {10.1000/1}, url = {https://example.org/1}}
        """,
        BIBTEX,
        "V410",
    )


def test_doi_moves_from_the_address_to_its_own_tag() -> None:
    text = "TY  - JOUR\nUR  - https://doi.org/10.1000%2F182\nER  - \n"
    (found,) = find(text, RIS, rules("V410"))

    assert [fix.safety.value for fix in found.fixes] == ["unsafe"]
    assert apply_edits(text, found.fixes[0].edits) == "TY  - JOUR\nDO  - 10.1000/182\nER  - \n"


# --- V411 to V414


def test_orcids() -> None:
    assert_drawn(
        """
        @misc{a, orcid = {0000-0002-1825-0098}}
                          ^^^^^^^^^^^^^^^^^^^ V411 the check digit of the ORCID iD "0000-0002-1825-0098" is wrong
        @misc{b, orcid = {0000-0002-1825}}
                          ^^^^^^^^^^^^^^ V411 "0000-0002-1825" is no ORCID iD
        @misc{c, author+an:orcid = {1="0000-0002-1825-0097"; 2="0000-0002-1825-0096"}}
                                                                ^^^^^^^^^^^^^^^^^^^ V411 the check digit of the ORCID iD
        @misc{d, orcid = {https://orcid.org/0000-0001-5000-0007}}
        @misc{e, orcid = {000000021694233X}}
        @misc{f, author+an = {1=highlight}}
        """,
        BIBTEX,
        "V411",
    )


def test_identifiers_of_arxiv() -> None:
    assert_drawn(
        """
        @misc{a, eprint = {arXiv:2001.00001}, archiveprefix = {arXiv}}
                           ^^^^^^ V412 there is "arXiv:" before the identifier of arXiv
        @misc{b, eprint = {https://arxiv.org/abs/hep-th/9901001v2}, eprinttype = {arxiv}}
                           ^^^^^^^^^^^^^^^^^^^^^^ V412 there is "https://arxiv.org/abs/" before the identifier of arXiv
        @misc{c, eprint = {2013.00001}, archiveprefix = {arXiv}}
                           ^^^^^^^^^^ V412 "2013.00001" is no identifier of arXiv
        @misc{d, eprint = {1601.0001}, archiveprefix = {arXiv}}
                           ^^^^^^^^^ V412 "1601.0001" is no identifier of arXiv
        @misc{e, eprint = {2001.00001 [math.CO]}, archiveprefix = {arXiv}}
                                     ^^^^^^^^^^ V412 there is "[math.CO]" behind the identifier of arXiv
        @misc{k, eprint = {hep-th/0704001}, archiveprefix = {arXiv}}
                           ^^^^^^^^^^^^^^ V412 "hep-th/0704001" is no identifier of arXiv
        @misc{f, eprint = {0704.0001v3}, archiveprefix = {arXiv}}
        @misc{g, eprint = {math.GT/0309136}, archiveprefix = {arXiv}}
        @misc{h, eprint = {cond-mat/9108001}, archiveprefix = {arXiv}}
        @misc{i, eprint = {12345}, eprinttype = {pubmed}}
        @misc{j, eprint = {5500723}}
        """,
        BIBTEX,
        "V412",
    )


def test_prefix_of_arxiv_stays_where_nothing_else_names_the_archive() -> None:
    (found,) = find("@misc{a, eprint = {arXiv:2001.00001}}\n", BIBTEX, rules("V412"))

    assert [fix.safety.value for fix in found.fixes] == ["unsafe"]


def test_identifiers_of_pubmed() -> None:
    assert_drawn(
        """
        @misc{a, pmid = {PMID: 12345678}}
                         ^^^^^^^^^^^^^^ V413 the PMID "PMID: 12345678" is not 12345678 alone
        @misc{b, pmid = {https://pubmed.ncbi.nlm.nih.gov/123/}}
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ V413 the PMID "https://pubmed.ncbi.nlm.nih.gov/123/" is
        @misc{c, pmid = {123456789}}
                         ^^^^^^^^^ V413 "123456789" is no PMID, expected a number of up to eight digits
        @misc{d, pmcid = {1234567}}
                          ^^^^^^^ V413 the PMCID "1234567" is not PMC1234567 alone
        @misc{e, pmcid = {PMC1234567}, pmid = 12345678}
        @misc{f, pmcid = {PMC1234567.2}, pmid = {}}
        """,
        BIBTEX,
        "V413",
    )


def test_other_identifiers() -> None:
    assert_drawn(
        """
        @misc{a, bibcode = {2020ApJ...1A}}
                            ^^^^^^^^^^^^ V414 "2020ApJ...1A" is no bibcode
        @misc{b, ismn = {979-0-2600-0043-9}}
                         ^^^^^^^^^^^^^^^^^ V414 "979-0-2600-0043-9" is no ISMN
        @misc{c, isrc = {US-SKG-19-1279}}
                         ^^^^^^^^^^^^^^ V414 "US-SKG-19-1279" is no ISRC
        @misc{d, urn = {nbn:de:1}}
                        ^^^^^^^^ V414 "nbn:de:1" is no URN
        @misc{e, bibcode = {2020ApJ...888....1A}, ismn = {979-0-2600-0043-8}, isrc = {US-SKG-19-12798}}
        @misc{f, lccn = {2001012345}, urn = {urn:nbn:de:101:1-2019}, hal_id = {hal-01234567}}
        """,
        BIBTEX,
        "V414",
    )


def test_a_missing_hyphen_is_a_hint_in_ris() -> None:
    (found,) = find("TY  - JOUR\nSN  - 1598317X\nER  - \n", RIS, [rule for rule in all_rules() if rule.code == "V404"])

    assert found.diagnostic.severity.label == "hint"
