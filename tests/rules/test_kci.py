"""A page as the Korea Citation Index exports it: every fault of that export, drawn."""

from __future__ import annotations

from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from tests.support.drawing import assert_drawn


def test_entry() -> None:
    assert_drawn(
        """
        @article{ART002000001},
                             ^ S101 the entry is closed right behind its key: the 7 fields behind it are lost
        author={Minji Kim},
        title={Granaries of the Southern Coast : Form and Use},
                                              ^ T611 there is a blank before ":"
        journal={island studies},
        year={2018},
        number={41},
        pages={7-38},
                ^ V408 the page range "7-38" has "-", expected --
        doi={10.5555/is.2018..41.7}
        """,
        BIBTEX,
    )


def test_record() -> None:
    assert_drawn(
        """
        TY - JOUR
          ^^^ S201 14 tag lines have " - " behind the tag, expected "  - "
        AU - Minji Kim
             ^^^^^^^^^ N503 the name "Minji Kim" has no comma behind the family name
        TI - Granaries of the Southern Coast : Form and Use
                                            ^ T611 there is a blank before ":"
        JO - island studies
        ^^ M316 the journal "island studies" stands only in JO
        PY - 2018
        VL - null
             ^^^^ V401 "null" in VL is a placeholder for no value
        IS - 41
        SP - 7
        EP - 38
        SN - 1598-317X
        AB - The first paragraph tells how the granaries were built.
        The second one tells what was kept in them.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^>1:34 S208 the 2 lines have no tag and continue AB
        The third one says when they went.
        KW - granary;island;harvest;rice
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ V420 4 keywords, joined by semicolons, in one KW line
        DO - 10.5555/is.2018..41.7
        ER -
        """,
        RIS,
    )


def test_citations_behind_the_record() -> None:
    assert_drawn(
        """
        TY  - JOUR
        ER  -
        Minji Kim. (2018). Granaries.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^>1:29 S204 the text "Minji Kim. (2018). Granaries. Minji Kim…" stands
        Minji Kim. Granaries. 41:7-38
        """,
        RIS,
    )


def test_page_in_a_bib_file() -> None:
    assert_drawn(
        """
        @misc{ART002000001},
                          ^ S101 the entry is closed right behind its key: the field behind it is lost
        doi={10.5555/is.2018..41.7}
        TY - JOUR
        ^^^^^^^^^>3:4 S111 this block is RIS, which no program reads in a BibTeX file
        VL - null
        DO - 10.5555/is.2018..41.7
        ER -
        Minji Kim. (2018). Granaries.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S110 the text "Minji Kim. (2018). Granaries." stands outside every entry
        """,
        BIBTEX,
    )


def test_page_in_a_ris_file() -> None:
    assert_drawn(
        """
        @article{ART002000001},
        ^^^^^^^^^^^^^^^^^^^^^^^>1:27 S111 this block is BibTeX, which no program reads in a RIS file
        doi={10.5555/is.2018..41.7}
        TY - JOUR
          ^^^ S201 3 tag lines have " - " behind the tag, expected "  - "
        DO - 10.5555/is.2018..41.7
        ER -
        Minji Kim. (2018). Granaries.
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ S204 the text "Minji Kim. (2018). Granaries." stands outside every record
        """,
        RIS,
    )
