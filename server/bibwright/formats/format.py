"""What a format is to the rest of bibwright: text to nodes, nodes to record, record to text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bibwright.formats.exchange import NO_FRAME, Frame
from bibwright.model.record import Record, Written
from bibwright.syntax.document import Splitter
from bibwright.syntax.nodes import Entry, Tree
from bibwright.syntax.suppressions import Suppression
from bibwright.text.spans import Span


class Fact(NamedTuple):
    """Something about a block that other blocks may ask for: a citation key, a macro, a DOI.

    `value` is normalised for comparing (a key in lower case), `text` as written; `span` in the block. `detail` is
    what else may be asked about it; each kind says what that is where its facts are found.
    """

    kind: str
    value: str
    text: str
    span: Span
    detail: str = ""


class Resolver(Protocol):
    """Where a reader looks up what an entry only names."""

    def find_macro(self, name: str) -> str | None:
        """The value of a string macro, its own macros resolved; None when it is not defined."""

    def find_entry(self, key: str) -> tuple[str, Entry] | None:
        """The block's text and the entry with this citation key; None when there is none."""


def no_suppressions(text: str, tree: Tree) -> Iterable[Suppression]:
    """For a format in which nobody can write comments."""
    return ()


class NoResolver:
    """Resolves nothing: for an entry that stands alone."""

    def find_macro(self, name: str) -> str | None:
        """None."""
        return None

    def find_entry(self, key: str) -> tuple[str, Entry] | None:
        """None."""
        return None


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `id` names it on the command line; `language_id` is the editors' name for it.

    `split` and `parse` never fail. `read_entry` takes the block's text, the entry and a resolver. `write_record`
    takes a record and the line end to use and gives text that ends in a line end; `write_text` gives the text alone,
    without looking for losses. `describe` gives a sentence
    of Markdown on what a field or tag means in an entry of this type, or None. `find_suppressions` gives the comments
    of a block by which rules are ignored.
    """

    id: str
    title: str
    language_id: str
    suffix: str
    split: Splitter
    parse: Callable[[str], Tree]
    find_facts: Callable[[str, Tree], tuple[Fact, ...]]
    read_entry: Callable[[str, Entry, Resolver], Record]
    write_record: Callable[[Record, str], Written]
    describe: Callable[[str, str], str | None]
    find_suppressions: Callable[[str, Tree], Iterable[Suppression]] = no_suppressions
    write_text: Callable[[Record, str], str] | None = None
    frame: Frame = NO_FRAME
