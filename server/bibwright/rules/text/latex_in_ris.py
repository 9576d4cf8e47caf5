r"""A RIS value is written in LaTeX.

RIS is plain text: accents, braces and formulas in LaTeX stay as they are in every program that reads the record, and
are printed so. Commands that are not known, and titles about LaTeX, are left alone.

Bad::

    TY  - JOUR
    AU  - M{\"u}ller, Jane
    ER  -

Good::

    TY  - JOUR
    AU  - Müller, Jane
    ER  -
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, safe_fix
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.latex import decode_text
from bibwright.model.richtext import Style, plain_text
from bibwright.rules.names.lists import NAME_TAGS
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

_TAGS = (
    *("ti", "t1", "t2", "t3", "ct", "bt", "st", "tt", "jo", "jf", "ja", "j1", "j2", "ab", "n2", "n1", "kw", "pb", "cy"),
    *("ad", *NAME_TAGS),
)
_HAS_LATEX = re.compile(r"[\\{$]|\d--\d")
#: What makes a text LaTeX: an accent, a command with an argument, a formula with a command, or capitals in braces.
_RUN = re.compile(
    r"""
    \{?\\(?:[`'^"~=.]\s?|[uvHcdbrk](?:\s+|(?=\{)))(?:\{\\?[A-Za-z]?\}|\\[ij]\b\s?|[A-Za-z])\}?   # \"{u}, {\"u}, \v{c}
    | \{?\\(?:ss|aa|AA|ae|AE|oe|OE|o|O|l|L|i|j)(?:\{\}|\}|\b\s?)
    | \\(?:emph|text(?:it|bf|sc|rm|tt|sf|up|sl|superscript|subscript|normal)|mbox)\{[^{}\\$]{0,200}\}
    | \\[&%$#_]
    | \$[^$\n]{0,80}?(?:\\[A-Za-z]+|[_^])[^$\n]{0,80}?\$
    | \{(?=[^{}]{0,60}[A-Z])[A-Za-z][\w-]{0,60}(?:\ [A-Za-z][\w-]{0,30}){0,3}\}
    | (?<=\d)--(?=\d)
    """,
    re.VERBOSE,
)
_ABOUT_LATEX = re.compile(r"\\?(?:La|Xe|Bib|Lua)?TeX\b", re.IGNORECASE)


@rule(
    "T605",
    "latex-in-ris",
    Severity.INFORMATION,
    watches=fields(*_TAGS),
    formats=("ris",),
    needs="\\{$",
    fixes=(SAFE,),
)
def latex_in_ris(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Each run of LaTeX by itself."""
    text = context.text
    if not _HAS_LATEX.search(text, *field.value):
        return
    for piece in field.pieces:
        content = text[piece.start : piece.end]
        if _ABOUT_LATEX.search(content) or "$$" in content:
            continue
        for match in _RUN.finditer(content):
            found = match.group()
            # `{` belongs to the run when its `}` does.
            cut = found.startswith("{") and found.count("{") > found.count("}")
            more = found.endswith("}") and found.count("}") > found.count("{")
            found = found[cut : len(found) - more]
            span = Span(piece.start + match.start() + cut, piece.start + match.end() - more)
            decoded = decode_text(found)
            plain = plain_text(decoded)
            if any(Style.VERBATIM in run.style for run in decoded) or plain == found or not plain:
                continue
            fix = safe_fix(f"Write {plain}", Edit(*span, plain))
            yield Report(span, f"{quoted(found)} is LaTeX", (fix,))
