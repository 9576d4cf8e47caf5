"""EndNote XML: styles and places read, damage survived, nothing expanded, and written as other programs read it."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibwright.features.convert import convert_text
from bibwright.formats.csl_data import CSL_JSON
from bibwright.formats.endnote import ENDNOTE_XML, ENW
from bibwright.formats.exchange import ReadRecord
from bibwright.model.dates import Date, DateParts
from bibwright.model.names import Name
from bibwright.model.record import Record, SourceField
from bibwright.model.richtext import Run, Style, rich_text
from tests.formats.endnote.samples import again, read_all, read_one, values
from tests.support.growth import assert_in_proportion

ARTICLE = """\
<?xml version="1.0" encoding="UTF-8" ?>
<xml><records><record><database name="My.enl" path="C:\\My.enl">My.enl</database>
<source-app name="EndNote" version="20.0">EndNote</source-app><rec-number>7</rec-number>
<foreign-keys><key app="EN" db-id="abc">7</key></foreign-keys>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal" font="default" size="100%">Smith, Anna B., Jr.</style></author>
<author>Oak Study Group,</author></authors></contributors>
<titles><title><style face="normal">On </style><style face="italic">Quercus &amp; </style><style
 face="italic superscript">x</style></title><secondary-title>The Journal of Oaks</secondary-title></titles>
<periodical><full-title>The Journal of Oaks</full-title><abbr-1>J. Oaks</abbr-1></periodical>
<pages>45-49</pages><volume>12</volume><number>3</number>
<keywords><keyword>oak</keyword><keyword/></keywords>
<dates><year>2019</year><pub-dates><date>Mar 3</date></pub-dates></dates>
<isbn>1234-5679 (Print)&#xD;0317-8471 (Electronic)</isbn>
<electronic-resource-num>10.1000/xyz</electronic-resource-num>
<abstract>First paragraph.&#xD;Second paragraph.</abstract>
<urls><related-urls><url>https://example.org/oak</url></related-urls><pdf-urls><url>internal-pdf://1/a.pdf</url>
</pdf-urls></urls><custom2>PMC123456</custom2></record></records></xml>
"""
BILLION_LAUGHS = """\
<?xml version="1.0"?>
<!DOCTYPE xml [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY secret SYSTEM "file:///etc/passwd">
]>
<xml><records><record><ref-type name="Book">6</ref-type><titles><title>&lol2; &secret; &eacute;</title></titles>
</record></records></xml>
"""


def record_of(inner: str) -> str:
    return f'<xml><records><record><ref-type name="Book">6</ref-type>{inner}</record></records></xml>'


def write(record: Record) -> tuple[str, list[tuple[str, str, str]]]:
    assert ENDNOTE_XML.write_record is not None
    written = ENDNOTE_XML.write_record(record, "\n")
    return written.text, [(loss.code, loss.field, loss.severity) for loss in written.losses]


def test_an_article() -> None:
    record = read_one(ENDNOTE_XML, ARTICLE)

    assert (record.type, record.source_format, record.source_type) == (
        "article-journal",
        "endnote-xml",
        "Journal Article",
    )
    assert record.names == {
        "author": (Name(family="Smith", given="Anna B.", suffix="Jr."), Name(literal="Oak Study Group"))
    }
    assert record.dates == {"issued": Date(DateParts(2019, 3, 3))}
    assert record.texts["title"] == (
        (Run("On "), Run("Quercus & ", Style.ITALIC), Run("x", Style.ITALIC | Style.SUPERSCRIPT)),
    )
    assert {variable: value for variable, value in values(record).items() if variable != "title"} == {
        "container-title": ["The Journal of Oaks"],
        "container-title-short": ["J. Oaks"],
        "volume": ["12"],
        "issue": ["3"],
        "page": ["45-49"],
        "DOI": ["10.1000/xyz"],
        "ISSN": ["1234-5679", "0317-8471"],
        "abstract": ["First paragraph.\nSecond paragraph."],
        "keyword": ["oak"],
        "URL": ["https://example.org/oak"],
        "file": ["internal-pdf://1/a.pdf"],
        "PMCID": ["PMC123456"],
    }


def test_every_value_has_a_place_and_attributes_are_values() -> None:
    record = read_one(ENDNOTE_XML, ARTICLE)
    places = {field.name: ARTICLE[slice(*field.span)] for field in record.fields}

    assert places["volume"] == "<volume>12</volume>"
    assert places["titles/secondary-title"] == "<secondary-title>The Journal of Oaks</secondary-title>"
    assert [(field.name, field.text) for field in record.fields if not field.variables] == [
        ("database/@name", "My.enl"),
        ("database/@path", "C:\\My.enl"),
        ("database", "My.enl"),
        ("source-app/@name", "EndNote"),
        ("source-app/@version", "20.0"),
        ("source-app", "EndNote"),
        ("rec-number", "7"),
        ("foreign-keys/key/@app", "EN"),
        ("foreign-keys/key/@db-id", "abc"),
        ("foreign-keys/key", "7"),
    ]


def test_what_is_written_is_read_again_with_all_of_it() -> None:
    record = read_one(ENDNOTE_XML, ARTICLE)
    text, losses = write(record)
    back = again(ENDNOTE_XML, record)

    assert losses == []
    assert (back.names, back.dates, back.texts) == (record.names, record.dates, record.texts)
    unmapped = [(field.name, field.text) for field in record.fields if not field.variables]
    assert [(field.name, field.text) for field in back.fields if not field.variables] == unmapped
    assert ElementTree.fromstring(text).find("ref-type").attrib == {"name": "Journal Article"}  # type: ignore[union-attr]


def test_the_elements_stand_in_the_order_of_the_document_type() -> None:
    record = Record(
        type="chapter",
        key="smith2019",
        names={"author": (Name(family="Smith", given="A"),), "editor": (Name(family="Ed", given="B"),)},
        dates={"issued": Date(DateParts(2019, 3))},
        texts={
            "DOI": (rich_text("10.1000/x"),),
            "title": (rich_text("R&D <1>"),),
            "container-title": (rich_text("B"),),
            "abstract": (rich_text("One.\nTwo."),),
        },
    )

    style = '<style face="normal" font="default" size="100%">'
    text, losses = write(record)
    assert text.replace(style, "").replace("</style>", "").split("\n") == [
        "<record>",
        '<ref-type name="Book Section">5</ref-type>',
        "<contributors><authors><author>Smith, A</author></authors>"
        "<secondary-authors><author>Ed, B</author></secondary-authors></contributors>",
        "<titles><title>R&amp;D &lt;1&gt;</title><secondary-title>B</secondary-title></titles>",
        "<dates><year>2019</year><pub-dates><date>Mar</date></pub-dates></dates>",
        "<electronic-resource-num>10.1000/x</electronic-resource-num>",
        "<abstract>One.&#xD;Two.</abstract>",
        "<label>smith2019</label>",
        "</record>",
    ]
    assert losses == []


def test_both_names_of_a_journal_stand_where_endnote_has_them() -> None:
    texts = {"container-title": (rich_text("The Journal"),), "container-title-short": (rich_text("J."),)}
    text, losses = write(Record(type="article-journal", texts=texts))
    root = ElementTree.fromstring(text)

    assert ["".join(node.itertext()) for node in root.iterfind("periodical/*")] == ["The Journal", "J."]
    assert ["".join(node.itertext()) for node in root.iterfind("titles/*")] == ["The Journal", "J."]
    assert losses == []


def test_styles_stay_and_what_has_none_is_reported() -> None:
    runs = (
        Run("a", Style.BOLD | Style.ITALIC),
        Run("b", Style.SUBSCRIPT),
        Run("c", Style.SMALL_CAPS),
        Run("D", Style.NOCASE),
    )
    text, losses = write(Record(type="book", texts={"title": (runs,)}))

    assert 'face="bold italic"' in text
    assert 'face="subscript"' in text
    assert losses == [("L03", "title", "information")] * 2


def test_control_characters_are_left_out_and_reported() -> None:
    record = Record(type="book", texts={"title": (rich_text("a\x0cb\x01"),)})
    text, losses = write(record)

    ElementTree.fromstring(text)
    assert again(ENDNOTE_XML, record).text("title") == "ab"
    assert ("L13", "title", "information") in losses


def test_nothing_is_expanded() -> None:
    record = read_one(ENDNOTE_XML, BILLION_LAUGHS)

    assert record.text("title") == "&lol2; &secret; é"


@pytest.mark.parametrize(
    ("inner", "titles", "faults"),
    [
        ("<titles><title>A</titles>", ["A"], ["<title> is not closed"]),
        ("<titles><title>A</title></titles></wrong>", ["A"], ["</wrong> closes nothing"]),
        ("<titles><title>A & B < C</title></titles>", ["A & B < C"], ["the < begins no tag"]),
        ("<titles><title>A", ["A"], ["<title> is not closed", "<titles> is not closed"]),
        ("<titles><title><![CDATA[A < B]]></title></titles>", ["A < B"], []),
        ("<!-- no <title>X</title> --><titles><title>A</title></titles>", ["A"], []),
        ("loose<titles><title>A</title></titles>", ["A"], ["the text is in no field"]),
    ],
)
def test_damage_costs_no_more_than_itself(inner: str, titles: list[str], faults: list[str]) -> None:
    text = record_of(inner) + record_of("<titles><title>Z</title></titles>")
    records, found = read_all(ENDNOTE_XML, text)

    assert [record.text("title") for record in records] == [*titles, "Z"]
    assert [fault.reason for fault in found] == faults


def test_a_record_that_is_cut_off_and_one_without_a_beginning() -> None:
    text = (
        "<xml><records><record><titles><title>A</title><record><titles><title>B</title></titles></record>"
        "<title>C</title></record>"
    )
    records, faults = read_all(ENDNOTE_XML, text)

    assert [record.text("title") for record in records] == ["A", "B"]
    assert [(fault.reason, fault.span.of(text)) for fault in faults] == [
        ("<record> is not closed", "<record"),
        ("<titles> is not closed", "<titles"),
        ("the record has no beginning", "<title>C</title></record>"),
    ]


def test_other_xml_is_one_stretch_that_is_no_record() -> None:
    records, faults = read_all(ENDNOTE_XML, "<html><body>Hello</body></html>")

    assert records == []
    assert [fault.reason for fault in faults] == ["there is no record of EndNote XML"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A title\n      that was laid out", "A title that was laid out"),
        ("\n    A title\n  ", "A title"),
        ("A &#x41;&#233;&#0;&unknown;", "A Aé&#0;&unknown;"),
    ],
)
def test_text_of_a_title(written: str, expected: str) -> None:
    assert read_one(ENDNOTE_XML, record_of(f"<titles><title>{written}</title></titles>")).text("title") == expected


def test_paragraphs_of_programs_that_write_them_as_line_ends() -> None:
    record = read_one(ENDNOTE_XML, record_of("<abstract>One is over.\nTwo.</abstract>"))
    laid_out = read_one(ENDNOTE_XML, record_of("<abstract>One sentence\n        goes on.</abstract>"))

    assert record.text("abstract") == "One is over.\nTwo."
    assert laid_out.text("abstract") == "One sentence goes on."


@pytest.mark.parametrize(
    ("ref_type", "expected"),
    [
        ('<ref-type name="Thesis">32</ref-type>', ("thesis", "Thesis")),
        ("<ref-type>32</ref-type>", ("thesis", "Thesis")),
        ('<ref-type name="Report">10</ref-type>', ("report", "Report")),
        ('<ref-type name="My Own Type">99</ref-type>', ("document", "My Own Type")),
        ("", ("document", "")),
    ],
)
def test_types_by_name_and_else_by_number(ref_type: str, expected: tuple[str, str]) -> None:
    record = read_one(ENDNOTE_XML, f"<xml><records><record>{ref_type}<pages>1</pages></record></records></xml>")

    assert (record.type, record.source_type) == expected
    if ref_type:
        assert expected[1] in write(record)[0]


def test_fields_go_from_one_syntax_to_the_other() -> None:
    record = read_one(ENW, "%0 Journal Article\n%T T\n%+ Institute\n%W Provider\n%1 Legal\n")
    back = again(ENDNOTE_XML, record)

    assert [(field.name, field.text) for field in back.fields if not field.variables] == [
        ("auth-address", "Institute"),
        ("remote-database-provider", "Provider"),
        ("custom1", "Legal"),
    ]
    assert write(record)[1] == []


def test_addresses_of_medline_become_paragraphs_of_one() -> None:
    fields = (SourceField("AD", "One.", (0, 1)), SourceField("AD", "Two.", (0, 1)), SourceField("GR", "x", (0, 1)))
    record = Record(type="article-journal", fields=fields, source_format="nbib")
    text, losses = write(record)

    assert "One.&#xD;Two." in text
    assert losses == [("L06", "AD", "information"), ("L06", "GR", "warning")]


def test_a_number_that_is_said_for_each_edition_is_one() -> None:
    record = read_one(ENDNOTE_XML, record_of("<isbn>1234-5679 (Print)&#xD;1234-5679 (Linking)</isbn>"))

    assert values(record) == {"ISSN": ["1234-5679"]}


@pytest.mark.parametrize("name", ["AD", "C1", "field{}", "e{}/f", "e{}/@f", "%1"])
@pytest.mark.parametrize("source", ["ris", "nbib", "endnote-xml", "enw"])
def test_writing_many_fields_takes_time_in_proportion(name: str, source: str) -> None:
    def make(count: int) -> Record:
        fields = tuple(SourceField(name.format(number), "text", (0, 1)) for number in range(count))
        return Record(type="book", fields=fields, source_format=source)

    assert_in_proportion(write, make, 1_000)


def test_deep_nesting_is_read_without_depth() -> None:
    depth = 50_000
    records, faults = read_all(ENDNOTE_XML, record_of("<a>" * depth + "x" + "</a>" * depth + "<pages>1</pages>"))

    assert [record.text("number-of-pages") for record in records] == ["1"]
    assert [fault.reason for fault in faults] == ["the elements are nested too deeply"]


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<![CDATA[",
        "<?",
        "<!",
        "<a ",
        "<a x='",
        '<a x="y" ',
        "<a>",
        "</a>",
        "&#x41;",
        "&",
        "<keyword>k</keyword>",
        "<record>",
        "<style face='bold'>",
        "<url>http://x</url> \n",
        "<![CDATA[x]]>",
    ],
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    def make(count: int) -> str:
        return '<xml><records><record><ref-type name="Book">6</ref-type><urls><related-urls>' + piece * count

    assert_in_proportion(lambda text: list(ENDNOTE_XML.read(text)), make, 1_500)


@given(
    st.lists(
        st.sampled_from(
            [
                "<record>",
                "</record>",
                "<titles>",
                "<title>",
                "</title>",
                "<a b='c'>",
                "</a>",
                "<",
                "&amp;",
                "x",
                "\n",
                "<style face='bold'>",
                "</style>",
                "<!--",
                "-->",
                "<b/>",
            ]
        ),
        max_size=40,
    )
)
def test_any_text_is_read_and_every_span_is_in_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    for item in ENDNOTE_XML.read(text):
        assert 0 <= item.span.start <= item.span.end <= len(text)
        if isinstance(item, ReadRecord):
            assert all(text[slice(*field.span)].startswith("<") for field in item.record.fields)


@given(st.text(max_size=60), st.sampled_from(["title", "abstract", "note", "publisher"]))
def test_whatever_is_written_is_xml_and_comes_back_or_is_reported(value: str, variable: str) -> None:
    value = " ".join(value.split())
    if not value or any(0xD800 <= ord(character) < 0xE000 for character in value):
        return
    record = Record(type="book", texts={variable: (rich_text(value),)})
    text, losses = write(record)

    ElementTree.fromstring(text)
    assert again(ENDNOTE_XML, record).text(variable) == value or variable in {field for _, field, _ in losses}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ARTICLE, True),
        ("\ufeff" + ARTICLE, True),
        ('<collection><record><datafield tag="245"/></record></collection>', False),
        ("%0 Book\n<record><ref-type>", False),
        ("", False),
    ],
)
def test_what_is_recognised(text: str, expected: bool) -> None:
    assert ENDNOTE_XML.recognises(text) is expected


def test_where_a_record_stood_in_endnote_is_no_loss_of_a_value() -> None:
    text = record_of('<rec-number>7</rec-number><database name="A.enl">A.enl</database><label>k</label>')
    (entry,) = convert_text(text, ENDNOTE_XML, CSL_JSON).entries

    assert {loss.field: loss.severity for loss in entry.losses} == dict.fromkeys(
        ("rec-number", "database", "database/@name"), "information"
    )
