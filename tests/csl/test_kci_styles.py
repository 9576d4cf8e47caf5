from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from bibwright.csl.output import to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.csl.styles import KCI_STYLES, list_styles, load_style
from bibwright.model.names import Name
from bibwright.model.record import Record
from tests.csl.samples import person, record, year
from tests.support.shared import SHARED, needs_shared

GIVEN_AND_FAMILY = Name(family="Suh", given="Sangmun")
AS_TYPED = Name(literal="Sangmun Suh", unsure=True)
ARTICLE = record(
    "article-journal",
    author=GIVEN_AND_FAMILY,
    title="Reargument of Sino-North Korea Combined Forces Command : the Background and Process of Establishment",
    container_title="military history",
    issued=year(2015),
    issue="95",
    page="1-54",
    DOI="10.29212/mh.2015..95.1",
)

EXPECTED = {
    "kci-apa": (
        "Sangmun Suh. (2015). Reargument of Sino-North Korea Combined Forces Command : the Background and Process "
        "of Establishment. military history, 95, 1-54."
    ),
    "kci-harvard": (
        'Sangmun Suh. 2015, "Reargument of Sino-North Korea Combined Forces Command : the Background and Process '
        'of Establishment", military history, no.95, pp.1-54. Available from: doi:10.29212/mh.2015..95.1'
    ),
    "kci-mla": (
        'Sangmun Suh "Reargument of Sino-North Korea Combined Forces Command : the Background and Process of '
        'Establishment" military history 95 pp.1-54 (2015) : 1.'
    ),
    "kci-vancouver": (
        "Sangmun Suh. Reargument of Sino-North Korea Combined Forces Command : the Background and Process of "
        "Establishment. 2015; 95 : 1-54. Available from: doi:10.29212/mh.2015..95.1"
    ),
    "kci-chicago": (
        'Sangmun Suh. "Reargument of Sino-North Korea Combined Forces Command : the Background and Process of '
        'Establishment" military history no.95(2015) : 1-54.doi: 10.29212/mh.2015..95.1'
    ),
    "kci-acs": (
        "Sangmun Suh. Reargument of Sino-North Korea Combined Forces Command : the Background and Process of "
        "Establishment. military history, 95, 1-54. doi: 10.29212/mh.2015..95.1"
    ),
    "kci-ama": (
        "Sangmun Suh. Reargument of Sino-North Korea Combined Forces Command : the Background and Process of "
        "Establishment. military history. 2015; 95 1-54. doi: 10.29212/mh.2015..95.1"
    ),
    "kci-nlm": (
        "Sangmun Suh. Reargument of Sino-North Korea Combined Forces Command : the Background and Process of "
        "Establishment. 2015; 95 : 1-54. Available from: doi:10.29212/mh.2015..95.1"
    ),
    "kci-turabian": (
        'Sangmun Suh. "Reargument of Sino-North Korea Combined Forces Command : the Background and Process of '
        'Establishment" military history no.95(2015) : 1-54.doi: 10.29212/mh.2015..95.1'
    ),
}

IN_FULL = record(
    "article-journal",
    author=(person("Ana", "Aalto"), person("Bo", "Berg"), person("Cy", "Cole")),
    title="Title",
    container_title="Journal",
    issued=year(2015),
    volume="12",
    issue="3",
    page="5-9",
    DOI="10.1000/x",
)

WITH_VOLUME = {
    "kci-apa": "Ana Aalto, Bo Berg and Cy Cole. (2015). Title. Journal, 12, 3, 5-9.",
    "kci-harvard": 'Ana Aalto, Bo Berg and Cy Cole. 2015, "Title", Journal, vol.12, no.3 pp.5-9. '
    "Available from: doi:10.1000/x",
    "kci-mla": 'Ana Aalto, Bo Berg and Cy Cole "Title" Journal 12 3 pp.5-9 (2015) : 5.',
    "kci-vancouver": "Ana Aalto, Bo Berg and Cy Cole. Title. 2015; 12, 3 : 5-9. Available from: doi:10.1000/x",
    "kci-chicago": 'Ana Aalto, Bo Berg and Cy Cole. "Title" Journal vol.12, no.3(2015) : 5-9.doi: 10.1000/x',
    "kci-acs": "Ana Aalto, Bo Berg and Cy Cole. Title. Journal, 12, 3, 5-9. doi: 10.1000/x",
    "kci-ama": "Ana Aalto, Bo Berg and Cy Cole. Title. Journal. 2015; 12, 3 5-9. doi: 10.1000/x",
    "kci-nlm": "Ana Aalto, Bo Berg and Cy Cole. Title. 2015; 12, 3 : 5-9. Available from: doi:10.1000/x",
    "kci-turabian": 'Ana Aalto, Bo Berg and Cy Cole. "Title" Journal vol.12, no.3(2015) : 5-9.doi: 10.1000/x',
}

AUTHOR_TITLE_YEAR = {
    "kci-apa": "Sangmun Suh. (2015). Title.",
    "kci-harvard": 'Sangmun Suh. 2015, "Title".',
    "kci-mla": 'Sangmun Suh "Title" (2015).',
    "kci-vancouver": "Sangmun Suh. Title. 2015.",
    "kci-chicago": 'Sangmun Suh. "Title" (2015).',
    "kci-acs": "Sangmun Suh. Title.",
    "kci-ama": "Sangmun Suh. Title. 2015.",
    "kci-nlm": "Sangmun Suh. Title. 2015.",
    "kci-turabian": 'Sangmun Suh. "Title" (2015).',
}

STYLE_IDS = [info.id for info in KCI_STYLES]
DANGLING = re.compile(r'[,;:] ?[.,;:)]|\(\)|""|\.\.|  |\( |^[ ,.;:]|[ ,;:]$|(?:pp|no|vol)\.(?!\d)|null|None')


def _plain(style_id: str, record: Record) -> str:
    return to_plain(render_bibliography_entry(load_style(style_id), record))


def test_the_styles_stand_in_the_order_of_the_export_page() -> None:
    assert list(EXPECTED) == STYLE_IDS
    assert list_styles()[: len(KCI_STYLES)] == KCI_STYLES


@pytest.mark.parametrize("style_id", STYLE_IDS)
@pytest.mark.parametrize("name", [GIVEN_AND_FAMILY, AS_TYPED], ids=["parts", "literal"])
def test_the_line_of_the_export_page(style_id: str, name: Name) -> None:
    actual = _plain(style_id, replace(ARTICLE, names={"author": (name,)}))

    assert EXPECTED[style_id] == actual


@needs_shared
def test_the_expected_lines_are_those_of_the_page_itself() -> None:
    lines = (SHARED / "seed" / "kci-export.txt").read_text(encoding="utf-8").splitlines()

    assert lines[27:36] == [_plain(style_id, ARTICLE) for style_id in STYLE_IDS]


@pytest.mark.parametrize("style_id", STYLE_IDS)
def test_a_volume_stands_before_the_issue_and_authors_have_no_serial_comma(style_id: str) -> None:
    actual = _plain(style_id, IN_FULL)

    assert WITH_VOLUME[style_id] == actual


@pytest.mark.parametrize("style_id", STYLE_IDS)
def test_a_book_with_author_title_and_year(style_id: str) -> None:
    actual = _plain(style_id, record(author=GIVEN_AND_FAMILY, title="Title", issued=year(2015)))

    assert AUTHOR_TITLE_YEAR[style_id] == actual


@pytest.mark.parametrize("style_id", STYLE_IDS)
def test_whatever_is_missing_takes_its_separators_with_it(style_id: str) -> None:
    parts = [("names", name) for name in IN_FULL.names] + [("dates", name) for name in IN_FULL.dates]
    parts += [("texts", name) for name in IN_FULL.texts]
    for count in range(len(parts) + 1):
        for kept in itertools.combinations(parts, count):
            thinned = Record(
                "misc",
                names={name: IN_FULL.names[name] for kind, name in kept if kind == "names"},
                dates={name: IN_FULL.dates[name] for kind, name in kept if kind == "dates"},
                texts={name: IN_FULL.texts[name] for kind, name in kept if kind == "texts"},
            )
            text = _plain(style_id, thinned)
            assert not DANGLING.search(text), (kept, text)


@pytest.mark.parametrize("style_id", STYLE_IDS)
def test_null_never_shows(style_id: str) -> None:
    with_null = record(
        author=GIVEN_AND_FAMILY, title="Title", issued=year(2015), volume="null", issue="null", page="null"
    )

    assert AUTHOR_TITLE_YEAR[style_id] == _plain(style_id, with_null)


def test_a_title_keeps_its_typewriter_quotes_and_apostrophes() -> None:
    actual = _plain("kci-harvard", record(title="Mao's \"request\" : a 'plan'", issued=year(1950)))

    assert actual == '1950, "Mao\'s "request" : a \'plan\'".'


def test_a_korean_name_has_no_blank() -> None:
    assert _plain("kci-apa", record(author=person("길동", "홍"), title="제목")) == "홍길동. 제목."


def test_only_the_digital_object_identifier_is_a_link() -> None:
    runs = render_bibliography_entry(load_style("kci-acs"), ARTICLE)

    assert [(run.text, run.link) for run in runs if run.link] == [
        ("10.29212/mh.2015..95.1", "https://doi.org/10.29212/mh.2015..95.1")
    ]


@pytest.mark.parametrize("style_id", STYLE_IDS)
def test_a_record_of_which_nothing_prints_is_empty(style_id: str) -> None:
    assert render_bibliography_entry(load_style(style_id), Record("misc")) == ()
