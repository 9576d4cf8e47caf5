"""A comment looks as if a rule were to be ignored, and is not understood.

A word spelt otherwise, a bracket that is not closed or a colon that is missing makes it an ordinary comment: nothing is
ignored, and nothing would say so. In a `.ris` the same goes for a tag other than U1 to U5. Prose that only begins with
the name of this program is left alone.

Bad::

    % bibwright: ignor[V408] as printed
    @misc{smith2020,
      title = {On Trees},
      pages = {12-34},
      year = {2020}
    }

Good::

    % bibwright: ignore[V408] as printed
    @misc{smith2020,
      title = {On Trees},
      pages = {12-34},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import BLOCKS, UNSAFE, Context, Report, rule
from bibwright.formats import FORMATS
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Comment, Field
from bibwright.syntax.suppressions import find_directive
from bibwright.text.spans import Edit, Span

#: In every comment that is looked at: others need not be taken apart.
_SIGN = "ibwright"
_OPENING = re.compile(r"(?:%++|@[ \t]*(?i:comment)[ \t]*[{(])[ \t]*")
#: The name, the word behind it, and codes in brackets that may not be closed.
_MEANT = re.compile(
    r"[Bb]ibwright[ \t]{0,9}(?P<colon>[:=]?)[ \t]{0,9}(?P<word>[A-Za-z]+(?:[-_][A-Za-z]+| [Ff]ile){0,2})(?![\w-])"
    r"(?P<list>[ \t]{0,9}[\[({][ \t]{0,9}(?P<codes>[\w-]+(?:[ \t]{0,9},[ \t]{0,9}[\w-]+){0,50})(?:[ \t]{0,9}[\])}])?)?"
)
#: What may stand behind the keyword for a single entry.
_OF_THE_ENTRY = frozenset(("", "entry", "line", "next", "next-line"))
#: What other programs say in their comments.
_SAID_ELSEWHERE = frozenset(("disable", "noqa", "suppress", "skip", "allow"))
#: English of its own, unless a bracket follows.
_PROSE = frozenset(("ignored", "ignores"))
_ALIKE = 0.75


@rule("B003", "suppression-not-understood", Severity.INFORMATION, watches=BLOCKS, fixes=(UNSAFE,))
def suppression_not_understood(context: Context) -> Iterator[Report]:
    """Reported at the whole of what was meant for a directive."""
    text = context.text
    if _SIGN not in text:
        return
    understood = {found.span.start for found in FORMATS[context.format].find_suppressions(text, context.tree)}
    for entry in context.tree.entries if context.format == "ris" else ():
        for field in entry.fields:
            if field.name.start not in understood and text.find(_SIGN, *field.value) >= 0:
                yield from _judge_tag(context, field)
    for node in context.tree.nodes:
        if isinstance(node, Comment) and node.span.start not in understood:
            opening = _OPENING.match(text, *node.span)
            if opening is not None:
                yield from _judge(text, opening.end(), node.span.end)


def _judge_tag(context: Context, field: Field) -> Iterator[Report]:
    directive = find_directive(context.text, *field.value)
    if directive is None:
        yield from _judge(context.text, *field.value)
    else:
        fix = unsafe_fix("Write U5", Edit(*field.name, "U5"))
        tag = quoted(field.name.of(context.text))
        yield Report(field.name, f"rules are ignored by the tags U1 to U5, not by {tag}", (fix,))


def _judge(text: str, start: int, end: int) -> Iterator[Report]:
    meant = _MEANT.match(text, start, end)
    keyword = None if meant is None else _find_keyword(meant, is_alone=not text[meant.end() : end].strip("} )\t\r\n"))
    if meant is None or keyword is None:
        return
    listed = f"[{meant['codes']}]" if meant["codes"] else ""
    follows = text[meant.end() : min(meant.end() + 1, end)]
    fixes: tuple[Fix, ...] = ()
    # Where the list goes on in a way that is not understood, nobody knows its end.
    if follows in ("", " ", "\t", "\r", "\n", "}", ")") and (listed or follows not in ("[", "(")):
        fixes = (unsafe_fix(f"Write {keyword}{listed}", Edit(*meant.span(), f"bibwright: {keyword}{listed}")),)
    yield Report(Span(*meant.span()), f"{quoted(meant[0])} is not understood, so nothing is ignored", fixes)


def _find_keyword(meant: re.Match[str], *, is_alone: bool) -> str | None:
    """The keyword that was meant; None where this may be prose. `is_alone` tells that nothing follows."""
    word = re.sub("[ _]", "-", meant["word"].lower())
    is_listed = meant["list"] is not None
    if not is_listed and (word in _PROSE or not (meant["colon"] or is_alone)):
        return None
    if word.endswith("file"):
        word = word.removesuffix("file").rstrip("-") + "-file"
    verb, _, what = word[:40].partition("-")
    if not (is_listed and verb in _SAID_ELSEWHERE) and not _is_alike(verb, "ignore"):
        return None
    if what in _OF_THE_ENTRY:
        return "ignore"
    return "ignore-file" if _is_alike(what, "file") else None


def _is_alike(word: str, known: str) -> bool:
    return SequenceMatcher(None, word, known).ratio() > _ALIKE
