"""The entry point: a record and a style give a formatted bibliography entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Style
    from bibwright.model.record import Record


def render_bibliography_entry(style: Style, record: Record) -> Formatted:
    """`record` as an entry of a bibliography; the empty tuple when nothing of it prints. Never raises."""
    return ()
