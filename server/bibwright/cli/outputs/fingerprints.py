"""What makes a finding the same from one run to the next, though lines before it come and go.

That is the rule, the line it stands on and what is underlined there: neither the number of the line nor the message,
which may count something. Findings that have all of it in common are told apart by their order.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from bibwright.cli.checked import CheckedFile
from bibwright.cli.excerpt import Source
from bibwright.features.check import Finding

#: So much of a line on both sides; a line may be as long as its file.
_NEAR = 200


def with_fingerprints(file: CheckedFile, *, salt: str = "") -> Iterator[tuple[Finding, str]]:
    """The findings of a file, each with a fingerprint of its own."""
    source = Source(file.text)
    seen: Counter[str] = Counter()
    for finding in file.findings:
        content = "\0".join((salt, finding.diagnostic.code, *_surroundings(source, finding)))
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        seen[digest] += 1
        yield finding, f"{digest}:{seen[digest]}"


def _surroundings(source: Source, finding: Finding) -> tuple[str, str, str]:
    start, end = finding.span
    _, line = source.line_at(start)
    end = min(end, line.end)
    before = source.text[max(line.start, start - _NEAR) : start]
    after = source.text[end : min(line.end, end + _NEAR)]
    return before.lstrip(), source.text[start : min(end, start + _NEAR)], after.rstrip()
