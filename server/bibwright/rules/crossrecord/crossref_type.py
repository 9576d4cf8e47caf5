"""The entry that a cross-reference names is of a type that cannot hold this one.

An article is part of a periodical, a paper of proceedings, a chapter of a book or a collection. Between other types
biblatex does not turn the title of the whole into the title that the part needs, and neither does BibTeX: the entry is
printed without it.

An entry that has that title itself, or inherits it under its right name (`booktitle` in the whole), is not reported.

Bad::

    @article{doe2020,
      title = {On Leaves},
      crossref = {trees2020}
    }

    @book{trees2020,
      title = {Trees}
    }

Good::

    @inbook{doe2020,
      title = {On Leaves},
      crossref = {trees2020}
    }

    @book{trees2020,
      title = {Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.rule import Context, Report, fields, rule
from bibwright.formats.bibtex.schema import canonical_type, schema
from bibwright.rules.crossrecord.named_keys import named_keys
from bibwright.rules.quoting import quoted
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field

#: By the canonical type of a part, the canonical field that holds the title of the whole.
_TITLE_OF_WHOLE = {"article": "journaltitle", "inbook": "booktitle", "incollection": "booktitle"} | {
    "inproceedings": "booktitle"
}
#: Types that say nothing about what they are.
_ANYTHING = word_set("misc xdata set online")


@rule("X707", "crossref-type", Severity.HINT, watches=fields("crossref"), formats=("bibtex",))
def crossref_type(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Reported at the key, where both types are known."""
    if entry.type is None:
        return
    written = entry.type.of(context.text)
    part = canonical_type(written)
    title = _TITLE_OF_WHOLE.get(part)
    if title is None or context.field_of(entry, title, "journal") is not None:
        return
    for key, span in named_keys(context, field):
        found = context.find_first("key", key.lower())
        if found is None:
            continue
        parent_type, *present = found.fact.detail.split(" ")
        whole = canonical_type(parent_type)
        if whole not in schema().types or whole in _ANYTHING or title in present or whole == part:
            continue
        if not any(whole in way.parents and part in way.children for way in schema().inheritance):
            message = f"the entry {quoted(key)} is of the type {parent_type}, which gives no title to {written.lower()}"
            yield Report(span, message)
