"""How the command line speaks: complaints on standard error, and the words that its outputs share."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping

from bibwright.analysis.diagnostics import Severity

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"bibwright: {one_line(message)}", file=sys.stderr)


def print_json(value: object) -> None:
    """JSON in ASCII on standard output."""
    print(to_json(value))


def to_json(value: object) -> str:
    """JSON in ASCII: valid whatever the text holds, lone surrogates included."""
    return json.dumps(value, ensure_ascii=True, indent=2)


def readable(text: str) -> str:
    """Text that can be written as UTF-8: what could not be decoded shows as U+FFFD."""
    return _LONE_SURROGATE.sub("�", text)


def one_line(text: str) -> str:
    """Text that stays on its line and in its colours, whatever a file name or a value holds."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", readable(text))


def summary_line(counts: Mapping[Severity, int], files: int, hidden: int = 0) -> str:
    """`3 findings in 1 file: 1 error, 2 hints`."""
    total = sum(counts.values())
    unseen = f" ({hidden} not shown)" if hidden else ""
    where = count_of(files, "file")
    if not total:
        return f"no findings in {where}{unseen}"
    parts = [count_of(counts[severity], severity.label) for severity in Severity if counts.get(severity)]
    return f"{count_of(total, 'finding')} in {where}: {', '.join(parts)}{unseen}"


def fixed_line(path: str, applied: Mapping[str, int], *, verb: str = "fixed") -> str:
    """`refs.bib: fixed 3 findings: S101, V408 (2)`."""
    codes = ", ".join(code if count == 1 else f"{code} ({count})" for code, count in applied.items())
    return one_line(f"{path}: {verb} {count_of(sum(applied.values()), 'finding')}: {codes}")


def count_of(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    plural = noun if number == 1 or noun == "information" else f"{noun}s"
    return f"{number} {plural}"
