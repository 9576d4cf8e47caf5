"""An item by itself: how it is cited in the text as if nothing else were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.csl.citation import Citation, Cite
from bibwright.csl.cite_form import PLAIN_FORM
from bibwright.csl.document import Items, render_citations

if TYPE_CHECKING:
    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Style
    from bibwright.model.record import Record


def render_single_citation(style: Style, record: Record, *, number: int = 1) -> Formatted:
    """`record` in the text, or as a note; the empty tuple when nothing of it prints. Never raises.

    Whether something else would read alike is not asked, so this costs no more than an entry of a bibliography.
    `number` is the item's citation number, for styles that print it.
    """
    # Ordered and told apart from nothing.
    items = Items(style, (record,), (0,), (number,), (PLAIN_FORM,), None)
    return render_citations(items, [Citation((Cite(record),))])[0]
