"""Every import inside the package follows the layers drawn in server/ARCHITECTURE.md."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "server" / "bibwright"

#: layer -> the layers it may import besides itself.
ALLOWED = {
    "text": set(),
    "model": set(),
    "syntax": {"text"},
    "formats": {"text", "syntax", "model"},
    "csl": {"model"},
    "analysis": {"text", "model", "syntax", "formats", "csl"},
    "rules": {"text", "model", "syntax", "formats", "csl", "analysis"},
    "features": {"text", "model", "syntax", "formats", "csl", "analysis", "rules"},
    "lsp": {"text", "model", "syntax", "formats", "csl", "analysis", "rules", "features"},
    "cli": {"text", "model", "syntax", "formats", "csl", "analysis", "rules", "features"},
}

#: third-party package -> where in the tree it may be imported.
LIBRARIES = {
    "pygls": ("lsp",),
    "lsprotocol": ("lsp",),
    "bibtexparser": ("formats/bibtex",),
    "pylatexenc": ("formats/bibtex",),
    "charset_normalizer": ("features",),
    "pathspec": ("features",),
    "ruamel": ("formats",),
    "stdnum": ("model", "formats", "rules"),
    "tqdm": ("cli",),
    "wcwidth": ("cli",),
}


def modules() -> list[str]:
    return sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> Iterator[tuple[str, bool]]:
    """Each imported module, and whether the import stands inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top_level = {id(node) for node in tree.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, id(node) not in top_level
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or "", id(node) not in top_level


@pytest.mark.parametrize("module", modules())
def test_imports_follow_the_layers(module: str) -> None:
    layer = module.split("/")[0]
    for imported, inside_function in imports_of(PACKAGE / module):
        parts = imported.split(".")
        if parts[0] == "bibwright" and len(parts) > 1 and layer in ALLOWED:
            if layer == "cli" and parts[1] == "lsp":
                assert inside_function, "the command line loads the server for `serve` only"
            else:
                assert parts[1] in ALLOWED[layer] | {layer}, f"{layer} must not import {imported}"
            if layer == "formats" and parts[1] == "formats" and module.count("/") == 2:
                own = module.split("/")[1]
                assert len(parts) == 2 or parts[2] in (own, "format", "exchange", "yaml_text"), (
                    "formats never import each other"
                )
        if parts[0] in LIBRARIES:
            assert module.startswith(LIBRARIES[parts[0]]), f"{imported} does not belong in {module}"
