"""The state of one rendering: which record, in which place, and what has been printed so far.

Groups vanish when every variable in them was empty, and a substituted variable prints nowhere else; both need
an account that runs along with the rendering, so this is the one class of the engine that holds state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.cite_form import PLAIN_FORM, CiteForm, NameLevels, NameList
from bibwright.csl.limits import CHARACTERS_A_STEP, MAX_STEPS, NAMES_A_STEP, PORTION, TooMuchWorkError
from bibwright.csl.pages import first_page
from bibwright.csl.typed_names import has_typed_parts, with_typed_parts
from bibwright.model.names import OTHERS
from bibwright.model.placeholders import is_placeholder
from bibwright.model.richtext import RichText, plain_text, rich_text

if TYPE_CHECKING:
    from bibwright.csl.limits import Account
    from bibwright.csl.locale import Locale
    from bibwright.csl.pieces import Pieces
    from bibwright.model.dates import Date
    from bibwright.model.names import Name
    from bibwright.model.record import Record

#: CSL 1.0.1 called the name of an event `event`.
_ALIASES = {"event": "event-title", "event-title": "event"}
_TITLES = frozenset(("title", "title-short", "container-title", "collection-title"))


class Context:
    """One record being rendered. `called` and `printed` count variables for the sake of groups."""

    __slots__ = (
        "_fetched",
        "account",
        "author_pieces",
        "author_substitute",
        "authors",
        "begun",
        "blocks",
        "called",
        "explicit_suffix",
        "first_names",
        "form",
        "given",
        "hidden_years",
        "hides_authors",
        "in_citation",
        "is_compared",
        "language",
        "left",
        "locale",
        "locator_label",
        "name_levels",
        "name_lists",
        "page_range_format",
        "position",
        "previous_names",
        "printed",
        "record",
        "sorting",
        "suffix_done",
        "suppressed",
        "taken",
        "terms_begin_large",
        "used",
        "years",
    )

    def __init__(
        self, record: Record, locale: Locale, *, language: str, page_range_format: str, places_suffix: bool
    ) -> None:
        self.record = record
        self.locale = locale
        self.language = language
        self.page_range_format = page_range_format
        self.called = 0
        self.printed = 0
        self.blocks = 0
        #: The steps left of the portion that was fetched last, how many were fetched, and where a document's come from.
        self.left = self._fetched = PORTION
        self.account: Account | None = None
        #: Variables that a substitution has used up.
        self.suppressed: set[str] = set()
        #: The variables printed inside a substitution that is being tried.
        self.taken: set[str] | None = None
        #: What is known of the item's place rather than of the item: `citation-number`, `locator` ...
        self.given: dict[str, str] = {}
        self.locator_label = "page"
        self.position: frozenset[str] = frozenset()
        self.sorting = False
        #: In a citation: what tells the item from others, and the levels of given names that hold everywhere.
        self.in_citation = False
        #: Rendered only to compare it with others: when somebody looked at it tells no item from another.
        self.is_compared = False
        self.form: CiteForm = PLAIN_FORM
        self.name_levels: NameLevels | None = None
        #: The name lists as they print, for telling items apart: their names, how many show, and each one's level.
        self.name_lists: list[NameList] = []
        #: The style places the year suffix itself; else it follows the first year.
        self.explicit_suffix = places_suffix
        self.suffix_done = False
        #: What the first name list and the years print, and whether they stay away in a collapsed citation.
        self.authors: str | None = None
        self.author_pieces: Pieces = []
        self.years: list[str] = []
        self.hides_authors = False
        self.hidden_years: tuple[str, ...] = ()
        #: The variables that printed.
        self.used: set[str] = set()
        #: Whether anything has printed, and whether a term that prints first begins with a capital.
        self.begun = False
        self.terms_begin_large = False
        #: The first name list that prints, a text a name, and that of the entry before.
        self.first_names: tuple[str, ...] | None = None
        self.previous_names: tuple[str, ...] = ()
        #: What stands for names repeated from the entry before, and which of them (CSL's rule).
        self.author_substitute: tuple[str, str] | None = None

    def spend(self, steps: int, line: int = 0) -> None:
        """Note that so many steps were made. Raises `TooMuchWorkError` when there are none left."""
        self.left -= steps
        if self.left < 0:
            self.fetch(line)

    @property
    def spent(self) -> int:
        """The steps made so far."""
        return self._fetched - self.left

    def fetch(self, line: int) -> None:
        """Get steps for what has been made too many. Raises as `spend`."""
        while self.left < 0:
            if self._fetched >= MAX_STEPS:
                raise TooMuchWorkError(line)
            if self.account is not None:
                if self.account.left < PORTION:
                    raise TooMuchWorkError(line)
                self.account.left -= PORTION
            self._fetched += PORTION
            self.left += PORTION

    def text(self, variable: str) -> RichText:
        """The variable's value; empty when it is missing, or when a substitution has used it up."""
        if variable in self.suppressed or (self.taken and variable in self.taken):
            return ()
        given = self.given.get(variable)
        if given is not None:
            return rich_text(given)
        values = self.record.texts.get(variable)
        if not values:
            if variable == "page-first":
                return rich_text(first_page(self.plain("page")))
            alias = _ALIASES.get(variable)
            values = self.record.texts.get(alias) if alias else None
            if not values:
                return ()
        value = values[0]
        if variable == "keyword" and len(values) > 1:
            return rich_text(", ".join(plain_text(keyword) for keyword in values))
        # Export pages write "null" for a missing value; a title can really be that word.
        if len(value) == 1 and (size := len(value[0].text)) < 500:
            if size < 16 and variable not in _TITLES and is_placeholder(value[0].text):
                return ()
            return value
        self.spend(sum(1 + len(run.text) // CHARACTERS_A_STEP for run in value))
        return value

    def plain(self, variable: str) -> str:
        """As `text`, the characters alone."""
        value = self.text(variable)
        if len(value) == 1:
            return value[0].text
        return "".join(run.text for run in value)

    def names(self, variable: str) -> tuple[Name, ...]:
        """The name list; empty when it is missing or used up."""
        if variable in self.suppressed:
            return ()
        names = self.record.names.get(variable, ())
        if len(names) > NAMES_A_STEP:
            self.spend(len(names) // NAMES_A_STEP)
        if any(has_typed_parts(name) for name in names):
            names = tuple(with_typed_parts(name) if has_typed_parts(name) else name for name in names)
        if all(name.family or name.literal or name.given for name in names) and names != (OTHERS,):
            return names
        known = tuple(name for name in names if any((name.family, name.literal, name.given, name.particle)))
        return () if known == (OTHERS,) else known

    def date(self, variable: str) -> Date | None:
        """The date; None when it is missing, says nothing, or is used up."""
        if variable in self.suppressed or (self.is_compared and variable == "accessed"):
            return None
        date = self.record.dates.get(variable)
        if (
            date is None
            or not (date.start or date.end or date.literal)
            or (date.literal and is_placeholder(date.literal))
        ):
            return None
        return date

    def has(self, variable: str) -> bool:
        """Whether the variable has a value of any class, used up or not."""
        suppressed, self.suppressed = self.suppressed, set()
        taken, self.taken = self.taken, None
        found = bool(self.text(variable) or self.names(variable) or self.date(variable))
        self.suppressed, self.taken = suppressed, taken
        return found

    def count(self, variable: str) -> None:
        """Note that the variable was called and printed."""
        self.called += 1
        self.printed += 1
        self.used.add(variable)
        if self.taken is not None:
            self.taken.add(variable)
