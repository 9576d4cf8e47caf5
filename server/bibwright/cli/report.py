"""How the command line speaks: findings as lines or JSON on standard output, complaints on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping

from bibwright.analysis.diagnostics import Severity
from bibwright.features.check import Finding, Range
from bibwright.syntax.document import Position

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"bibwright: {one_line(message)}", file=sys.stderr)


def print_json(value: object) -> None:
    """JSON in ASCII: valid whatever the text holds, lone surrogates included."""
    print(json.dumps(value, ensure_ascii=True, indent=2))


def readable(text: str) -> str:
    """Text that can be written as UTF-8: what could not be decoded shows as U+FFFD."""
    return _LONE_SURROGATE.sub("�", text)


def one_line(text: str) -> str:
    """Text that stays on its line and in its colours, whatever a file name or a value holds."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", readable(text))


def finding_line(path: str, finding: Finding) -> str:
    """A finding for people: places from 1."""
    diagnostic, start = finding.diagnostic, finding.range.start
    place = f"{path}:{start.line + 1}:{start.character + 1}"
    return one_line(f"{place}: {diagnostic.severity.label} {diagnostic.code} {diagnostic.message} [{diagnostic.name}]")


def finding_json(path: str, finding: Finding) -> dict[str, object]:
    """A finding for programs: places as in the Language Server Protocol."""
    diagnostic = finding.diagnostic
    return {
        "path": path,
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "range": _range_json(finding.range),
        "fixes": [{"title": fix.title, "safety": fix.safety.value} for fix in diagnostic.fixes],
    }


def _range_json(place: Range) -> dict[str, object]:
    return {"start": _position_json(place.start), "end": _position_json(place.end)}


def _position_json(position: Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


def summary_line(findings: Iterable[Finding], files: int) -> str:
    """`3 findings in 1 file: 1 error, 2 hints`."""
    counts = Counter(finding.diagnostic.severity for finding in findings)
    where = _count(files, "file")
    if not counts:
        return f"no findings in {where}"
    parts = [_count(counts[severity], severity.label) for severity in Severity if counts[severity]]
    return f"{_count(counts.total(), 'finding')} in {where}: {', '.join(parts)}"


def fixed_line(path: str, applied: Mapping[str, int]) -> str:
    """`refs.bib: fixed 3 findings (S101, V408 twice)`, in words that stay short."""
    codes = ", ".join(code if count == 1 else f"{code} ({count})" for code, count in applied.items())
    return one_line(f"{path}: fixed {_count(sum(applied.values()), 'finding')}: {codes}")


def _count(number: int, noun: str) -> str:
    plural = noun if number == 1 or noun == "information" else f"{noun}s"
    return f"{number} {plural}"
