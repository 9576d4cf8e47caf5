"""Applies each safe fix of the corpus alone and checks what a safe fix promises.

python tests/oracles/safe_fixes.py [--sample 40] [--seed 1] [--all] [--only TEXT] [--rule CODE ...] [--corpus DIR]

The finding is gone, no other comes, nothing outside the edits changes, and the record is the same but for the fields
that were edited. Every rule runs, those that are off by default too. Of each rule so many fixes are chosen at random.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from bibwright.analysis.diagnostics import Diagnostic, Fix, Safety  # noqa: E402
from bibwright.analysis.workspace import OpenDocument  # noqa: E402
from bibwright.formats.format import Format, NoResolver  # noqa: E402
from bibwright.model.record import Record  # noqa: E402
from bibwright.rules import all_rules  # noqa: E402
from bibwright.syntax.document import Position  # noqa: E402
from bibwright.syntax.nodes import Entry, field_name  # noqa: E402
from bibwright.text.columns import LineTable, PositionEncoding  # noqa: E402
from bibwright.text.spans import Edit, Span, apply_edits  # noqa: E402
from tests.oracles.corpus import CorpusFile, corpus_files, default_corpus, named  # noqa: E402
from tests.oracles.ours import check, print_failures, watch_failures  # noqa: E402

_SHOWN = 5
#: Such rules hold opinions on style that may contradict each other.
_OF_A_RULE_THAT_IS_OFF = "a new finding of a rule that is off"


class Candidate(NamedTuple):
    """A safe fix: where its finding is, by the numbers of the block and of the finding in it."""

    file: CorpusFile
    block: int
    finding: int
    code: str


class Violation(NamedTuple):
    """A promise that a fix broke. `kind` names the promise, `detail` says what came instead."""

    kind: str
    code: str
    file: str
    line: int
    detail: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=40, help="fixes of each rule (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="every fix; takes long")
    parser.add_argument("--only", default="", help="files whose path contains this text")
    parser.add_argument("--rule", action="append", help="only these rule codes")
    parser.add_argument("--corpus", type=Path, default=default_corpus())
    arguments = parser.parse_args()
    files = [file for suffix in (".bib", ".ris") for file in corpus_files(arguments.corpus, suffix)]
    failures = watch_failures()
    found = find_candidates(named(files, arguments.only))
    if arguments.rule:
        found = {code: one for code, one in found.items() if code in arguments.rule}
    chosen = found if arguments.all else choose(found, arguments.sample, arguments.seed)
    violations = list(try_fixes(one for candidates in chosen.values() for one in candidates))
    _print(found, chosen, violations)
    print_failures(failures)
    return 1 if any(is_broken(one) for one in violations) else 0


def find_candidates(files: Iterable[CorpusFile]) -> dict[str, list[Candidate]]:
    """All safe fixes in the files, by rule code."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    for file in files:
        if file.decoded is None:
            continue
        document = check(file.decoded[0], file.format, every_rule=True)
        for number, block in enumerate(document.blocks):
            for index, diagnostic in enumerate(document.findings.of(block)):
                if _safe_fix(diagnostic) is not None:
                    found[diagnostic.code].append(Candidate(file, number, index, diagnostic.code))
    return dict(sorted(found.items()))


def choose(found: dict[str, list[Candidate]], count: int, seed: int) -> dict[str, list[Candidate]]:
    """So many fixes of each rule, the same ones for the same seed."""
    return {code: random.Random(f"{seed} {code}").sample(one, min(len(one), count)) for code, one in found.items()}


def try_fixes(candidates: Iterable[Candidate]) -> Iterator[Violation]:
    """The promises that these fixes break. Each is applied to the document as it was."""
    by_file: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_file[candidate.file.name].append(candidate)
    for own in by_file.values():
        text, _ = own[0].file.decoded or ("", None)
        trial = _Trial(own[0].file, text)
        for candidate in own:
            yield from trial.apply(candidate)


def is_broken(violation: Violation) -> bool:
    """Whether a promise is broken for everybody, not only for who asked for rules that are off by default."""
    return violation.kind != _OF_A_RULE_THAT_IS_OFF


def _new(come: Counter[tuple[str, str]], gone: Counter[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Findings that came; not those that only quote the new text where they quoted the old."""
    reworded = Counter(code for code, _ in gone.elements())
    for code, message in come.elements():
        if reworded[code] > 0:
            reworded[code] -= 1
        else:
            yield code, message


def _kind_of_new(code: str, fixed: str) -> str:
    if code == fixed:
        return "another finding of the rule"
    is_off = any(rule.code == code and not rule.default for rule in all_rules())
    return _OF_A_RULE_THAT_IS_OFF if is_off else "a new finding"


def _safe_fix(diagnostic: Diagnostic) -> Fix | None:
    return next((fix for fix in diagnostic.fixes if fix.edits and fix.safety is Safety.SAFE), None)


class _Trial:
    """One document, to which fixes are applied and taken back."""

    def __init__(self, file: CorpusFile, text: str) -> None:
        self.file = file
        self.text = text
        self._reset()

    def _reset(self) -> None:
        self.document = check(self.text, self.file.format, every_rule=True)
        self.blocks = list(self.document.blocks)
        self.before = _messages(self.document)

    def apply(self, candidate: Candidate) -> Iterator[Violation]:
        block = self.blocks[candidate.block]
        diagnostic = self.document.findings.of(block)[candidate.finding]
        fix = _safe_fix(diagnostic)
        assert fix is not None
        assert diagnostic.code == candidate.code
        start = sum(len(earlier.text) for earlier in self.blocks[: candidate.block])
        line = self.text.count("\n", 0, start + diagnostic.span.start) + 1

        def violation(kind: str, detail: object) -> Violation:
            return Violation(kind, diagnostic.code, self.file.name, line, str(detail))

        edits = sorted(fix.edits, key=lambda edit: (edit.start, edit.end))
        if not _are_sound(edits, len(block.text)):
            yield violation("edits overlap or leave the block", edits)
            return
        expected = self.text[:start] + apply_edits(block.text, edits) + self.text[start + len(block.text) :]
        self._edit(self.text, start + edits[0].start, start + max(edit.end for edit in edits), expected)
        if self.document.blocks.text() != expected:
            yield violation("the text outside the edits changed", "")
        after = _messages(self.document)
        identity = (diagnostic.code, diagnostic.message)
        gone, come = self.before - after, after - self.before
        if identity not in gone:
            yield violation("the finding is still there", diagnostic.message)
        for code, message in _new(come, gone - Counter([identity])):
            yield violation(_kind_of_new(code, diagnostic.code), f"{code} {message}")
        for lost in _differences(self.file.format, block.text, edits):
            yield violation("the record differs", lost)
        self._take_back(expected)

    def _edit(self, old: str, start: int, end: int, new: str) -> None:
        """Edit the document, whose text is `old`, so that it becomes `new`; what differs lies in `old[start:end]`."""
        table = LineTable(old)
        first, last = (Position(*table.position(offset, PositionEncoding.UTF32)) for offset in (start, end))
        inserted = new[start : end + len(new) - len(old)]
        self.document.edit(first, last, inserted, PositionEncoding.UTF32)
        self.document.check_all()

    def _take_back(self, text: str) -> None:
        # From scratch where that costs little; otherwise an edit back, after which the blocks are new objects.
        if len(self.blocks) < 50:
            self._reset()
            return
        shared = _common_start(text, self.text)
        tail = _common_end(text, self.text, shared)
        self._edit(text, shared, len(text) - tail, self.text)
        self.blocks = list(self.document.blocks)
        if self.document.blocks.text() != self.text or _messages(self.document) != self.before:
            self._reset()


def _common_start(first: str, second: str) -> int:
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if first[:middle] == second[:middle] else (low, middle - 1)
    # From the start of a line, for no edit can begin within a line end.
    return first.rfind("\n", 0, low) + 1


def _common_end(first: str, second: str, start: int) -> int:
    low, high = 0, min(len(first), len(second)) - start
    while low < high:
        middle = (low + high + 1) // 2
        same = first[len(first) - middle :] == second[len(second) - middle :]
        low, high = (middle, high) if same else (low, middle - 1)
    line_end = first.find("\n", len(first) - low)
    return 0 if line_end < 0 else len(first) - line_end - 1


def _messages(document: OpenDocument) -> Counter[tuple[str, str]]:
    return Counter((found.code, found.message) for block in document.blocks for found in document.findings.of(block))


def _are_sound(edits: Sequence[Edit], length: int) -> bool:
    at = 0
    for edit in edits:
        if not at <= edit.start <= edit.end <= length:
            return False
        at = edit.end
    return True


# --- The record


def _differences(format: Format, text: str, edits: Sequence[Edit]) -> Iterator[str]:
    """What a block's records say differently after the edits, in fields that no edit touches."""
    edited = apply_edits(text, edits)
    old, new = format.parse(text).entries, format.parse(edited).entries
    if len(old) != len(new):
        yield f"{len(old)} entries became {len(new)}"
        return
    moved = _moved(edits)
    for before, after in zip(old, new, strict=True):
        if text[before.span.start : before.span.end] == edited[after.span.start : after.span.end]:
            continue
        touched = _touched(text, before, [Span(edit.start, edit.end) for edit in edits])
        touched |= _touched(edited, after, moved)
        was = format.read_entry(text, before, NoResolver())
        now = format.read_entry(edited, after, NoResolver())
        yield from _record_differences(was, now, touched)


def _moved(edits: Sequence[Edit]) -> list[Span]:
    """Where the new texts of the edits stand."""
    spans, growth = [], 0
    for edit in edits:
        spans.append(Span(edit.start + growth, edit.start + growth + len(edit.new_text)))
        growth += len(edit.new_text) - (edit.end - edit.start)
    return spans


def _touched(text: str, entry: Entry, spans: Iterable[Span]) -> set[str]:
    """The names of the fields that the spans touch."""
    return {
        field_name(text, field).lower()
        for span in spans
        for field in entry.fields
        if field.name.start <= span.end and span.start <= max(field.end, field.name.end)
    }


def _record_differences(was: Record, now: Record, touched: set[str]) -> Iterator[str]:
    fields = [
        [(one.name, one.text) for one in record.fields if one.name.lower() not in touched] for record in (was, now)
    ]
    if fields[0] != fields[1]:
        lost, come = Counter(fields[0]) - Counter(fields[1]), Counter(fields[1]) - Counter(fields[0])
        yield f"fields: {dict(lost)} became {dict(come)}"[:300]
    filled = {
        variable
        for record in (was, now)
        for one in record.fields
        if one.name.lower() in touched
        for variable in one.variables
    }
    for name in ("names", "dates", "texts"):
        first, second = getattr(was, name), getattr(now, name)
        for variable in sorted((first.keys() | second.keys()) - filled):
            if first.get(variable) != second.get(variable):
                yield f"{variable}: {first.get(variable)} became {second.get(variable)}"[:300]
    # The key of a RIS record stands in a tag as well.
    if was.key != now.key and was.key and "id" not in touched:
        yield f"key: {was.key!r} became {now.key!r}"
    # A RIS type stands in a tag, whose line may be what is mended.
    if was.type != now.type and "ty" not in touched:
        yield f"type: {was.type!r} became {now.type!r}"


# --- Text


def _print(
    found: dict[str, list[Candidate]], chosen: dict[str, list[Candidate]], violations: Sequence[Violation]
) -> None:
    names = {rule.code: rule.name for rule in all_rules()}
    counts = Counter((one.code, one.kind) for one in violations)
    for code, candidates in found.items():
        broken = "; ".join(f"{count} x {kind}" for (own, kind), count in sorted(counts.items()) if own == code)
        print(f"{code} {names[code]:30} {len(candidates):6} safe fixes, {len(chosen[code]):5} tried: {broken or 'ok'}")
    shown: Counter[tuple[str, str]] = Counter()
    for one in violations:
        shown[one.code, one.kind] += 1
        if shown[one.code, one.kind] <= _SHOWN:
            print(f"\n{one.code}: {one.kind}\n  {one.file}:{one.line}\n  {one.detail[:300]}")
    print(f"\n{sum(map(len, chosen.values()))} fixes tried, {len(violations)} promises broken")


if __name__ == "__main__":
    sys.exit(main())
