"""Values that biblatex translates when they are one of its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

from bibwright.analysis.diagnostics import Fix, unsafe_fix
from bibwright.analysis.rule import Context, Report
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_span
from bibwright.syntax.nodes import Field
from bibwright.text.spans import Edit

_NO_LETTER = re.compile(r"[\W_]+")
#: Longer than this it is text and not meant for a key.
_LONGEST_KEY = 40


def report_unknown_key(
    context: Context, field: Field, keys: frozenset[str], meanings: Mapping[str, str], *, strict: bool
) -> Iterator[Report]:
    """The value is none of the keys; `meanings` gives the key for a text without blanks and marks, in lower case.

    Unless it is `strict`, any other text is a value like others, and only one that means a key is reported.
    """
    span = plain_span(context, field)
    if span is None:
        return
    value = span.of(context.text)
    if value in keys or len(value) > _LONGEST_KEY or "\\" in value or is_placeholder_value(value):
        return
    bare = _NO_LETTER.sub("", value.lower())
    key = meanings.get(bare, bare if bare in keys else None)
    if key is None and len(bare) > 3:
        key = _nearest(bare, keys)
    if key is None and not strict:
        return
    fixes: tuple[Fix, ...] = (unsafe_fix(f"Write {key}", Edit(*span, key)),) if key else ()
    expected = f"expected {key}" if key else f"expected one of {', '.join(sorted(keys))}"
    yield Report(span, f"{quoted(value)} is no key that biblatex translates, {expected}", fixes)


@lru_cache(maxsize=256)
def _nearest(word: str, keys: frozenset[str]) -> str | None:
    return next(iter(get_close_matches(word, sorted(keys), n=1, cutoff=0.85)), None)
