"""An independent reading of Hayagriva's YAML: the scalars of each entry, with what stands together in one name or date.

bibwright only writes Hayagriva, so its tests ask another reader (ruamel.yaml) and know of the format no more than this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML

from tests.support.same_meaning import loose

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BRACES = re.compile(r"(?<!\\)[{}]")


def read_leaves(text: str) -> list[frozenset[str]]:
    """The scalars of each entry, in the order of the file."""
    yaml = YAML(typ="base", pure=True)
    entries = yaml.load(text) or {}
    return [frozenset(map(loose, [key, *_leaves(entry)])) for key, entry in entries.items()]


def _leaves(value: Any) -> Iterator[str]:
    match value:
        case {"name": name, **parts} if isinstance(name, str):
            family = f"{parts.get('prefix', '')} {name}".strip()
            yield ", ".join(part for part in (family, parts.get("given-name", ""), parts.get("suffix", "")) if part)
            yield name
            yield from _leaves({key: part for key, part in parts.items() if key not in ("prefix", "given-name")})
        case dict():
            for key, part in value.items():
                # Serial numbers stand under the name of who gave them.
                yield key
                yield from _leaves(part)
        case list():
            for part in value:
                yield from _leaves(part)
        case _:
            text = str(value)
            yield text
            # Braces keep the case, and a backslash stands before those that are meant.
            yield _ESCAPE.sub(r"\1", _BRACES.sub("", text))
