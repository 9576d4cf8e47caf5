"""What a formatted citation is: runs of text in one font style each, with links and blocks.

Every writer turns the same runs into its language, and escapes there, once and last: no text is ever escaped twice and
no markup is ever parsed again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bibwright.model.richtext import Style as FontStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Outside the characters of an address (RFC 3986), or with a meaning in the languages written here.
_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


class Block(NamedTuple):
    """The block a run is set in (CSL `display`): `block`, `left-margin`, `right-inline` or `indent`.

    `number` tells two neighbouring blocks of one kind apart.
    """

    number: int
    kind: str


class FormattedRun(NamedTuple):
    """A stretch of text in one font style. `link` is the address that it leads to, or empty."""

    text: str
    style: FontStyle = FontStyle.NONE
    link: str = ""
    block: Block | None = None


Formatted = tuple[FormattedRun, ...]


class ListedEntry(NamedTuple):
    """An entry of a list under its citation key, which may be empty."""

    key: str
    formatted: Formatted


def with_previous(formatted: Formatted) -> Iterator[tuple[FormattedRun | None, FormattedRun]]:
    """Each run and the one before it."""
    previous = None
    for run in formatted:
        yield previous, run
        previous = run


def break_before(previous: FormattedRun | None, run: FormattedRun, line_break: str) -> str:
    """What parts two blocks in text without blocks: a blank after a left margin, else a new line."""
    if previous is None or previous.block == run.block:
        return ""
    if previous.block and previous.block.kind == "left-margin":
        return "" if previous.text.endswith(" ") or run.text.startswith(" ") else " "
    return line_break


def shown_address(link: str) -> str:
    """The address in ASCII, what no address may hold percent-encoded: it ends no string and no group."""
    return _NOT_IN_ADDRESS.sub(_percent_encoded, link)


def _percent_encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
