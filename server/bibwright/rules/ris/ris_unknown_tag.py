"""A tag is in no specification of RIS.

Programs ignore its value. A tag that looks like a known one is probably a misprint of it.

Bad::

    TY  - BOOK
    IT  - On Trees
    ER  -

Good::

    TY  - BOOK
    TI  - On Trees
    ER  -
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import ENTRIES, UNSAFE, Context, Report, rule
from bibwright.formats.ris.schema import KNOWN_TAGS, VENDOR_TAGS
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

#: Characters that are taken for one another, as typed and as meant.
_LOOKALIKES = (("l", "I"), ("l", "1"), ("0", "O"), ("5", "S"))
#: The tags that everybody uses. Any two letters are one edit away from a dozen tags, so that only these are proposed.
_COMMON = word_set("TY TI T1 T2 AU A1 ED PY Y1 DA VL IS SP EP JO JF PB CY SN DO UR AB KW N1 ER")
#: Tags that programs have written by mistake.
_MISTAKEN = {"VO": "VL"}


@rule("S205", "ris-unknown-tag", Severity.INFORMATION, watches=ENTRIES, formats=("ris",), fixes=(UNSAFE,))
def ris_unknown_tag(context: Context, entry: Entry) -> Iterator[Report]:
    """Each tag once a record; tags that databases add are one hint together."""
    text = context.text
    names = [text[field.name.start : field.name.end] for field in entry.fields]
    if KNOWN_TAGS.issuperset(names):
        return
    unknown: dict[str, Field] = {}
    for name, field in zip(names, entry.fields, strict=True):
        if name.upper() not in KNOWN_TAGS:
            unknown.setdefault(name, field)
    vendors = [name for name in unknown if name in VENDOR_TAGS]
    if vendors:
        which = "the tag" if len(vendors) == 1 else "the tags"
        message = f"{which} {', '.join(vendors)}: known to the database it came from, not to RIS"
        yield Report(unknown[vendors[0]].name, message, severity=Severity.HINT)
    for name, field in unknown.items():
        if name in VENDOR_TAGS:
            continue
        meant = _meant(name, frozenset(names))
        if meant is None:
            yield Report(field.name, f'RIS has no tag "{name}"')
        else:
            fix = unsafe_fix(f"Write {meant}", Edit(*field.name, meant))
            message = f'RIS has no tag "{name}", perhaps {meant} is meant'
            yield Report(field.name, message, (fix,), severity=Severity.WARNING)


def _meant(name: str, present: frozenset[str]) -> str | None:
    """The first tag, absent from the record, that this is when its letters are swapped or taken for others."""
    lookalikes = (name.replace(wrong, right) for wrong, right in _LOOKALIKES if wrong in name)
    proposed = (_MISTAKEN.get(name, ""), *lookalikes, name[1] + name[0])
    return next((tag for tag in proposed if tag in _COMMON and tag not in present), None)
