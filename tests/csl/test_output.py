from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import pytest

from bibwright.csl.output import WRITERS, Block, Formatted, FormattedRun, ListedEntry, to_html, to_markdown, to_plain
from bibwright.csl.render import render_bibliography_entry
from bibwright.model.names import Name
from bibwright.model.richtext import Style
from tests.csl.samples import record, style_of

LINKED: Formatted = (
    FormattedRun("A_b*. "),
    FormattedRun("E. coli <2>", Style.ITALIC),
    FormattedRun(". doi: "),
    FormattedRun("10.1/a_(b)", link="https://doi.org/10.1/a_(b)"),
)


def test_plain_text_is_the_characters_alone() -> None:
    assert to_plain(LINKED) == "A_b*. E. coli <2>. doi: 10.1/a_(b)"


def test_markdown_escapes_text_and_not_the_target_of_a_link() -> None:
    assert to_markdown(LINKED) == r"A\_b\*. *E. coli \<2\>*. doi: [10.1/a\_(b)](https://doi.org/10.1/a_%28b%29)"


def test_html_nests_and_escapes() -> None:
    assert to_html(LINKED) == (
        'A_b*. <i>E. coli &lt;2&gt;</i>. doi: <a href="https://doi.org/10.1/a_(b)">10.1/a_(b)</a>'
    )


def test_what_would_begin_a_list_or_a_heading_is_escaped() -> None:
    assert to_markdown((FormattedRun("1. First"),)) == r"1\. First"
    assert to_markdown((FormattedRun("- dash"),)) == r"\- dash"
    assert to_markdown((FormattedRun("# 5 and 1. not at the start"),)) == r"\# 5 and 1. not at the start"


def test_emphasis_does_not_swallow_the_blanks_at_its_edges() -> None:
    runs = (FormattedRun("in "), FormattedRun(" Nature ", Style.ITALIC), FormattedRun("5", Style.BOLD))

    assert to_markdown(runs) == "in  *Nature* **5**"


def test_raised_and_lowered_text_in_markdown_is_unicode_where_there_is_such() -> None:
    runs = (
        FormattedRun("H"),
        FormattedRun("2", Style.SUBSCRIPT),
        FormattedRun("O"),
        FormattedRun("+q", Style.SUPERSCRIPT),
    )

    assert to_markdown(runs) == "H₂O+q"
    assert to_markdown((FormattedRun("x"), FormattedRun("2.", Style.SUPERSCRIPT))) == "x²."
    assert to_html(runs) == "H<sub>2</sub>O<sup>+q</sup>"


def test_html_keeps_a_tag_open_over_runs_that_share_it() -> None:
    runs = (
        FormattedRun("a ", Style.ITALIC),
        FormattedRun("b", Style.ITALIC | Style.BOLD),
        FormattedRun(" c", Style.ITALIC),
    )

    assert to_html(runs) == "<i>a <b>b</b> c</i>"


def test_blocks_are_elements_in_html_and_lines_in_text() -> None:
    runs = (
        FormattedRun("[1]", block=Block(1, "left-margin")),
        FormattedRun("Title.", block=Block(2, "right-inline")),
        FormattedRun("Note.", block=Block(3, "block")),
    )

    assert to_plain(runs) == "[1] Title.\nNote."
    assert to_html(runs) == (
        '<div class="csl-left-margin">[1]</div><div class="csl-right-inline">Title.</div>'
        '<div class="csl-block">Note.</div>'
    )


def test_nothing_is_nothing() -> None:
    assert (to_plain(()), to_markdown(()), to_html(())) == ("", "", "")


def test_small_characters_have_tags_in_html() -> None:
    formatted = (FormattedRun("1ʳᵉ H₂O"),)

    assert to_html(formatted) == "1<sup>re</sup> H<sub>2</sub>O"
    assert to_plain(formatted) == "1ʳᵉ H₂O"


def test_lists() -> None:
    entries = [ListedEntry("a", (FormattedRun("A"),)), ListedEntry("b", (FormattedRun("B"),))]

    assert WRITERS["plain"].write_list(entries) == "A\nB\n"
    assert WRITERS["markdown"].write_list(entries) == "A\n\nB\n"
    assert WRITERS["html"].write_list(entries) == (
        '<div class="csl-bib-body">\n  <div class="csl-entry">A</div>\n  <div class="csl-entry">B</div>\n</div>\n'
    )


def test_every_font_style_in_html() -> None:
    tags = {
        Style.ITALIC: "<i>x</i>",
        Style.BOLD: "<b>x</b>",
        Style.SMALL_CAPS: '<span style="font-variant:small-caps;">x</span>',
        Style.UNDERLINE: '<span style="text-decoration:underline;">x</span>',
        Style.SUPERSCRIPT: "<sup>x</sup>",
        Style.SUBSCRIPT: "<sub>x</sub>",
    }

    for style, shown in tags.items():
        assert to_html((FormattedRun("x", style),)) == shown


def test_other_scripts_stay_as_they_are() -> None:
    formatted = (FormattedRun("홍길동 é 😀"),)

    assert {to_plain(formatted), to_markdown(formatted), to_html(formatted)} == {"홍길동 é 😀"}


class _Tags(HTMLParser):
    """What a browser would take for tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update((tag, *(f"{tag} {name}" for name, _ in attrs)))
        self.addresses += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", '"><script>', 'https://a.org/"><script>', "http://a\n onclick=b"]
)
def test_nothing_of_a_record_or_a_style_becomes_a_tag_or_runs(address: str) -> None:
    evil = "<img src=x onerror=alert(1)>\"'&lt;script&gt;</a><script>1</script>"
    quoted = escape(evil, quote=True)
    style = style_of(
        f'<text variable="title" prefix="{quoted}"/><text value="{quoted}"/><text variable="URL"/>'
        '<text variable="DOI" prefix="javascript:https://doi.org/"/><names variable="author"/>'
        '<text variable="note" font-variant="small-caps" display="block"/>'
    )
    item = record(title=evil, note=evil, DOI=evil, URL=address, author=Name(family=evil, given=evil))
    tags = _Tags()
    tags.feed(to_html(render_bibliography_entry(style, item)))

    assert tags.found <= {"a", "a href", "div", "div class", "span", "span style"}
    assert tags.addresses
    assert all(target.startswith(("https://", "http://")) for target in tags.addresses)
