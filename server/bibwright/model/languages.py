"""Languages as databases write them, in words or as codes of three letters, and the tags of BCP 47 that CSL has."""

from __future__ import annotations

from functools import cache

#: The tag, the codes of three letters (ISO 639-2, both of them where there are two), and the name in English.
_LANGUAGES = """
af afr afrikaans
ar ara arabic
bg bul bulgarian
ca cat catalan
cs cze ces czech
da dan danish
de ger deu german
el gre ell greek
en eng english
es spa spanish castilian
et est estonian
eu baq eus basque
fa per fas persian farsi
fi fin finnish
fr fre fra french
gl glg galician
he heb hebrew
hi hin hindi
hr hrv croatian
hu hun hungarian
hy arm hye armenian
id ind indonesian
is ice isl icelandic
it ita italian
ja jpn japanese
ka geo kat georgian
ko kor korean
la lat latin
lt lit lithuanian
lv lav latvian
mk mac mkd macedonian
ms may msa malay
nb nob bokmål
nl dut nld dutch flemish
nn nno nynorsk
no nor norwegian
pl pol polish
pt por portuguese
ro rum ron romanian
ru rus russian
sk slo slk slovak
sl slv slovenian
sr srp serbian
sv swe swedish
th tha thai
tr tur turkish
uk ukr ukrainian
ur urd urdu
vi vie vietnamese
zh chi zho chinese
"""


@cache
def _tags() -> dict[str, str]:
    lines = (line.split() for line in _LANGUAGES.split("\n") if line)
    return {word: tag for tag, *words in lines for word in words}


def language_tag(text: str) -> str:
    """The tag of the language that a word or code names (`English`, `eng`); any other text as it stands."""
    return _tags().get(text.strip().lower(), text)
