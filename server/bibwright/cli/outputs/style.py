"""Colours for a terminal, or none."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TextIO

from bibwright.analysis.diagnostics import Severity

_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFORMATION: "1;34", Severity.HINT: "1;36"}


def wants_color(choice: str, stream: TextIO) -> bool:
    """Whether to write colours: `choice` is `always`, `never` or `auto`, and then what the environment says."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@dataclass(frozen=True, slots=True)
class Paint:
    """Puts text into colours; with `color` off it is left alone."""

    color: bool

    def severity(self, severity: Severity) -> str:
        """The name of a severity in its colour."""
        return self.as_severe(severity.label, severity)

    def as_severe(self, text: str, severity: Severity) -> str:
        """Text in the colour of a severity."""
        return self._painted(text, _COLORS[severity])

    def bold(self, text: str) -> str:
        """What is looked for first."""
        return self._painted(text, "1")

    def green(self, text: str) -> str:
        """What comes."""
        return self._painted(text, "32")

    def red(self, text: str) -> str:
        """What goes."""
        return self._painted(text, "31")

    def dim(self, text: str) -> str:
        """What only helps."""
        return self._painted(text, "2")

    def _painted(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self.color and text else text
