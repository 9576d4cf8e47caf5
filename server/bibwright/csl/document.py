"""The citations and the bibliography of a document, which depend on each other.

How an item is cited depends on what else is cited: numbers, year suffixes and added names follow from the whole list,
`ibid.` from the citation before. So a document is worked out as a whole, and only then rendered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bibwright.csl.citation import Citation
from bibwright.csl.cite_form import PLAIN_FORM, CiteForm, NameLevels
from bibwright.csl.clusters import ClusterItem, render_cluster
from bibwright.csl.context import Context
from bibwright.csl.disambiguation import Spelling, find_name_levels, tell_apart
from bibwright.csl.entries import BibliographyEntry, render_entries
from bibwright.csl.limits import Account, open_account
from bibwright.csl.pieces import join_parts, text_of
from bibwright.csl.positions import SUBSEQUENT, PlacedCitation, PlacedCite, find_positions
from bibwright.csl.render import new_context
from bibwright.csl.sort import sort_by, sort_items, sort_value

if TYPE_CHECKING:
    from bibwright.csl.citation import Cite
    from bibwright.csl.output import Formatted
    from bibwright.csl.style import Area, Style
    from bibwright.model.record import Record

_NEAR_NOTE_DISTANCE = 5


class Document(NamedTuple):
    """What a document prints: its citations in their order, and its bibliography."""

    citations: tuple[Formatted, ...]
    bibliography: tuple[BibliographyEntry, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """The records of a document in the order in which they are first cited, and what was found out about them.

    `order` are their places in the order of the bibliography, `numbers` their citation numbers, `forms` how far their
    citations are spelled out. `step` is called whenever one of them is looked at, for those who wait.
    """

    style: Style
    records: tuple[Record, ...]
    order: tuple[int, ...]
    numbers: tuple[int, ...]
    forms: tuple[CiteForm, ...]
    name_levels: NameLevels | None
    step: Callable[[], None] | None = None
    #: The steps that all renderings of the document together may make.
    account: Account = field(default_factory=lambda: open_account(0))

    def unspelled(self, item: int) -> Context:
        """A fresh rendering state of the item as it would be without others beside it, for sorting."""
        ctx = self.context(item)
        ctx.form = PLAIN_FORM
        return ctx

    def context(self, item: int) -> Context:
        """A fresh rendering state for the item at this place."""
        if self.step is not None:
            self.step()
        ctx = new_context(self.style, self.records[item])
        ctx.given["citation-number"] = str(self.numbers[item])
        ctx.name_levels = self.name_levels
        ctx.form = self.forms[item]
        ctx.account = self.account
        return ctx


def render_document(style: Style, records: Sequence[Record], citations: Sequence[Citation]) -> Document:
    """The citations of a document and the bibliography of `records`, which are those cited and maybe more.

    Never raises. Citations find their records by identity: a cite of a record that is not in the list adds it.
    """
    items = collect_items(style, [*records, *(cite.record for citation in citations for cite in citation.cites)])
    return Document(render_citations(items, citations), render_bibliography_of(items))


def render_citation(style: Style, cites: Sequence[Cite]) -> Formatted:
    """The cites as the one citation of a document; the empty tuple when nothing of them prints."""
    items = collect_items(style, [cite.record for cite in cites])
    return render_citations(items, [Citation(tuple(cites))])[0]


def collect_items(style: Style, records: Sequence[Record], step: Callable[[], None] | None = None) -> Items:
    """The records, each once, numbered and told apart; `step` is called several times for each."""
    unique = tuple({id(record): record for record in records}.values())
    count = len(unique)
    order, numbers, forms = tuple(range(count)), tuple(range(1, count + 1)), (PLAIN_FORM,) * count
    items = Items(style, unique, order, numbers, forms, None, step, open_account(count))
    if style.citation:
        items = replace(items, name_levels=find_name_levels(style.citation, count, partial(_spell, items)))
    if style.bibliography:
        items = replace(items, order=tuple(sort_items(style.bibliography, [items.context(at) for at in items.order])))
    ranks = [0] * count
    for rank, item in enumerate(items.order):
        ranks[item] = rank
    items = replace(items, numbers=tuple(rank + 1 for rank in ranks))
    if style.citation:
        items = replace(items, forms=tuple(tell_apart(style.citation, ranks, partial(_spell, items))))
    return items


def render_bibliography_of(items: Items) -> tuple[BibliographyEntry, ...]:
    """The bibliography of the items. One of which nothing prints has no entry."""
    return render_entries(items.style, [(item, items.context(item)) for item in items.order])


def render_citations(items: Items, citations: Sequence[Citation]) -> tuple[Formatted, ...]:
    """The citations in their order; the empty tuple for one of which nothing prints."""
    area = items.style.citation
    if area is None:
        return ((),) * len(citations)
    places = {id(record): place for place, record in enumerate(items.records)}
    ordered = [_sorted_cites(items, area, citation, places) for citation in citations]
    distance = area.attributes.get("near-note-distance", "")
    positions = find_positions(
        [
            PlacedCitation(
                [PlacedCite(places[id(cite.record)], cite.locator, cite.label) for cite in cites],
                citation.note,
                bool(cites) and cites[0].mode == "author-only",
            )
            for citation, cites in zip(citations, ordered, strict=True)
        ],
        int(distance) if distance.isascii() and distance.isdigit() else _NEAR_NOTE_DISTANCE,
    )
    return tuple(
        render_cluster(
            items.style,
            area,
            [
                ClusterItem(cite, places[id(cite.record)], position, items.context)
                for cite, position in zip(cites, row, strict=True)
            ],
            citation.prefix,
            citation.suffix,
        )
        for citation, cites, row in zip(citations, ordered, positions, strict=True)
    )


def _sorted_cites(items: Items, area: Area, citation: Citation, places: dict[int, int]) -> list[Cite]:
    if citation.unsorted or not area.sort_keys or len(citation.cites) < 2:
        return list(citation.cites)
    cited = [places[id(cite.record)] for cite in citation.cites]
    order = sort_items(area, [items.unspelled(item) for item in cited])
    if (area.attributes.get("collapse") and items.style.kind == "in-text") or "cite-group-delimiter" in area.attributes:
        order = _grouped(items, area, cited, order)
    return [citation.cites[at] for at in order]


def _grouped(items: Items, area: Area, cited: Sequence[int], order: Sequence[int]) -> list[int]:
    """The cites with those by the same authors together, where the first of them would stand."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at in order:
        groups[_spell(items, cited[at], items.forms[cited[at]]).authors].append(at)
    by_authors = [groups[authors] for authors in sorted(groups)]
    key = area.sort_keys[0]
    values = [sort_value(key, items.unspelled(cited[group[0]])) for group in by_authors]
    places = sort_by(list(range(len(by_authors))), values, descending=key.descending)
    return [at for place in places for at in by_authors[place]]


def _spell(items: Items, item: int, form: CiteForm) -> Spelling:
    """The citation of an item that was cited before, without what stands around it."""
    area = items.style.citation
    assert area is not None
    ctx = items.context(item)
    ctx.in_citation = True
    ctx.position = SUBSEQUENT | {"near-note"}
    ctx.form = form
    ctx.is_compared = True
    pieces = join_parts(area.layout.parts(ctx), "")
    return Spelling(text_of(pieces), ctx.name_lists, ctx.authors or "")
