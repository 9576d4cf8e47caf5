"""The citation style of the project would print the capitals of a word small.

Where a LaTeX, Markdown, Quarto or Typst document names the file and says its citation style, that style is asked: it
prints a title with capitals, and where none are left, those of acronyms and inside words (`DNA`, `eBay`) are told.
Braces keep them. The official styles print titles as they are written, so this is about styles of one's own. What
BibTeX's own styles do is another matter, for which there is `title-case-protection` (T607).

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
from functools import lru_cache

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.options import StyleInUse
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.csl.lost_capitals import find_lowered
from bibwright.rules.model.samples import filled_fields, sample_record
from bibwright.rules.quoting import quoted
from bibwright.rules.text.protection import find_unprotected
from bibwright.syntax.nodes import Entry
from bibwright.text.spans import Edit

#: The fields that a variable is made of.
_FIELDS = {
    "title": ("title", "subtitle"),
    "container-title": (
        *("journal", "journaltitle", "journalsubtitle", "booktitle", "booksubtitle", "maintitle", "mainsubtitle"),
    ),
    "collection-title": ("series",),
}


@rule(
    "M321",
    "capitals-lost-by-style",
    Severity.INFORMATION,
    watches=ENTRIES,
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def capitals_lost_by_style(context: Context, entry: Entry) -> Iterator[Report]:
    """One report for each word."""
    style = context.options.style
    if style is None or entry.type is None or context.is_cut(entry):
        return
    entry_type = entry.type.of(context.text).lower()
    by_name = context.fields_by_name(entry)
    for variable in _lowered(style, entry_type, filled_fields(context, entry)):
        for name in _FIELDS[variable]:
            field = by_name.get(name)
            for span in find_unprotected(context, field) if field is not None else ():
                word = span.of(context.text)
                fix = unsafe_fix("Put it in braces", Edit(*span, "{" + word + "}"))
                told = f"{quoted(style.name)}, the {style.told_by}, would print {quoted(word)} in small letters"
                yield Report(span, told, (fix,))


@lru_cache(maxsize=2048)
def _lowered(style: StyleInUse, entry_type: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The variables whose capitals the style loses."""
    record = sample_record(entry_type, names)
    asked = [variable for variable in _FIELDS if variable in record.texts] if record is not None else []
    compiled = style.load() if asked else None
    return tuple(find_lowered(compiled, record, asked)) if compiled is not None and record is not None else ()
