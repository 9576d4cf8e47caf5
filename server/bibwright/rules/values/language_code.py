"""A language is not named as babel names it.

biblatex chooses hyphenation and words by `langid`, which must be a name that babel knows (`english`, `ngerman`); with
any other it does nothing. `language` is translated when it is such a name, and printed as it stands when it is a code.
Other programs do read codes, so that only files for biblatex are looked at.

Bad::

    % !BIB program = biber
    @book{smith2020,
      langid = {en}
    }

Good::

    % !BIB program = biber
    @book{smith2020,
      langid = {english}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, lru_cache

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.schema import schema
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_span
from bibwright.rules.words import word_set
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

#: What babel and polyglossia know beyond the languages of the schema.
_MORE_NAMES = word_set("""
    acadian afrikaans albanian amharic armenian assamese asturian australian azerbaijani bahasa bahasai bahasam basque
    belarusian bengali bokmal bosnian brazil breton bulgarian canadian canadien catalan classicgreek
    classiclatin croatian ecclesiasticlatin esperanto estonian ethiopic farsi faroese flemish frenchb friulan
    friulian gaelic galician georgian germanb gujarati hebrew hindi icelandic indon indonesian interlingua irish
    kannada khmer kurdish kurmanji lao latvian lithuanian lowersorbian lsorbian macedonian magyar malay malayalam
    maltese marathi medievallatin meyalu mexican mongolian naustrian newzealand nko norwegian nswissgerman occitan oriya
    pali persian piedmontese polutonikogreek portuges punjabi romanian romansh russianb sami samin sanskrit scottish
    scottishgaelic serbian serbianc slovene slovenian spanishmx swissgerman syriac tagalog tamil telugu thai tibetan
    turkmen ukraineb uighur uppersorbian urdu usorbian uyghur vietnamese welsh
""")
#: The codes of three letters, for the languages that publishers and libraries write so.
_THREE_LETTERS = {
    "eng": "english",
    "ger": "german",
    "deu": "german",
    "fre": "french",
    "fra": "french",
    "spa": "spanish",
    "ita": "italian",
    "por": "portuguese",
    "dut": "dutch",
    "nld": "dutch",
    "rus": "russian",
    "pol": "polish",
    "lat": "latin",
    "kor": "korean",
    "jpn": "japanese",
    "chi": "chinese",
    "zho": "chinese",
}
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_NAME = re.compile(r"[A-Za-z]{3,20}")


@rule(
    "V423",
    "language-code",
    Severity.HINT,
    watches=fields("language", "langid", "hyphenation"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def language_code(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """`language` takes any text, so only a code is reported there."""
    span = plain_span(context, field)
    of_language = field.name.of(context.text).lower() == "language"
    if span is None or context.dialect != "biblatex":
        return
    value = span.of(context.text)
    if value in _names() or is_placeholder_value(value):
        return
    name = _name_of_code(value) if _CODE.fullmatch(value) else None
    if of_language and name is None:
        return
    if name is None and _NAME.fullmatch(value):
        name = _nearest_name(value.lower())
    fixes: tuple[Fix, ...] = (unsafe_fix(f"Write {name}", Edit(*span, name)),) if name else ()
    if of_language:
        yield Report(span, f"{quoted(value)} is a code, expected the name of the language", fixes)
    else:
        yield Report(span, f"{quoted(value)} is no language that babel knows", fixes)


@cache
def _names() -> frozenset[str]:
    return _MORE_NAMES | frozenset(schema().languages)


@lru_cache(maxsize=256)
def _nearest_name(word: str) -> str | None:
    return next(iter(get_close_matches(word, sorted(_names()), n=1, cutoff=0.75)), None)


@lru_cache(maxsize=256)
def _name_of_code(code: str) -> str | None:
    wanted = code.replace("_", "-").lower()
    found = {known.lower(): name for name, known in reversed(schema().languages.items())}
    return found.get(wanted) or found.get(wanted.split("-")[0]) or _THREE_LETTERS.get(wanted)
