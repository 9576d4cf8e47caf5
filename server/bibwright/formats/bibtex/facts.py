"""What other blocks may ask of a .bib block.

- `key`: a citation key, in lower case; its detail is the entry type and the canonical names of the fields that are
  not empty, with blanks between.
- `crossref`: by the entry's own key, the key of the entry that it inherits from.
- `macro`: a string macro.
- `closing brace`: text outside the entries closes a brace that it does not open.
- `declared dialect`: what a `% !BIB` line names; `used dialect`: what only one dialect has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.formats.bibtex.schema import schema
from bibwright.formats.format import Fact
from bibwright.syntax.nodes import Comment, Entry, StringMacro, Text, Tree, field_name, value_text
from bibwright.text.spans import Span

#: `% !BIB program = biber`, as TeXShop, TeXworks and latexmk read it; `% !bib TS-program` is the older form.
_DECLARED = re.compile(r"%\s*!\s*BIB\s+(?:TS-)?program\s*=\s*(\w+)", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_DIALECTS = {"biber": "biblatex", "bibtex": "bibtex", "bibtex8": "bibtex"}


def find_facts(text: str, tree: Tree) -> tuple[Fact, ...]:
    """All facts of a block; names and keys compare without regard to case."""
    return tuple(_facts(text, tree))


def _facts(text: str, tree: Tree) -> Iterator[Fact]:
    dialect: Fact | None = None
    for node in tree.nodes:
        if isinstance(node, Entry):
            names = {field_name(text, field).lower(): field for field in reversed(node.fields)}
            entry_type = node.type.of(text).lower() if node.type is not None else ""
            if dialect is None and not schema().only_biblatex.isdisjoint((f"@{entry_type}", *names)):
                dialect = Fact("used dialect", "biblatex", "", node.span)
            if node.key is None:
                continue
            key = node.key.of(text)
            aliases = schema().aliases
            present = [aliases.get(name, name) for name, field in names.items() if not _is_empty(field.value.of(text))]
            yield Fact("key", key.lower(), key, node.key, " ".join((entry_type, *sorted(present))))
            if (parent := names.get("crossref")) is not None:
                yield Fact("crossref", key.lower(), value_text(text, parent).strip().lower(), parent.value)
        elif isinstance(node, StringMacro) and node.field is not None:
            name = field_name(text, node.field)
            yield Fact("macro", name.lower(), name, node.field.name)
        elif isinstance(node, Text) and (closing := _stray_brace(node.span.of(text))) is not None:
            at = node.span.start + closing
            yield Fact("closing brace", "}", "}", Span(at, at + 1))
        elif isinstance(node, Comment):
            declared = _DECLARED.match(node.span.of(text))
            if declared is not None and (value := _DIALECTS.get(declared.group(1).lower())) is not None:
                yield Fact("declared dialect", value, "", node.span)
    if dialect is not None:
        yield dialect


def _stray_brace(text: str) -> int | None:
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace.group() == "{" else -1
        if depth < 0:
            return brace.start()
    return None


def _is_empty(value: str) -> bool:
    return len(value) <= 2 and value in ("", "{}", '""')
