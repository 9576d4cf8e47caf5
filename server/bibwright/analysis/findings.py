"""The diagnostics of one document, by block and in document order, so that a few can be picked out of very many.

Editors show about a thousand diagnostics of a file. Which thousand must not cost a walk over all of them at each
keystroke: the labels of the blocks that have any are kept sorted, for each severity apart.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable

from bibwright.analysis.diagnostics import Diagnostic, Safety, Severity
from bibwright.text.blocklist import Block


class Findings:
    """Diagnostics by block; `label` orders blocks as the document does."""

    def __init__(self, label: Callable[[Block], int]) -> None:
        self._label = label
        self._clear()

    def _clear(self) -> None:
        self._by_block: dict[Block, tuple[Diagnostic, ...]] = {}
        self._blocks: dict[int, Block] = {}
        self._labels: dict[Severity, list[int]] = {severity: [] for severity in Severity}
        self.counts: dict[Severity, int] = dict.fromkeys(Severity, 0)
        #: How many of them a safe fix would remove: editors ask at every move of the cursor.
        self.safely_fixable = 0

    def __len__(self) -> int:
        return sum(self.counts.values())

    def of(self, block: Block) -> tuple[Diagnostic, ...]:
        """The diagnostics of one block, in the order of their places."""
        return self._by_block.get(block, ())

    def put(self, block: Block, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Set the diagnostics of a block, which must have a label."""
        if block in self._by_block:
            self.drop(block, self._label(block))
        if not diagnostics:
            return
        label = self._label(block)
        self._by_block[block] = diagnostics
        self._blocks[label] = block
        for diagnostic in diagnostics:
            self.counts[diagnostic.severity] += 1
            self.safely_fixable += has_safe_fix(diagnostic)
        for severity in {diagnostic.severity for diagnostic in diagnostics}:
            labels = self._labels[severity]
            # Checking goes through a document in order, so this is mostly an append.
            if labels and labels[-1] > label:
                insort(labels, label)
            else:
                labels.append(label)

    def drop(self, block: Block, label: int) -> None:
        """Forget the diagnostics of a block; `label` is the one it had when they were put."""
        diagnostics = self._by_block.pop(block, ())
        if not diagnostics:
            return
        del self._blocks[label]
        for diagnostic in diagnostics:
            self.counts[diagnostic.severity] -= 1
            self.safely_fixable -= has_safe_fix(diagnostic)
        for severity in {diagnostic.severity for diagnostic in diagnostics}:
            labels = self._labels[severity]
            del labels[bisect_left(labels, label)]

    def relabel(self) -> None:
        """Take in new labels of all blocks."""
        known = sorted(self._by_block.items(), key=lambda item: self._label(item[0]))
        self._clear()
        for block, diagnostics in known:
            self.put(block, diagnostics)

    def all_blocks(self) -> list[Block]:
        """The blocks that have diagnostics, in document order."""
        return [self._blocks[label] for label in sorted(self._blocks)]

    def pick(self, limit: int, near: int) -> list[tuple[Block, tuple[Diagnostic, ...]]]:
        """At most `limit` diagnostics, in document order: the most severe first, then those nearest to a label."""
        if len(self) <= limit:
            return [(block, self._by_block[block]) for block in self.all_blocks()]
        chosen: dict[int, list[Diagnostic]] = {}
        left = limit
        for severity in Severity:
            if left <= 0:
                break
            for label in self._nearest(self._labels[severity], near, left):
                for diagnostic in self._by_block[self._blocks[label]]:
                    if diagnostic.severity is severity and left > 0:
                        chosen.setdefault(label, []).append(diagnostic)
                        left -= 1
        return [
            (self._blocks[label], tuple(sorted(chosen[label], key=lambda found: found.span)))
            for label in sorted(chosen)
        ]

    def _nearest(self, labels: list[int], near: int, limit: int) -> list[int]:
        """At most `limit` of the labels, those on both sides of `near`."""
        if len(labels) <= limit:
            return labels
        middle = bisect_left(labels, near)
        start = max(0, min(middle - limit // 2, len(labels) - limit))
        return labels[start : start + limit]


def has_safe_fix(diagnostic: Diagnostic) -> bool:
    """Whether a fix may be applied without being looked at; one without edits only says what could be done."""
    return any(fix.edits and fix.safety is Safety.SAFE for fix in diagnostic.fixes)
