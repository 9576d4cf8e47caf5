"""Citations in the text or in notes: what is cited, where in it, and with which words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bibwright.model.record import Record
    from bibwright.model.richtext import RichText

#: What a citation prints of its first cite: everything, all but the authors, or the authors alone.
ALL, SUPPRESS_AUTHOR, AUTHOR_ONLY = "", "suppress-author", "author-only"


class Cite(NamedTuple):
    """An item of a citation: a record, the place in it (`locator`, of kind `label`), and words around it.

    `position` holds the conditions that are true of it (`first`, `subsequent`, `ibid`, ...); None has them found from
    the citations before it.
    """

    record: Record
    locator: str = ""
    label: str = "page"
    prefix: RichText = ()
    suffix: RichText = ()
    mode: str = ALL
    position: frozenset[str] | None = None


class Citation(NamedTuple):
    """Cites that stand together; `note` is the number of the note that they stand in, 0 in the text itself."""

    cites: tuple[Cite, ...]
    note: int = 0
    prefix: RichText = ()
    suffix: RichText = ()
    #: The cites keep their order though the style sorts them.
    unsorted: bool = False
