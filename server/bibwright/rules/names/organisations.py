"""Telling the name of a group from the name of a person, by words that only groups have in their names."""

from __future__ import annotations

import re

from bibwright.rules.words import word_set

_WORDS = word_set("""
    africa air airlines alliance archive archives army associates association australia author authority authors
    automotive bank biobank board canada catholic charity china club coalition college commission committee community
    company conference congress consortium consultant consultants consulting contributor contributors council court
    data defence defense deutschland developer developers digital division education energy england environment europe
    exchange faculty forum foundation fund germany global gmbh google government group groups health holdings house
    inc industries initiative insurance international investigator investigators japan journal korea league llc ltd
    magazine media medical medicine microsoft ministerium ministry motor motors museum navy network observatory office
    orchestra panel parliament parties press public radio registry research resources revenue review rights school
    science sciences scotland secretariat section security software solutions staff state states studies study survey
    system systems task team teams technologies technology telecom telegraph telephone theatre times trialists trust
    union unit united watch wikipedia workers working world
    assemblée autorité ayuntamiento banca banco bundestag caisse comune conseil consejo conselho consiglio cour
    diputación direction estado gemeente gobierno governo junta koninklijke kurumu landtag monde médecins overheid
    rijksinstituut rijksoverheid senado syndicat sénat tribunal urząd verein vereniging yliopisto üniversitesi
    of the and for et und y e al für pour sans voor
""")
#: Beginnings of words in several languages.
_STEMS = word_set("""
    academ agenc agenzi akadem akadém anonym asocia associa bibliot bundes bureau center centr clinic collaborat
    comisi comité commissi corp department director editor electron federa forening fundaci fundaç fédéra förening
    hospital institu instytut istitut kommission kommun laborator librar ministeri ministerstw ministèr ministér
    nacional nation nazional news observato organisa organiza partner program project publish repubbl republi repúbl
    républ secretar servic sociedad societ società sociét statist stichting stiftung towarzystw universi université
    univerzit uniwersyt
""")
#: Ends of the long words that German and its neighbours write as one.
_ENDINGS = re.compile(
    r"...(?:amt|anstalt|behörde|dienst|gemeinschaft|genossenschaft|gesellschaft|gewerkschaft|hochschule|institut|kammer"
    r"|kommission|ministerium|myndigheten|rådet|stiftung|styrelsen|universität|verband|verein|verket|zentrale|zentrum"
    r"|(?:landes|national|riks|zentral)bank)\Z"
)
#: Some of these are family names too, but they are nobody's given name.
_FIRST_WORDS = word_set("""
    deutsche deutscher deutsches eidgenössische europäische kanton kantonale königliche polska royal schweizerische
    stadt sveriges vlaamse österreichische
""")
_WORD = re.compile(r"[^\W\d_]+")
#: No person's name has these.
_SIGN = re.compile(r"[&/\d;@:+]|^(?:EU|NHS|UK|Ville de) ")
_STEM = re.compile("|".join(sorted(_STEMS)))


def is_organisation(name: str) -> bool:
    """Whether a name has a word or sign that stands in no person's name."""
    # A lone capital is an initial: the conjunctions `y` and `e` are small.
    words = [word.lower() for word in _WORD.findall(name) if len(word) > 1 or word.islower()]
    return (
        not _WORDS.isdisjoint(words)
        or any(_STEM.match(word) or _ENDINGS.search(word) for word in words)
        or (words != [] and words[0] in _FIRST_WORDS)
        or bool(_SIGN.search(name))
    )


#: Words, and beginnings of words, that are nobody's given or family name (`Church` and `Bank` are).
_CORPORATE = word_set("""
    academy academia académie akademie agency agencies agence alliance center centers centre centres company companies
    gmbh group groups network office project projects taskforce team teams
""")
_CORPORATE_STEMS = word_set("""
    administrat associat associaç asociaci collaborat comité commission committee communit consorti contributor
    corporation council department developer división divisio federation fondation foundation gesellschaft government
    hospital initiativ institut investigator laborato librar ministeri ministèr ministr museum musée observator
    organis organiz parliament secretariat sociedad societ société stiftung trialist univers
""")
_BEGINNINGS = frozenset(word[:4] for word in _CORPORATE | _CORPORATE_STEMS)
_CORPORATE_STEM = re.compile("|".join(sorted(_CORPORATE_STEMS)))
_COMPANY = re.compile(r",\s*(?:inc|llc|ltd|gmbh|corp|co|plc|s\.a|ag|b\.v)\.?\Z", re.IGNORECASE)


def is_surely_organisation(name: str) -> bool:
    """Whether a name of several words holds a word that is neither a given nor a family name (`Church`, `Bank` are)."""
    return (" " in name and may_hold_organisation(name)) or ("," in name and _COMPANY.search(name) is not None)


def may_hold_organisation(names: str) -> bool:
    """Whether a text holds a word that only the names of organisations have."""
    return any(
        word[:4] in _BEGINNINGS and (word.rstrip(",.;)") in _CORPORATE or _CORPORATE_STEM.match(word) is not None)
        for word in names.lower().split()
    )
