"""What is made of the table of settings; `python -m tests.support.settings_docs` writes it to where it belongs."""

from __future__ import annotations

import json
from pathlib import Path

from bibwright.features.settings_docs import fill_page, make_editor_properties, make_schema

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "bibwright.schema.json"
PAGE = ROOT / "docs" / "configuration.md"
MANIFEST = ROOT / "clients" / "vscode" / "package.json"
#: Settings of the extension that never reach the server.
CLIENT_SETTINGS = ("bibwright.interpreter", "bibwright.path", "bibwright.trace.server")


def made_files() -> dict[Path, str]:
    """The files with what they should hold."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    configuration = manifest["contributes"]["configuration"]
    own = {name: configuration["properties"][name] for name in CLIENT_SETTINGS}
    configuration["properties"] = {**make_editor_properties(), **own}
    return {
        SCHEMA: json.dumps(make_schema(), indent=2, ensure_ascii=False) + "\n",
        PAGE: fill_page(PAGE.read_text(encoding="utf-8")),
        MANIFEST: json.dumps(manifest, indent=2, ensure_ascii=False) + "\n",
    }


if __name__ == "__main__":
    for path, text in made_files().items():
        path.write_text(text, encoding="utf-8", newline="\n")
