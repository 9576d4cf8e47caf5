"""The state of publication is not one of biblatex's keys.

A key (`inpress`, `submitted`) is printed in the language of the document; any other text as it stands. Off by
default: the text may be meant.

Bad::

    @article{smith2020,
      pubstate = {in press}
    }

Good::

    @article{smith2020,
      pubstate = {inpress}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.values.keys_of_values import report_unknown_key
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field

_KEYS = word_set("inpreparation submitted forthcoming inpress prepublished")
_MEANINGS = {
    "preprint": "prepublished",
    "toappear": "forthcoming",
    "accepted": "inpress",
    "aheadofprint": "prepublished",
    "epubaheadofprint": "prepublished",
    "onlinefirst": "prepublished",
    "inprep": "inpreparation",
    "underreview": "submitted",
}


@rule(
    "V424",
    "pubstate-key",
    Severity.HINT,
    watches=fields("pubstate"),
    formats=("bibtex",),
    default=False,
    fixes=(UNSAFE,),
)
def pubstate_key(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Any text that is no key."""
    yield from report_unknown_key(context, field, _KEYS, _MEANINGS, strict=True)
