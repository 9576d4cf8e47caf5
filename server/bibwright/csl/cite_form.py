"""How far one item is spelled out in citations, so that it is told from the other items of the document.

A plain form shows what the style shows anyway; telling items apart adds names, given names, whatever the style
keeps for the purpose (`disambiguate`), and at last a year suffix.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bibwright.model.names import Name

#: The levels of a given name: none, initials, in full.
NO_GIVEN, INITIALS, FULL = 0, 1, 2


class CiteForm(NamedTuple):
    """The spelling of an item. `names` is how many names of each list show at least, `givens` the level of each name.

    `suffix` is the number (from 1) of the year suffix; 0 for none.
    """

    names: tuple[int, ...] = ()
    givens: tuple[tuple[int, ...], ...] = ()
    disambiguates: bool = False
    suffix: int = 0

    def names_of(self, name_list: int) -> int:
        """How many names of the list with this number (from 0) show at least."""
        return self.names[name_list] if name_list < len(self.names) else 0

    def given_of(self, name_list: int, name: int) -> int:
        """The level of the given name of this name of this list."""
        if name_list >= len(self.givens) or name >= len(self.givens[name_list]):
            return NO_GIVEN
        return self.givens[name_list][name]


PLAIN_FORM = CiteForm()


class NameList(NamedTuple):
    """A name list of an item as it prints: all its names, how many of them show, and the style's level."""

    names: tuple[Name, ...]
    shown: int
    level: int


class NameLevels(NamedTuple):
    """Levels of given names that hold in the whole document; for all names or for the first of a list only."""

    levels: Mapping[Name, int]
    first_only: bool

    def of(self, name: Name, at: int) -> int:
        """The level of `name` at this place (from 0) of a name list."""
        return NO_GIVEN if self.first_only and at else self.levels.get(name, NO_GIVEN)


def suffix_text(number: int) -> str:
    """The year suffix with this number: `a` for 1, `aa` for 27."""
    text = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text
