"""`bibwright cite`: the citations of a file, and nothing else, on standard output."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from bibwright.analysis.settings import Settings
from bibwright.cli.opened import UnreadableError, open_file
from bibwright.cli.report import complain, one_line, print_json
from bibwright.csl.errors import StyleError, UnknownStyleError
from bibwright.csl.style import Style, parse_style
from bibwright.csl.styles import list_styles, load_style
from bibwright.features.cite import cite_document, find_unknown_keys
from bibwright.features.encodings import EncodingError
from bibwright.features.files import read_file
from bibwright.features.linters import open_text


def cite(file: str, *, styles: Sequence[str], keys: Sequence[str], as_json: bool, encoding: str | None) -> int:
    """Print the citations of `file` in `styles`, all of them or those with one of `keys`."""
    try:
        loaded = {name: _load(name) for name in styles or Settings().styles}
        opened = open_file(file, encoding)
    except (StyleError, UnreadableError) as error:
        complain(str(error))
        return 2
    document = open_text(opened.text, opened.format)
    unknown = find_unknown_keys(document, keys)
    for key in unknown:
        complain(f'{file}: no entry has the key "{key}"')
    if unknown:
        return 2
    status = 0
    printed: list[dict[str, str]] = []
    for citation in cite_document(document, loaded, keys):
        if not citation.text:
            which = f'"{citation.key}"' if citation.key else "without a key"
            complain(f"{file}:{citation.line + 1}: nothing of the entry {which} prints in {citation.style}")
            status = 1
        elif as_json:
            printed.append({"key": citation.key, "style": citation.style, "text": citation.text})
        else:
            print(one_line(citation.text))
    if as_json:
        print_json(printed)
    return status


def _load(name: str) -> Style:
    """A built-in style, or the style in a file. Raises `StyleError`."""
    path = Path(name)
    if path.suffix.lower() == ".csl" or "/" in name or "\\" in name:
        try:
            return parse_style(read_file(path).text, name)
        except (OSError, EncodingError) as error:
            raise StyleError(name, "", getattr(error, "strerror", None) or str(error)) from error
    try:
        return load_style(name)
    except UnknownStyleError as error:
        ids = [style.id for style in list_styles()]
        near = get_close_matches(name.lower(), ids) or [style for style in ids if name.lower() in style]
        advice = f"did you mean {' or '.join(near)}?" if near else "`bibwright styles` lists them"
        raise StyleError(name, "", f"no citation style has this id; {advice}") from error
