"""Locales: the words, date formats and habits of a language, and a style's changes to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from bibwright.csl.locale_source import DEFAULT_LANGUAGE, LocaleSource, nearest_names, packaged_locales
from bibwright.csl.xml_tree import XML_LANG, Node, parse_xml

#: Where a form of a term is missing, the next one stands in (CSL 1.0.2, Terms).
_NEXT_FORM = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


class Term(NamedTuple):
    """A word of the locale in its numbers; `match` is how ordinal suffixes are chosen."""

    single: str
    multiple: str
    gender: str = ""
    match: str = ""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language's terms by name, form and gender form; its dates by form; its habits."""

    lang: str
    terms: dict[tuple[str, str, str], Term]
    dates: dict[str, Node]
    punctuation_in_quote: bool = False
    limit_day_ordinals: bool = False

    @property
    def straight_quotes(self) -> bool:
        """Quotation marks are typewriter ones: then the text of fields keeps its own, too."""
        return self.term("open-quote") == '"'

    def term(self, name: str, form: str = "long", *, plural: bool = False, gender: str = "") -> str | None:
        """The term in this form or the one that stands in for it; None when the locale has none."""
        found = self.find_term(name, form, gender)
        if found is None:
            return None
        return found.multiple if plural else found.single

    def find_term(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """As `term`, with all that is known of it."""
        wanted: str | None = form
        while wanted:
            found = self.terms.get((name, wanted, gender)) or self.terms.get((name, wanted, ""))
            if found:
                return found
            wanted = _NEXT_FORM.get(wanted)
        return None


@cache
def load_locale(lang: str, source: LocaleSource = packaged_locales) -> Locale:
    """The locale nearest to `lang`: its dialect, its language, at last American English, which fills the gaps."""
    names = nearest_names(lang)
    name, xml = next((name, xml) for name in names if (xml := source(name)) is not None)
    if name == DEFAULT_LANGUAGE:
        base = Locale(DEFAULT_LANGUAGE, {}, {})
    else:
        base = load_locale(DEFAULT_LANGUAGE, source)
        base = replace(base, punctuation_in_quote=False, limit_day_ordinals=False)
    locale = read_locale(base, parse_xml(xml, name))
    return replace(locale, lang=lang or DEFAULT_LANGUAGE)


def read_locale(base: Locale, node: Node) -> Locale:
    """`base` with what the `locale` element `node` says instead."""
    terms = dict(base.terms)
    dates = dict(base.dates)
    options: dict[str, str] = {}
    for child in node.children:
        if child.tag == "terms":
            _read_terms(terms, child)
        elif child.tag == "date":
            dates[child.get("form", "text")] = child
        elif child.tag == "style-options":
            options |= child.attributes
    in_quote = options.get("punctuation-in-quote")
    limited = options.get("limit-day-ordinals-to-day-1")
    return replace(
        base,
        terms=terms,
        dates=dates,
        punctuation_in_quote=base.punctuation_in_quote if in_quote is None else in_quote == "true",
        limit_day_ordinals=base.limit_day_ordinals if limited is None else limited == "true",
    )


def style_locale(style: Node, lang: str, source: LocaleSource = packaged_locales) -> Locale:
    """The locale `lang` as the style's own `locale` elements change it, the more particular last."""
    locale = load_locale(lang, source)
    own = [child for child in style.children if child.tag == "locale"]
    for wanted in ("", lang.partition("-")[0], lang):
        for node in own:
            if node.get(XML_LANG) == wanted:
                locale = read_locale(locale, node)
        if wanted == lang:
            break
    return locale


def _read_terms(terms: dict[tuple[str, str, str], Term], node: Node) -> None:
    fresh = [child for child in node.children if child.tag == "term"]
    if any(child.get("name") == "ordinal" for child in fresh):
        # With `ordinal`, ordinals replace each other as a set: alone it means that all numbers have it.
        for key in [key for key in terms if _is_ordinal(key[0])]:
            del terms[key]
    for child in fresh:
        single, multiple = child.find("single"), child.find("multiple")
        one = single.text if single else child.text
        many = multiple.text if multiple else one
        key = (child.get("name"), child.get("form", "long"), child.get("gender-form"))
        terms[key] = Term(one, many, child.get("gender"), child.get("match"))


def _is_ordinal(name: str) -> bool:
    return name == "ordinal" or (name.startswith("ordinal-") and name[8:].isdigit())
