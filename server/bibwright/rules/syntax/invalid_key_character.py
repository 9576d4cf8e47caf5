r"""A citation key has a character that programs do not accept in a key.

biber loses an entry whose key has a blank, a quote, a parenthesis or one of the characters that mean something to
TeX. An apostrophe alone is no fault in a file for BibTeX. Letters outside ASCII are only a problem of the older
`bibtex` program; of these the rule merely informs, and in a file for biblatex it says nothing.

Bad::

    @misc{smith 2020,
      title = {On Trees}
    }

Good::

    @misc{smith_2020,
      title = {On Trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.formats.bibtex.keys import ascii_letters
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit, Span

#: Lone surrogates stand for bytes that are not UTF-8, which another rule reports.
_OFFENDING = re.compile(r"""[,{}"\#%~\\()='\s]+|[^\x00-\x7f\ud800-\udfff]+""")

_LONGEST_KEY = 200


@rule("S106", "invalid-key-character", Severity.ERROR, watches=ENTRIES, formats=("bibtex",), fixes=(UNSAFE,))
def invalid_key_character(context: Context, entry: Entry) -> Iterator[Report]:
    """Each run of such characters is reported."""
    if entry.key is None:
        return
    key = entry.key.of(context.text)
    for match in _OFFENDING.finditer(key):
        run = match.group()
        span = Span(entry.key.start + match.start(), entry.key.start + match.end())
        if run.isascii():
            inside = match.start() > 0 and match.end() < len(key)
            substitute = "_" if inside and run.isspace() else ""
            message = "blanks are not allowed in a citation key" if run.isspace() else _not_allowed(run)
            harmless = context.dialect == "bibtex" and not run.strip("'")
            severity = Severity.INFORMATION if harmless else Severity.ERROR
        elif context.dialect == "biblatex":
            continue
        else:
            substitute = ascii_letters(run)
            message = f"older programs do not accept {quoted(run)} in a citation key, only ASCII"
            severity = Severity.INFORMATION
        if len(key) > _LONGEST_KEY:
            # Not a key but a line that lost its comma: one report, and nothing to be made of it.
            yield Report(span, message, severity=severity)
            return
        changed = key[: match.start()] + substitute + key[match.end() :]
        fixes: tuple[Fix, ...] = ()
        if changed and (run.isascii() or substitute):
            fixes = (unsafe_fix(f"Write the key as {changed}", Edit(*span, substitute)),)
        yield Report(span, message, fixes, severity=severity)


def _not_allowed(run: str) -> str:
    return f"{' '.join(run.split())} is not allowed in a citation key"
