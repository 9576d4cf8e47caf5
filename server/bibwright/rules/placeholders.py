"""Words that programs write for "there is no value", and where they may be meant all the same."""

from __future__ import annotations

from functools import lru_cache

from bibwright.rules.words import word_set

_WORDS = word_set("null none nan na n/a undefined")
_PLACEHOLDERS = (
    _WORDS
    | {f"{word}{dash}{word}" for word in _WORDS for dash in ("-", "--", "–")}
    | word_set("unknown tbd ? ?? ??? - -- 1/1/0001 0")
    | {"[object object]"}
)
#: With their delimiters and in lower case: every field is asked, and this takes one look-up.
WRITTEN_PLACEHOLDERS = _PLACEHOLDERS | {form.format(value) for value in _PLACEHOLDERS for form in ("{{{}}}", '"{}"')}
LONGEST_PLACEHOLDER = max(map(len, WRITTEN_PLACEHOLDERS))
#: In names, titles and keywords the word may be meant: there are people called Null, and sodium is Na.
PERHAPS_MEANT = word_set("""
    author editor translator editora editorb editorc bookauthor afterword commentator foreword introduction holder
    title subtitle booktitle maintitle journal journaltitle shortjournal series shorttitle eventtitle abstract note
    keywords au a1 a2 a3 a4 ed ta ti t1 t2 t3 ct bt jf jo ja j1 j2 st tt ab n1 n2 kw
""")
_AROUND_VALUES = '{}" \t\r\n'


@lru_cache(maxsize=4096)
def says_nothing(name: str, written: str) -> bool:
    """Whether a value with its delimiters is empty or a placeholder, in a field with this name (lower case)."""
    if len(written) > LONGEST_PLACEHOLDER:
        return False
    if not written.strip(_AROUND_VALUES):
        return True
    return name not in PERHAPS_MEANT and written.lower() in WRITTEN_PLACEHOLDERS


def is_placeholder_value(value: str) -> bool:
    """Whether a value without its delimiters is a word for no value."""
    return len(value) <= LONGEST_PLACEHOLDER and value.lower() in _PLACEHOLDERS
