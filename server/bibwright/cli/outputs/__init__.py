"""How `bibwright check` prints what it found: one file an output, each with a function `render`.

`render` takes the checked files as they come and yields pieces of text, so that what can be printed at once is. It is
given files that could not be read too (`error`): whoever has a place for them says so there; the others leave it to
standard error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from bibwright.analysis.diagnostics import Severity
from bibwright.cli.checked import CheckedFile


@dataclass(frozen=True, slots=True)
class Rendering:
    """What an output should look like. Findings less severe than `fail_on` are no failures."""

    color: bool = False
    width: int = 100
    fail_on: Severity = Severity.WARNING


Render = Callable[[Iterable[CheckedFile], Rendering], Iterator[str]]

#: The outputs for people: they may stand beside other words on standard output.
FOR_PEOPLE = ("text", "concise")
OUTPUTS = (*FOR_PEOPLE, "json", "sarif", "github", "gitlab", "junit")


def load_output(name: str) -> Render:
    """The output of this name; only the one that is asked for is loaded."""
    render: Render = import_module(f"{__name__}.{name}").render
    return render
