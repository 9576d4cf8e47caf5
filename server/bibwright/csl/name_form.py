"""One name as a style writes it: order, particles, suffix and initials."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bibwright.csl.name_markup import change_between_tags, name_pieces
from bibwright.csl.pieces import Piece, Pieces

if TYPE_CHECKING:
    from bibwright.csl.affixes import Dress
    from bibwright.csl.context import Context
    from bibwright.csl.name_options import NameOptions
    from bibwright.model.names import Name

#: Scripts whose names are written family name first and without a blank, in every style.
_JOINED_SCRIPT = re.compile(r"[ᄀ-ᇿ⺀-〇぀-ヿ㄰-㆏㐀-鿿ꥠ-꥿가-퟿豈-﫿]")
_WORDS = re.compile(r"[^\s-]+|[\s-]+")
#: The key of the affixes about a family name and its particle, which are not dressed one by one.
FAMILY_AFFIXES = "family-affixes"
_NO_BLANK_AFTER = ("'", "’", "-", "‐")


def render_name(ctx: Context, name: Name, options: NameOptions, parts: dict[str, Dress], *, inverted: bool) -> Pieces:
    """`name` as the style writes it; `parts` dress the family and the given name. Literals stay."""
    if name.literal or not (name.family or name.given):
        return _dressed(ctx, name.literal or name.particle or name.suffix, parts.get("family"))
    if _is_joined(name):
        return _joined_name(ctx, name, options, parts)
    kept, dropped = name.non_dropping_particle, name.dropping_particle
    demoted = options.demote_particle == "display-and-sort" or (ctx.sorting and options.demote_particle == "sort-only")
    if options.form == "short":
        if inverted and demoted and kept and name.family:
            after = _dressed(ctx, kept, parts.get("family"))
            return [*_family(ctx, "", name.family, parts), Piece(options.sort_separator), *after]
        return _family(ctx, kept, name.family or name.given, parts)
    # A given name alone is how its bearer is known.
    given = _given(name.given, options) if name.family else name.given
    if name.static_ordering:
        return _spaced(_family(ctx, kept, name.family, parts), _dressed(ctx, given, parts.get("given")))
    if not inverted:
        if dropped and _is_elided(dropped):
            kept, dropped = _join(dropped, kept), ""
        whole = _spaced(
            _dressed(ctx, _join(given, dropped), parts.get("given")), _family(ctx, kept, name.family, parts)
        )
        return _with_suffix(whole, name, options)
    first = _dressed(ctx, _join(given, dropped), parts.get("given"))
    if demoted and kept:
        first = _spaced(first, _dressed(ctx, kept, parts.get("family")))
    pieces = _family(ctx, "" if demoted else kept, name.family, parts)
    for part in (first, [Piece(_suffix(name, options))] if name.suffix else []):
        if part:
            pieces = [*pieces, Piece(options.sort_separator), *part] if pieces else part
    return pieces


def _family(ctx: Context, particle: str, family: str, parts: dict[str, Dress]) -> Pieces:
    """The family name with its particle: the two are dressed alike, but what stands between them is not."""
    if not particle or _is_elided(particle):
        pieces = _dressed(ctx, _join(particle, family), parts.get("family"))
    else:
        pieces = _spaced(_dressed(ctx, particle, parts.get("family")), _dressed(ctx, family, parts.get("family")))
    affixes = parts.get(FAMILY_AFFIXES)
    return affixes(ctx, pieces) if affixes and pieces else pieces


def _with_suffix(whole: Pieces, name: Name, options: NameOptions) -> Pieces:
    if not name.suffix:
        return whole
    return [*whole, Piece(", " if name.comma_suffix else " "), Piece(_suffix(name, options))]


def _suffix(name: Name, options: NameOptions) -> str:
    """The suffix, without its full stop where initials have none either (`Doe J Jr`)."""
    if options.initialize_with is not None and "." not in options.initialize_with:
        return name.suffix.replace(".", "")
    return name.suffix


def initials(given: str, initialize_with: str, *, hyphen: bool, shorten: bool) -> str:
    """`given` as initials, each followed by `initialize_with`; without `shorten` only initials are rewritten.

    `Jean-Luc` keeps its hyphen where `hyphen` holds; small words (`de`) stay words.
    """
    text = ""
    after_hyphen = False
    for word in _words(given):
        if not word.strip():
            continue
        if word.strip() == "-":
            after_hyphen = hyphen
            continue
        initial = word.rstrip(".")
        # What ends with a full stop is abbreviated already: `J.`, and `Ts.` for good reason, too.
        is_short = len(initial) == 1 or word.endswith(".")
        if initial[:1].islower() and not is_short and after_hyphen and shorten and text:
            # The second half of `John-boy` has no initial.
            pass
        elif initial[:1].islower() and not is_short:
            text = f"{text.rstrip()}{'-' if after_hyphen and text else ' '}{word} "
        elif is_short or shorten:
            lead = "-" if after_hyphen and text else ""
            letters = initial if is_short else _initial(initial)
            text = f"{text.rstrip() if lead else text}{lead}{letters}{initialize_with}"
        else:
            lead = "-" if after_hyphen and text else " "
            text = f"{text.rstrip()}{lead}{word} "
        after_hyphen = False
    return text.strip()


def _words(given: str) -> list[str]:
    """The words of a given name; `J.R.` is two, `JR` stays one."""
    return _WORDS.findall(re.sub(r"\.(?=[^\s.-])", ". ", given).replace("‐", "-"))


def _initial(word: str) -> str:
    """The first letter; `TSerendorj` begins with two in its own script, and is `Ts`."""
    first = next((at for at, letter in enumerate(word) if letter.isalpha()), 0)
    end = first + 1
    while end < len(word) and word[end].isupper():
        end += 1
    return word[first : first + 1] + word[first + 1 : end].lower() if end < len(word) else word[first : first + 1]


def _given(given: str, options: NameOptions) -> str:
    if options.initialize_with is None or not given:
        return given
    write = partial(
        initials,
        initialize_with=options.initialize_with,
        hyphen=options.initialize_with_hyphen,
        shorten=options.initialize,
    )
    return change_between_tags(given, write)


def is_joined_script(text: str) -> bool:
    """Whether the text begins in a script that is written without blanks."""
    return _JOINED_SCRIPT.match(text) is not None


def _is_joined(name: Name) -> bool:
    letters = name.family or name.given
    return bool(letters) and not letters.isascii() and _JOINED_SCRIPT.match(letters) is not None


def _joined_name(ctx: Context, name: Name, options: NameOptions, parts: dict[str, Dress]) -> Pieces:
    family = _dressed(ctx, name.family, parts.get("family"))
    given = _dressed(ctx, name.given, parts.get("given"))
    if options.form == "short":
        return _beside(_dressed(ctx, name.non_dropping_particle, parts.get("family")), family or given)
    whole = _beside(_dressed(ctx, name.particle, parts.get("family")), family + given)
    return _beside(whole, [Piece(name.suffix)] if name.suffix else [])


def _beside(first: Pieces, second: Pieces) -> Pieces:
    """Two parts of a joined name: with a blank where one is in another script, as a suffix mostly is."""
    if not first or not second:
        return first or second
    if _JOINED_SCRIPT.match(first[-1].text[-1:]) and _JOINED_SCRIPT.match(second[0].text):
        return first + second
    return _spaced(first, second)


def _dressed(ctx: Context, text: str, dress: Dress | None) -> Pieces:
    if not text:
        return []
    if "'" in text and not ctx.locale.straight_quotes:
        text = text.replace("'", "’")
    pieces = name_pieces(text)
    return dress(ctx, pieces) if dress else pieces


def _join(*words: str) -> str:
    """The words with blanks, none after an apostrophe or hyphen that ends a particle (`d'`, `al-`)."""
    text = ""
    for word in words:
        if word:
            text += word if not text or _is_elided(text) else f" {word}"
    return text


def _is_elided(text: str) -> bool:
    """Whether the next word follows without a blank; `de'` is short for *dei* and keeps it."""
    return text.endswith(_NO_BLANK_AFTER) and text[-3:] not in ("de'", "de’")


def _spaced(*parts: Pieces) -> Pieces:
    pieces: Pieces = []
    for part in parts:
        if part and pieces and not _is_elided(pieces[-1].text):
            pieces.append(Piece(" "))
        pieces += part
    return pieces
