"""The entry type is one of biblatex in a file for BibTeX.

BibTeX's styles know neither `@online` nor `@thesis` and print such entries as `@misc`, without the school or the kind
of thesis. The other way round nothing is lost, since biblatex reads `@phdthesis` as another name for `@thesis`, so that
nothing is said; nor where the dialect is not known, nor of types that styles such as IEEEtran have too.

Bad::

    % !BIB program = bibtex

    @thesis{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      type = {phdthesis},
      school = {University of the Woods},
      year = {2020}
    }

Good::

    % !BIB program = bibtex

    @phdthesis{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      school = {University of the Woods},
      year = {2020}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.formats.bibtex.datamodel import types_of_biblatex
from bibwright.formats.bibtex.schema import EntryType, schema, thesis_kind
from bibwright.rules.values.plain import delete_fix, plain_span, plain_value
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit

#: What BibTeX calls the kinds of theses; the others are said in `type`.
_THESES = {
    "phdthesis": "phdthesis",
    "candthesis": "phdthesis",
    "mathesis": "mastersthesis",
    "bathesis": "mastersthesis",
}


@rule("M306", "wrong-dialect-type", Severity.INFORMATION, watches=ENTRIES, formats=("bibtex",), fixes=(UNSAFE,))
def wrong_dialect_type(context: Context, entry: Entry) -> Iterator[Report]:
    """Only where the dialect is known."""
    if entry.type is None:
        return
    written = entry.type.of(context.text)
    name = written.lower()
    if name not in types_of_biblatex() or name in context.options.entry_types or context.dialect != "bibtex":
        return
    meant = _in_bibtex(context, entry, schema().types[name])
    fix = unsafe_fix(f"Write @{meant}", Edit(*entry.type, meant), *_type_edits(context, entry, meant))
    yield Report(entry.type, f"BibTeX has no entry type @{written}, only biblatex", (fix,))


def _in_bibtex(context: Context, entry: Entry, known: EntryType) -> str:
    """BibTeX's name for the type."""
    kind = plain_value(context, context.field_of(entry, "type")).lower()
    if known.name == "thesis":
        return _THESES.get(thesis_kind(kind), "phdthesis")
    canonical = schema().types[known.alias] if known.alias else known
    return canonical.bibtex or canonical.name


def _type_edits(context: Context, entry: Entry, meant: str) -> tuple[Edit, ...]:
    """Take away the key for the kind of work, which the new name says itself, or write it out."""
    field = context.field_of(entry, "type")
    span = plain_span(context, field) if field is not None else None
    if field is None or span is None:
        return ()
    kind = span.of(context.text).lower()
    if schema().types[meant].genre == kind:
        return tuple(edit for fix in delete_fix(context, entry, field, safe=False) for edit in fix.edits)
    return (Edit(*span, schema().kinds[kind]),) if kind in schema().kinds else ()
