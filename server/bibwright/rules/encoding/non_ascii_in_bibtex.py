r"""A value has characters outside ASCII, and the file is for BibTeX.

The `bibtex` program knows no characters, only bytes: it sorts such letters behind z, and cuts them in two where a style
abbreviates a name. biber and newer versions of BibTeX do not mind, so this rule is off unless asked for, and applies
only to files that are known to be for BibTeX. What LaTeX has no command for is reported without a fix.

Bad::

    % !BIB program = bibtex
    @misc{mueller2020,
      author = {Müller, Jörg}
    }

Good::

    % !BIB program = bibtex
    @misc{mueller2020,
      author = {M{\"u}ller, J{\"o}rg}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import ALL_FIELDS, UNSAFE, Context, Report, rule
from bibwright.formats.bibtex.latex_ascii import encode_ascii
from bibwright.rules.encoding.verbatim import is_verbatim
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit, Span

#: A letter belongs to the accent that combines with it.
_RUN = re.compile(r"(?:[A-Za-z](?=[\u0300-\u036f]))?[^\x00-\x7f]+")


@rule(
    "E904",
    "non-ascii-in-bibtex",
    Severity.HINT,
    watches=ALL_FIELDS,
    formats=("bibtex",),
    default=False,
    fixes=(UNSAFE,),
    non_ascii=True,
)
def non_ascii_in_bibtex(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """One report for a field, from the first such character to the last."""
    value = field.value.of(context.text)
    if value.isascii() or context.dialect != "bibtex" or is_verbatim(context, field):
        return
    runs = [Span(field.value.start + match.start(), field.value.start + match.end()) for match in _RUN.finditer(value)]
    encoded = [encode_ascii(run.of(context.text)) for run in runs]
    fixes: tuple[Fix, ...] = ()
    # In a formula accents have other names.
    if "$" not in value and all(encoded) and not context.is_cut(entry):
        edits = [Edit(*run, latex) for run, latex in zip(runs, encoded, strict=True) if latex]
        fixes = (unsafe_fix("Write LaTeX commands", *edits),)
    more = f" and {len(runs) - 1} more" if len(runs) > 1 else ""
    message = f"the older bibtex program does not know {quoted(runs[0].of(context.text))}{more}, only ASCII"
    yield Report(Span(runs[0].start, runs[-1].end), message, fixes)
