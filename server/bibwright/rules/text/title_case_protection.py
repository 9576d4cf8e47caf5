"""Capitals of a title are not protected by braces.

Most BibTeX styles print titles in small letters but for the first, and `DNA` becomes `dna`. Braces keep the case of
what they hold. Off by default: styles of biblatex, and BibTeX styles that leave titles alone, need no braces, and which
words are names only the author knows.

Bad::

    @article{smith2020,
      title = {The structure of DNA}
    }

Good::

    @article{smith2020,
      title = {The structure of {DNA}}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.text.protection import find_unprotected
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit


@rule(
    "T607",
    "title-case-protection",
    Severity.HINT,
    watches=fields("title"),
    formats=("bibtex",),
    default=False,
    fixes=(UNSAFE,),
)
def title_case_protection(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Silent in files for biblatex, and in titles that are all capitals."""
    if context.dialect == "biblatex":
        return
    for span in find_unprotected(context, field):
        word = span.of(context.text)
        fix = unsafe_fix("Put it in braces", Edit(*span, "{" + word + "}"))
        yield Report(span, f"the capitals of {quoted(word)} are not protected", (fix,))
