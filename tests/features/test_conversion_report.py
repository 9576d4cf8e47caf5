"""The report of a conversion for people."""

from __future__ import annotations

from bibwright.features.conversion_report import loss_question, render_report
from bibwright.features.convert import convert_text
from bibwright.features.convert_dialect import convert_dialect_text
from bibwright.formats import FORMATS, TARGETS

SOURCE = """\
% kept for *us*
@article{smith,
  title     = {T},
  subtitle  = {S},
  shorthand = {a|b},
  𝒳 = {1}, lista = {L}
}

@misc{kim, title = {U}}
"""


def test_it_says_of_every_entry_what_becomes_of_which_field() -> None:
    report = render_report(convert_text(SOURCE, FORMATS["bibtex"], TARGETS["ris"]), SOURCE, source_name="my_refs.bib")

    assert report.startswith("# my\\_refs.bib as RIS\n\n2 records. Fields: ")
    assert "### Outside the entries, line 1\n" in report
    assert "| text |  | **dropped** | L01 | text outside the entries is left out: % kept for \\*us\\* |\n" in report
    assert "### smith, line 2\n" in report
    assert "| shorthand | 5:3 | **dropped** | L06 | RIS has no tag for it: a\\|b |\n" in report
    # Columns are those that editors count, in which 𝒳 is two.
    assert "| lista | 6:13 | **dropped** |" in report
    assert report.endswith("## Entries that are kept whole\n\nkim\n")


def test_what_is_moved_says_where() -> None:
    text = "@article{a, title = {T}, subtitle = {S}}\n"
    report = render_report(convert_dialect_text(text, FORMATS["bibtex"], FORMATS["bibtex"]), text, source_name="a.bib")

    assert "| subtitle | 1:26 | moved to title | L09 |" in report
    assert "Kept: title.\n" in report


def test_the_question_names_what_would_be_lost() -> None:
    lossy = convert_text(SOURCE, FORMATS["bibtex"], TARGETS["ris"])
    whole = convert_text("@misc{kim, title = {U}}\n", FORMATS["bibtex"], TARGETS["ris"])

    assert loss_question(lossy) == "4 values would be lost in RIS (other text, shorthand, 𝒳, lista)"
    assert loss_question(whole) == ""
    assert "shorthand" not in render_report(whole, "@misc{kim, title = {U}}\n", source_name="a.bib")


def test_a_large_report_ends() -> None:
    text = "".join(f"@misc{{k{number}, shorthand = {{S}}}}\n" for number in range(1500))
    report = render_report(convert_text(text, FORMATS["bibtex"], TARGETS["ris"]), text, source_name="a.bib")

    assert report.count("\n### ") == 1000
    assert "\n... and 500 more.\n" in report
    assert "| shorthand | **dropped** | 1500 | L06 |" in report
