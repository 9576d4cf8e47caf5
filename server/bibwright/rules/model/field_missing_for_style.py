"""An entry lacks a field that the citation style of its project would print.

What an entry must have depends on how it is printed: one style wants the place of a publisher, the next leaves it out.
Where a LaTeX, Markdown, Quarto or Typst document names the file and says its citation style, the style itself is asked:
it prints the entry with and without the field. Only fields that the data model does not demand anyway are told: volume
and pages of articles, pages of chapters, publisher or institution. The place of a publisher is none of them: many
styles print it where it is there, and few readers miss it. Nothing is said of what has not appeared yet, of articles in
newspapers or online, which have neither volume nor pages, of what is on the web and has no publisher, of those that
have a number in their place, of books before 1900, and of entries that inherit fields or have no title.

There is no fix, since nobody but the author knows the value.

Bad::

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      volume = {3},
      year = {2020}
    }

Good::

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Trees},
      volume = {3},
      pages = {1--9},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.options import StyleInUse
from bibwright.analysis.rule import ENTRIES, Context, Report, rule
from bibwright.csl.lacking import find_lacking
from bibwright.formats.bibtex.datamodel import demands_of
from bibwright.formats.bibtex.schema import Dialect, canonical_type, field_name_in
from bibwright.rules.model.samples import filled_fields, sample_record
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry

#: By the CSL type of the entry: the variable, and the field that holds it under biblatex's name.
_WORTH_TELLING = {
    "article-journal": (("volume", "volume"), ("page", "pages")),
    "book": (("publisher", "publisher"),),
    "chapter": (("page", "pages"), ("publisher", "publisher")),
    "report": (("publisher", "institution"),),
    "thesis": (("publisher", "institution"),),
}
_JOURNAL = ("journal", "journaltitle")
_TELLING = (*_JOURNAL, "title", "note", "date", "year")
#: With one of these the entry takes fields from elsewhere, has not appeared yet, or is found by other means.
_SILENCING = (
    *("crossref", "xdata", "pubstate", "options", "eprint", "howpublished", "entryset", "related", "xref"),
    "entrysubtype",
)
#: An article of a day is one of a newspaper, unless it has one of these.
_OF_A_JOURNAL = frozenset(("volume", "issn", "doi"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: Books of which many have no publisher, only a printer.
_OLD = re.compile(r"\W*(?:1[0-8]\d\d|\d{1,3}|-\d+)(?!\d)")
#: In a name of a journal: nothing that has a volume.
_UNPUBLISHED = re.compile(r"arxiv|rxiv|ssrn|preprint|submitted|in press|to appear|forthcoming|accepted", re.IGNORECASE)
_INSTEAD = {
    "volume": ("number", "issue"),
    "page": ("eid", "articleno", "article-number", "art_number", "number-of-pages", "pagetotal", "numpages", "chapter"),
    "publisher": ("organization", "school", "howpublished"),
}


@rule("M320", "field-missing-for-style", Severity.INFORMATION, watches=ENTRIES, formats=("bibtex",))
def field_missing_for_style(context: Context, entry: Entry) -> Iterator[Report]:
    """Reported once an entry, at its type."""
    style = context.options.style
    if style is None or entry.type is None or context.is_cut(entry):
        return
    if context.field_of(entry, *_SILENCING) is not None or _tells_why(context, entry):
        return
    written = entry.type.of(context.text)
    lacking = _lacking(style, written.lower(), filled_fields(context, entry), context.dialect)
    if lacking:
        listed = " and ".join((", ".join(lacking[:-1]), lacking[-1])) if len(lacking) > 1 else lacking[0]
        told = f"{quoted(style.name)}, the {style.told_by}, would print"
        yield Report(entry.type, f"@{written} lacks {listed}, which {told}")


def _tells_why(context: Context, entry: Entry) -> bool:
    """Whether other fields explain why something is lacking, or a lack of something else comes first."""
    by_name = context.fields_by_name(entry)
    values = {name: by_name[name].value.of(context.text) for name in _TELLING if name in by_name}
    if "title" not in values or any(_UNPUBLISHED.search(values.get(name, "")) for name in (*_JOURNAL, "note")):
        return True
    if any(name in values for name in _JOURNAL):
        return _DAY.search(values.get("date", "")) is not None and not by_name.keys() & _OF_A_JOURNAL
    return any(_OLD.match(values.get(name, "")) for name in ("date", "year"))


@lru_cache(maxsize=2048)
def _lacking(style: StyleInUse, entry_type: str, names: tuple[str, ...], dialect: str) -> tuple[str, ...]:
    """The fields to tell of, under the dialect's names. A library has few different sets of fields."""
    record = sample_record(entry_type, names)
    if record is None:
        return ()
    demanded = {name for group in demands_of(entry_type, dialect) for demand in group for name in demand.names}
    asked = {
        variable: field
        for variable, field in _WORTH_TELLING.get(record.type, ())
        if variable not in record.texts and field not in demanded and not set(_INSTEAD.get(variable, ())) & set(names)
    }
    if record.type == "article-journal" and "container-title" not in record.texts:
        return ()  # what it lacks first is its journal
    if "volume" in asked and ("URL" in record.texts or ("page" in asked and "DOI" in record.texts)):
        return ()  # it is online, not in print yet, or from a newspaper
    if "publisher" in asked and "URL" in record.texts:
        return ()  # a page of a website
    compiled = style.load() if asked else None
    if compiled is None:
        return ()
    kind = Dialect.BIBLATEX if dialect == "biblatex" else Dialect.BIBTEX
    own_type = canonical_type(entry_type)
    return tuple(field_name_in(asked[name], own_type, kind) for name in find_lacking(compiled, record, asked))
