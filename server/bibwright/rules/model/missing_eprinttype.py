"""An identifier of arXiv stands in `eprint` and nothing says that it is one, or arXiv is named without identifier.

Styles need both to print `arXiv:2001.01234` and to link to it: the name of the archive in `archiveprefix`, which
biblatex calls `eprinttype`, and the identifier in `eprint`.

Bad::

    @misc{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      eprint = {2001.01234},
      year = {2020}
    }

Good::

    @misc{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      eprint = {2001.01234},
      archiveprefix = {arXiv},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.entries import insert_field_behind
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_value
from bibwright.syntax.nodes import Entry, Field, value_text

_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = (
    r"(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin|nucl-(?:ex|th)|physics|quant-ph|math|cs|q-bio|stat)"
    r"(?:\.[A-Z]{2})?/\d{7}"
)
_ARXIV = re.compile(rf"(?:arxiv:\s*)?(?:{_NEW}|{_OLD})(?:v\d{{1,2}})?", re.IGNORECASE)
_IN_ADDRESS = re.compile(rf"(?:arxiv\.org/(?:abs|pdf)/|10\.48550/arxiv\.|arxiv:\s?)({_NEW}|{_OLD})", re.IGNORECASE)


@rule(
    "M309",
    "missing-eprinttype",
    Severity.INFORMATION,
    watches=fields("eprint", "archiveprefix", "eprinttype"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def missing_eprinttype(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """What is no identifier of arXiv may belong to any archive."""
    written = field.name.of(context.text)
    value = plain_value(context, field)
    if written.lower() == "eprint":
        if _ARXIV.fullmatch(value) is None or context.field_of(entry, "archiveprefix", "eprinttype") is not None:
            return
        name, archive = ("eprinttype", "arxiv") if context.dialect == "biblatex" else ("archiveprefix", "arXiv")
        edit = insert_field_behind(context, entry, field, name, archive)
        fixes = (unsafe_fix(f"Add {name} = {archive}", edit),) if edit is not None else ()
        yield Report(field.name, f"nothing says that the eprint {quoted(value)} is in arXiv", fixes)
    elif value.lower() == "arxiv" and context.field_of(entry, "eprint") is None:
        identifier = _identifier_elsewhere(context, entry)
        edit = insert_field_behind(context, entry, field, "eprint", identifier) if identifier else None
        fixes = (unsafe_fix(f"Add eprint = {identifier}", edit),) if edit is not None else ()
        yield Report(field.name, f"{written} names arXiv, but no eprint says which paper", fixes)


def _identifier_elsewhere(context: Context, entry: Entry) -> str:
    """The identifier that an address, a DOI or the name of the journal contains."""
    for name in ("url", "doi", "journal", "journaltitle", "note", "howpublished"):
        field = context.field_of(entry, name)
        found = _IN_ADDRESS.search(value_text(context.text, field)[:500]) if field is not None else None
        if found is not None:
            return found.group(1)
    return ""
