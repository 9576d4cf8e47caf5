"""citeproc-js, the reference implementation of CSL, asked for what it prints.

It is a development dependency: `npm ci --prefix tests/csl/citeproc_js` installs it, node runs it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOLDER = Path(__file__).parent / "citeproc_js"
INSTALL = "npm ci --prefix tests/csl/citeproc_js"


class Printed(NamedTuple):
    """What each item prints, as HTML; None for an item of which nothing does. With `error` there is none."""

    html: tuple[str | None, ...]
    error: str = ""


def find_missing() -> str:
    """What has to be installed before it can be asked; the empty string when nothing has."""
    if shutil.which("node") is None:
        return "node is not installed"
    return "" if (_FOLDER / "node_modules" / "citeproc").is_dir() else f"citeproc-js is not installed: {INSTALL}"


class CiteprocJs:
    """A running citeproc-js; to be closed."""

    def __init__(self, locales: Path) -> None:
        self._locales = str(locales.resolve())
        self._process = subprocess.Popen(
            ["node", str(_FOLDER / "render.js")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=_FOLDER,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def render(
        self, style: str, items: Sequence[dict[str, Any]], *, mode: str, lang: str = "", together: bool = False
    ) -> Printed:
        """The items in the style with this text: each by itself, or all of one document."""
        assert self._process.stdin
        assert self._process.stdout
        case = {
            "style": style,
            "locales": self._locales,
            "lang": lang,
            "mode": mode,
            "together": together,
            "items": list(items),
        }
        self._process.stdin.write(json.dumps(case) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "citeproc-js ended"}')
        return Printed(tuple(answer.get("html", ())), answer.get("error", ""))
