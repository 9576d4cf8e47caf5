from __future__ import annotations

from bibwright.csl.output import WRITERS, Block, FormattedRun, ListedEntry, to_latex
from bibwright.model.richtext import Style


def test_what_means_something_in_latex_is_escaped() -> None:
    assert to_latex((FormattedRun(r"a\b {c} $d & e# f% g_h ^i ~j"),)) == (
        r"a\textbackslash{}b \{c\} \$d \& e\# f\% g\_h \textasciicircum{}i \textasciitilde{}j"
    )
    assert to_latex((FormattedRun('<a|b> `"q"'),)) == (
        r"\textless{}a\textbar{}b\textgreater{} \textasciigrave{}" '"{}q"{}'
    )
    assert to_latex((FormattedRun("a\u00a0b\n\n c\x07"),)) == "a~b c"


def test_signs_do_not_grow_together() -> None:
    assert to_latex((FormattedRun("1---2, l''a,,"),)) == "1-{}-{}-2, l'{}'a,{},"


def test_other_scripts_stay_as_they_are() -> None:
    assert to_latex((FormattedRun("홍길동 é – 😀"),)) == "홍길동 é – 😀"


def test_every_font_style() -> None:
    commands = {
        Style.ITALIC: "textit",
        Style.BOLD: "textbf",
        Style.SMALL_CAPS: "textsc",
        Style.UNDERLINE: "underline",
        Style.SUPERSCRIPT: "textsuperscript",
        Style.SUBSCRIPT: "textsubscript",
    }

    for style, command in commands.items():
        assert to_latex((FormattedRun("x", style),)) == rf"\{command}{{x}}"
    assert to_latex((FormattedRun("a ", Style.ITALIC), FormattedRun("b", Style.ITALIC | Style.BOLD))) == (
        r"\textit{a \textbf{b}}"
    )


def test_links_name_their_address_once_where_the_text_is_the_address() -> None:
    address = "https://doi.org/10.1/a_b%20c#d"

    assert to_latex((FormattedRun(address, link=address),)) == r"\url{https://doi.org/10.1/a_b\%20c\#d}"
    assert to_latex((FormattedRun("10.1/a_b", link=address),)) == (
        r"\href{https://doi.org/10.1/a_b\%20c\#d}{10.1/a\_b}"
    )
    assert to_latex((FormattedRun("x", link="https://x.org/}\\é"),)) == r"\href{https://x.org/\%7D\%5C\%C3\%A9}{x}"


def test_blocks() -> None:
    runs = (
        FormattedRun("[1]", block=Block(-1, "left-margin")),
        FormattedRun("Title", Style.ITALIC, block=Block(0, "right-inline")),
        FormattedRun("Note.", Style.ITALIC, block=Block(2, "indent")),
    )

    assert to_latex(runs) == r"[1] \textit{Title}\newline \hspace*{2em}\textit{Note.}"


def test_a_list_has_a_bibitem_an_entry_each_under_a_key_of_its_own() -> None:
    entries = [ListedEntry(key, (FormattedRun("A"),)) for key in ("k", "k", "", "a, {b}")]

    assert WRITERS["latex"].write_list(entries) == (
        "\\begin{thebibliography}{4}\n\n\\bibitem{k} A\n\n\\bibitem{k:2} A\n\n\\bibitem{item:3} A\n\n"
        "\\bibitem{a-b-} A\n\n\\end{thebibliography}\n"
    )


def test_what_stands_in_the_margin_is_the_label() -> None:
    def listed(margin: str, *rest: FormattedRun) -> str:
        runs = (FormattedRun(margin, block=Block(-1, "left-margin")), *rest)
        return WRITERS["latex"].write_list([ListedEntry("k", runs)]).split("\n\n")[1]

    text = FormattedRun("A", block=Block(0, "right-inline"))
    assert listed("[1]", text) == r"\bibitem[{1}]{k} A"
    assert listed("1. ", text) == r"\bibitem[{1.}]{k} A"
    assert listed("A") == r"\bibitem{k} A"


def test_nothing_is_nothing() -> None:
    assert to_latex(()) == ""
