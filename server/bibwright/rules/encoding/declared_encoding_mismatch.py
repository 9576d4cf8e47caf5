"""The file says that it is in one encoding, but has characters that do not exist there.

JabRef reads a file in the encoding that its `% Encoding:` line names, and shows wrong letters when the file is in
truth UTF-8. Mostly another program has converted the file and left the line as it was.

Bad::

    % Encoding: ISO-8859-1
    @misc{kim2020,
      author = {김영희}
    }

Good::

    % Encoding: UTF-8
    @misc{kim2020,
      author = {김영희}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import BLOCKS, UNSAFE, Context, Report, rule
from bibwright.formats.format import Fact
from bibwright.rules.quoting import quoted
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Comment, Text, Tree
from bibwright.text.spans import Edit, Span

#: `% Encoding: X` (JabRef; in its oldest versions without the sign), `% !TeX encoding = X`, `% -*- coding: X -*-`.
_DECLARED = re.compile(
    r"^[ \t\ufeff]*+(?:%[^\r\n]*?\b(?:file)?(?:en)?coding[ \t]*[:=]|Encoding:)[ \t]*([\w.:-]+)",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_IN_NAME = re.compile(r"[\W_]")
#: The encodings of Western Europe, whose characters are all in Windows-1252.
_WESTERN = word_set("iso88591 iso885915 latin1 latin9 l1 cp1252 windows1252 ansi ansinew ascii usascii")
#: Not the marks of bytes that cannot be read, and of letters that were lost.
_BEYOND_WESTERN = re.compile(
    "[^\x00-\xff\ud800-\udfff\ufeff\ufffd"
    "\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_FACT = ("characters", "beyond Windows-1252")


def _facts(text: str, tree: Tree) -> Iterator[Fact]:
    """That the block has a character which exists in none of these encodings."""
    if not text.isascii() and (match := _BEYOND_WESTERN.search(text)) is not None:
        yield Fact(*_FACT, "", Span(*match.span()))


@rule(
    "E905",
    "declared-encoding-mismatch",
    Severity.WARNING,
    watches=BLOCKS,
    formats=("bibtex",),
    fixes=(UNSAFE,),
    needs=":=",
    facts=_facts,
)
def declared_encoding_mismatch(context: Context) -> Iterator[Report]:
    """Only what the text alone can tell: any other mismatch is found with the bytes, in `features/check.py`."""
    if "coding" not in context.text:
        return
    for node in context.tree.nodes:
        if not isinstance(node, Comment | Text):
            continue
        match = _DECLARED.search(context.text, *node.span)
        if match is None or _NOT_IN_NAME.sub("", match[1]).lower() not in _WESTERN:
            continue
        if context.states(*_FACT):
            span = Span(*match.span(1))
            fix = unsafe_fix("Declare UTF-8", Edit(*span, "UTF-8"))
            message = f"the file declares the encoding {quoted(match[1])} but has characters that do not exist in it"
            yield Report(span, message, (fix,))
        return
