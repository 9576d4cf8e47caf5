"""The title of the journal stands only in a tag for its abbreviation.

Zotero and other programs take `JO`, `JA` and `J2` for the abbreviated title and the record then has no journal. In
the specification of 2001 `JO` was the full title, so the tag is not wrong, but `T2` is understood everywhere.

Bad::

    TY  - JOUR
    JO  - Journal of Trees
    ER  -

Good::

    TY  - JOUR
    JO  - Journal of Trees
    T2  - Journal of Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.syntax.nodes import Entry, Field, field_name, value_text
from bibwright.text.spans import Edit


@rule("M316", "ris-journal-tag", Severity.HINT, watches=fields("jo", "ja", "j2"), formats=("ris",), fixes=(UNSAFE,))
def ris_journal_tag(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """A title of several words without a full stop is not abbreviated."""
    text = context.text
    value = value_text(text, field)
    if len(value.split()) < 2 or "." in value or "\n" in value:
        return
    if entry.type is None or entry.type.of(text).upper() != "JOUR":
        return
    full = [one for name in ("t2", "jf") if (one := context.field_of(entry, name)) is not None]
    # A tag without a value tells nobody the title; and deleting it must not bring this up.
    if any(value_text(text, one).strip() for one in full) or context.field_of(entry, "jo", "ja", "j2") is not field:
        return
    tag = field_name(text, field).upper()
    title = "Give the title in T2 too"
    if (empty := context.field_of(entry, "t2")) is not None:
        end = max(empty.value.end, empty.separator.end)
        blank = "" if text[end - 1].isspace() else " "
        fix = unsafe_fix(title, Edit(end, end, blank + value))
    else:
        end = field.value.end
        fix = unsafe_fix(title, Edit(end, end, f"{context.line_end}T2  - {value}"))
    message = f"the journal {quoted(value)} stands only in {tag}, which many programs take for an abbreviation"
    yield Report(field.name, message, (fix,))
