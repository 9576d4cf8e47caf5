"""Sample records, which rules print in the style of a project: a library has few different sets of fields."""

from __future__ import annotations

from functools import lru_cache

from bibwright.analysis.rule import Context
from bibwright.formats import FORMATS
from bibwright.formats.format import NoResolver
from bibwright.model.record import Record
from bibwright.rules.placeholders import LONGEST_PLACEHOLDER, says_nothing
from bibwright.syntax.nodes import Entry

_SAMPLES = {
    **dict.fromkeys(("author", "editor", "translator", "bookauthor"), "Sample, Ada and Other, Bo"),
    **dict.fromkeys(("year", "date"), "2000"),
    **dict.fromkeys(("volume", "number", "issue", "edition", "chapter", "volumes", "pagetotal"), "4"),
    "month": "5",
    "pages": "11--19",
    "doi": "10.1000/182",
    "url": "https://example.org",
    "urldate": "2001-02-03",
}


def filled_fields(context: Context, entry: Entry) -> tuple[str, ...]:
    """The names, in small letters and sorted, of the fields of an entry that say something."""
    return tuple(
        sorted(
            name
            for name, field in context.fields_by_name(entry).items()
            if field.value.end - field.value.start > LONGEST_PLACEHOLDER
            or not says_nothing(name, field.value.of(context.text))
        )
    )


@lru_cache(maxsize=2048)
def sample_record(entry_type: str, names: tuple[str, ...]) -> Record | None:
    """A record with these fields; None where the type or a name cannot be written."""
    sample = "".join(f" {name} = {{{_SAMPLES.get(name, 'Sample')}}}," for name in names)
    text = f"@{entry_type}{{sample,{sample}}}"
    format = FORMATS["bibtex"]
    entries = format.parse(text).entries
    return format.read_entry(text, entries[0], NoResolver()) if len(entries) == 1 else None
