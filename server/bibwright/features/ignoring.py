"""Edits by which the user has a rule ignored: in an entry, in a file, in all files of a project."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, TypeGuard

from bibwright.analysis.diagnostics import Diagnostic
from bibwright.analysis.rule import SUPPRESSIONS
from bibwright.analysis.suppressions import IGNORE_FILE
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.configuration import OWN_NAME, Configurations
from bibwright.features.configuration_edit import ignore_rule
from bibwright.features.rule_docs import find_rule
from bibwright.syntax.nodes import Comment, Entry, Node, Text
from bibwright.syntax.suppressions import SIGN, Suppression
from bibwright.text.blocklist import Block, Place
from bibwright.text.columns import LineTable, PositionEncoding, first_line_end, split_lines
from bibwright.text.spans import Edit


class BlockEdit(NamedTuple):
    """An edit relative to the block at `place`."""

    place: Place
    block: Block
    edit: Edit


class FileEdit(NamedTuple):
    """An edit of a file on disk, or, with `creates`, of one that does not exist yet. Lines and columns from 0."""

    path: Path
    start: tuple[int, int]
    end: tuple[int, int]
    new_text: str
    creates: bool


def ignore_in_entry(document: OpenDocument, block: Block, diagnostic: Diagnostic) -> Edit | None:
    """The edit, relative to the block, that ignores the rule of a diagnostic in its entry; None outside of entries."""
    text = block.text
    node = _node_at(document, block, diagnostic)
    rule = find_rule(diagnostic.code)
    if node is None or (rule is not None and rule.watches == SUPPRESSIONS):
        return None
    for suppression in _suppressions(document, block):
        if suppression.scope == node.span and suppression.directive.codes:
            return _with_code(suppression, diagnostic.code)
    if document.format.id == "ris":
        return _tag_line(text, node, f"ignore[{diagnostic.code}]") if _is_record(node) else None
    start = max(text.rfind("\n", 0, node.span.start), text.rfind("\r", 0, node.span.start)) + 1
    indentation = text[start : node.span.start]
    if indentation.strip():
        return None  # it shares its line with another one
    comment = f"{indentation}% {SIGN} ignore[{diagnostic.code}]{first_line_end(text)}"
    return Edit(start, start, comment)


def ignore_in_file(document: OpenDocument, place: Place, block: Block, diagnostic: Diagnostic) -> BlockEdit | None:
    """The edit that ignores the rule of a diagnostic in the whole document."""
    if document.index.states_any(IGNORE_FILE):
        for other, other_block in document.blocks.places():
            for suppression in _suppressions(document, other_block):
                if suppression.directive.whole_file and suppression.directive.codes:
                    return BlockEdit(other, other_block, _with_code(suppression, diagnostic.code))
    directive = f"ignore-file[{diagnostic.code}]"
    if document.format.id == "ris":
        # A tag line outside of every record would be one more thing that is wrong.
        records = filter(_is_record, (_node_at(document, block, diagnostic), *document.tree(block).entries))
        record = next(records, None)
        return None if record is None else BlockEdit(place, block, _tag_line(block.text, record, directive))
    first, first_block = next(document.blocks.places())
    at = _behind_head(first_block.text)
    return BlockEdit(first, first_block, Edit(at, at, f"% {SIGN} {directive}{first_line_end(block.text)}"))


def ignore_in_project(
    configurations: Configurations, path: Path, folder: Path | None, code: str, encoding: PositionEncoding
) -> FileEdit | None:
    """The edit of the configuration file that counts for the file at `path`; a new one is made in `folder`.

    None when the configuration file cannot be edited, as when it is broken.
    """
    found = configurations.file_for(path)
    if found is None:
        home = folder if folder is not None and folder in path.parents else Path(os.path.abspath(path)).parent
        return FileEdit(home / OWN_NAME, (0, 0), (0, 0), f'ignore = ["{code}"]\n', creates=True)
    try:
        with found.path.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError):
        return None
    edit = ignore_rule(found.path, text.removeprefix("\ufeff"), code)
    if edit is None:
        return None
    table = LineTable(text.removeprefix("\ufeff"))
    start, end = (table.position(offset, encoding) for offset in (edit.start, edit.end))
    return FileEdit(found.path, start, end, edit.new_text, creates=False)


def _node_at(document: OpenDocument, block: Block, diagnostic: Diagnostic) -> Node | None:
    for node in document.tree(block).nodes:
        if not isinstance(node, Comment | Text) and node.span.start <= diagnostic.span.start <= node.span.end:
            return node
    return None


def _is_record(node: Node | None) -> TypeGuard[Entry]:
    """Whether a tag line can be added: a `TY` line alone, as in exports with two types, is no record yet."""
    return isinstance(node, Entry) and (len(node.fields) > 1 or node.closing is not None)


def _suppressions(document: OpenDocument, block: Block) -> list[Suppression]:
    if SIGN not in block.text:
        return []
    return list(document.format.find_suppressions(block.text, document.tree(block)))


def _with_code(suppression: Suppression, code: str) -> Edit:
    assert suppression.directive.codes
    end = suppression.directive.codes[-1].end
    return Edit(end, end, f", {code}")


def _tag_line(text: str, entry: Entry, directive: str) -> Edit:
    """A tag line at the end of a record, written as its first one: what is a tag line may depend on that."""
    separator = entry.fields[0].separator.of(text).rstrip("\t ") if entry.fields else ""
    separator = separator if separator.strip() == "-" else "  -"
    line, line_end = f"U5{separator} {SIGN} {directive}", first_line_end(text)
    if entry.closing is None:
        return Edit(entry.span.end, entry.span.end, line_end + line)
    return Edit(entry.closing.start, entry.closing.start, line + line_end)


def _behind_head(text: str) -> int:
    """Behind the mark of the encoding and the comments at the top, some of which count only on the first line."""
    at = 1 if text.startswith("\ufeff") else 0
    for line in split_lines(text[at:]):
        if not line.startswith("%") or SIGN in line or not line.endswith(("\n", "\r")):
            break
        at += len(line)
    return at
