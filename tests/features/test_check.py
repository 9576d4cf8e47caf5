from __future__ import annotations

from bibwright.analysis.diagnostics import Severity
from bibwright.features.check import Finding, Range, RelatedPlace, check_text, fix_text
from bibwright.features.encodings import Encoding, Origin
from bibwright.formats import FORMATS
from bibwright.syntax.document import Position

BIBTEX = FORMATS["bibtex"]


def of_code(findings: list[Finding], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.diagnostic.code == code]


def test_places_are_those_of_the_document_in_utf16_units() -> None:
    text = "@book{a, title = {x}}\n\n@book{b,\n  title = {𠀀 𠀀}, pages = {1-5}, pages = {7-9}}\n"

    found = of_code(check_text(text, BIBTEX), "V408")

    line = text.split("\n")[3]
    columns = [len(line[:at].encode("utf-16-le")) // 2 for at, letter in enumerate(line) if letter == "-"]
    assert [(f.range.start.line, f.range.start.character) for f in found] == [(3, column) for column in columns]


def test_a_related_place_may_be_in_another_block() -> None:
    (found,) = of_code(check_text("@book{a, title = {x}}\n\n@book{a, title = {y}}\n", BIBTEX), "X701")

    assert found.range == Range(Position(2, 6), Position(2, 7))
    assert [place.range for place in found.related] == [Range(Position(0, 6), Position(0, 7))]
    assert all(isinstance(place, RelatedPlace) for place in found.related)


def test_the_encoding_is_reported_among_the_rest() -> None:
    text = "@book{k, pages = {1-5},\n title = {Zoë}, note = {1}, pages = {2-6}}\n"

    found = check_text(text, BIBTEX, Encoding("cp1252", Origin.DETECTED))

    starts = [finding.range.start for finding in found]
    assert starts == sorted(starts)
    assert [str(f.range.start) for f in of_code(found, "E902")] == [str(Position(1, 12))]


def test_fixing_touches_nothing_else() -> None:
    text = "  odd   text\r\n\r\n@book{ k ,\r\n\tpages={1-5} , title={A\r\n  b}\r\n}"

    fixed = fix_text(text, BIBTEX, unsafe=False)

    assert fixed.text == text.replace("1-5", "1--5")
    assert fixed.applied == {"V408": 1}
    assert of_code(check_text(fixed.text, BIBTEX), "V408") == []


def test_a_byte_order_mark_is_reported_where_the_file_begins() -> None:
    (found,) = of_code(check_text("@misc{k}\n", BIBTEX, Encoding(bom=b"\xef\xbb\xbf")), "E901")

    assert found.range == Range(Position(0, 0), Position(0, 1))
    assert of_code(check_text("", BIBTEX, Encoding(bom=b"\xef\xbb\xbf")), "E901") != []


def test_no_mark_is_superfluous_in_utf16() -> None:
    stored = Encoding("utf-16-le", Origin.BYTES, b"\xff\xfe")

    assert of_code(check_text("@misc{k}\n", BIBTEX, stored), "E901") == []


def test_another_encoding_is_an_error_where_biber_reads_the_file() -> None:
    stored = Encoding("cp1252", Origin.DETECTED)
    (found,) = of_code(check_text("% !BIB program = biber\n@misc{k, title = {Zoë}}\n", BIBTEX, stored), "E902")
    (other,) = of_code(check_text("@misc{k, title = {Zoë}}\n", BIBTEX, stored), "E902")

    assert (found.diagnostic.severity, other.diagnostic.severity) == (Severity.ERROR, Severity.WARNING)


def test_a_declaration_that_the_bytes_disprove() -> None:
    """The text alone might be in either encoding."""
    text = "% Encoding: ISO-8859-2\n\n@misc{k, title = {Zoë}}\n"

    assert of_code(check_text(text, BIBTEX), "E905") == []
    assert of_code(check_text(text, BIBTEX, Encoding("iso8859-2", Origin.DECLARED)), "E905") == []
    (found,) = of_code(check_text(text, BIBTEX, Encoding()), "E905")
    assert found.range == Range(Position(0, 12), Position(0, 22))


def test_a_declaration_is_reported_once() -> None:
    text = "% Encoding: ISO-8859-1\n\n@misc{k, title = {김}}\n"

    assert len(of_code(check_text(text, BIBTEX, Encoding()), "E905")) == 1


def test_a_declaration_that_is_right_or_makes_no_difference() -> None:
    for text in ("% Encoding: UTF8\n@misc{k, title = {Zoë}}\n", "% Encoding: Cp1252\n@misc{k, title = {Zoe}}\n"):
        assert of_code(check_text(text, BIBTEX, Encoding()), "E905") == []
