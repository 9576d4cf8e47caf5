"""CSL-YAML text as items whose every key has a place in the text.

Values are what was written: YAML's own ideas of dates, numbers and truth would turn `2020-01-01`, `1e3` and `no` into
something else, so nodes are composed and nothing is constructed from them. Items of a block list are composed one by
one: what is wrong in one costs no other, and a long file needs little memory.

Files hold a list under `references` (as pandoc writes it, with or without the lines that begin and end a metadata
block, and other metadata beside it), or a bare list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bibwright.formats.csl_data.items import Item, Member
from bibwright.formats.csl_data.yaml_values import KNOWN_KEYS, WHOLE_NUMBER, from_yaml
from bibwright.formats.exchange import Unreadable
from bibwright.text.spans import Span, trim

_EMPTY_LIST = re.compile(r"^references[ \t]*:[ \t]*(?:\[\s*\])?\s*(?:^(?:\.\.\.|---)\s*)?\Z", re.MULTILINE)
_MARKER = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_LIST = re.compile(r"^(?:references|items)[ \t]*:[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_INLINE_LIST = re.compile(r"^[\"']?(?:references|items)[\"']?[ \t]*:[ \t]*(?:[\[&*!]|\r?$)", re.MULTILINE)
_FLOW = re.compile(r"\s*[\[{]")
#: A line that is more than a comment.
_LINE = re.compile(r"^([ ]*)([^\s#].*)$", re.MULTILINE)
_DASH = re.compile(r"-(?:\s|\Z)")
#: A dash with the key of an item: what no list in the prose around a metadata block begins with.
_DASH_AND_KEY = re.compile(r"""-\s+(?:["']?[\w-]+["']?\s*:|[{&])""")
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
#: Keys whose values are true or false; in what else CSL knows `true` is a word.
_FLAGS = frozenset(("circa", "comma-suffix", "static-ordering", "parse-names", "isInstitution"))
#: More values than any item has; a few lines of aliases of aliases could else stand for billions.
_MOST_VALUES = 20_000
_DEEPEST = 30
_BRACKET = re.compile(r"[\[\]{}]")
_MOST_BRACKETS = 150


def find_items(text: str) -> Iterator[Item | Unreadable]:
    """The items of a text in order; what is no item is given as such, and what is behind it is read all the same."""
    # A blank line keeps all places; a byte order mark would indent the first line.
    text = "\n" + text[1:] if text.startswith("\ufeff") else text
    # A carriage return alone ends a line, too.
    text = _LONE_RETURN.sub("\n", text)
    found = False
    for document in _documents(text):
        for item in _items(text, document):
            found = True
            yield item
    if not found and text.strip() and _EMPTY_LIST.search(text) is None:
        yield Unreadable("no list of items was found", Span(0, len(text)))


def _documents(text: str) -> Iterator[Span]:
    """The stretches between the lines that begin and end YAML documents, or metadata blocks in Markdown."""
    start = 0
    for marker in _MARKER.finditer(text):
        yield Span(start, marker.start())
        start = marker.end()
    yield Span(start, len(text))


def _items(text: str, document: Span) -> Iterator[Item | Unreadable]:
    heading = _LIST.search(text, *document)
    start = heading.end() if heading is not None else document.start
    first = _LINE.search(text, start, document.end)
    begins = _DASH if heading is not None else _DASH_AND_KEY
    if first is not None and begins.match(first[2]):
        yield from _block_list(text, document, Span(first.start(), document.end), len(first[1]))
    elif _INLINE_LIST.search(text, *document) or _FLOW.match(text, *document):
        yield from _whole(text, document)


def _block_list(text: str, document: Span, rest: Span, indent: int) -> Iterator[Item | Unreadable]:
    """The items of a list that are written line by line, each composed on its own."""
    whole: dict[int, Item | Unreadable] | None = None
    for span in _chunks(text, rest, indent):
        composed = _compose(text, span)
        if composed.needs_anchors:
            # An alias of something outside the item: only the whole document knows it.
            if whole is None:
                whole = {item.span.start: item for item in _whole(text, document)}
            dash = span.start + indent
            inside = (item for start, item in whole.items() if dash < start < span.end)
            yield next(inside, Unreadable(composed.reason, trim(text, *span)))
        elif composed.node is None:
            yield Unreadable(composed.reason, trim(text, *span))
        else:
            yield from _sequence(text, composed.node, span.start)


def _chunks(text: str, rest: Span, indent: int) -> Iterator[Span]:
    """From each dash at the list's indentation to the next, or to the line that ends the list."""
    start: int | None = None
    for line in _LINE.finditer(text, *rest):
        depth = len(line[1])
        if depth > indent:
            continue
        if start is not None:
            yield Span(start, line.start())
        if depth < indent or not _DASH.match(line[2]):
            return
        start = line.start()
    if start is not None:
        yield Span(start, rest.end)


def _whole(text: str, document: Span) -> Iterator[Item | Unreadable]:
    composed = _compose(text, document)
    if composed.node is None:
        yield Unreadable(composed.reason, trim(text, *document))
        return
    node = composed.node
    if _kind(node) == "mapping":
        lists = [value for key, value in node.value if key.value in ("references", "items")]
        if any(value.value in _NULL for value in lists if _kind(value) == "scalar"):
            return
        node = next((value for value in lists if _kind(value) == "sequence"), node)
    if _kind(node) == "sequence":
        yield from _sequence(text, node, document.start)
    elif _kind(node) == "mapping":
        yield _item(text, node, document.start)


class _Composed(NamedTuple):
    node: Any
    reason: str = ""
    needs_anchors: bool = False


def _compose(text: str, span: Span) -> _Composed:
    """The node that a stretch of text is, or why it is none."""
    from ruamel.yaml import YAML
    from ruamel.yaml.composer import ComposerError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    if _is_too_deep(text, span):
        return _Composed(None, "nested too deeply")
    # The library refuses control characters; a blank instead of each keeps all places.
    source = _FORBIDDEN.sub(" ", text[span.start : span.end])
    try:
        node = YAML(typ="safe", pure=True).compose(source)
    except MarkedYAMLError as error:
        reason = str(error.problem or error.context or "no YAML").strip().rstrip(".").split("\n")[0]
        return _Composed(None, reason, isinstance(error, ComposerError) and "undefined alias" in reason)
    except RecursionError:
        return _Composed(None, "nested too deeply")
    except (YAMLError, ValueError, AttributeError, TypeError, IndexError, KeyError, AssertionError) as error:
        # Odd texts make the library itself stumble.
        return _Composed(None, f"no YAML: {type(error).__name__}")
    return _Composed(node, "" if node is not None else "an item was expected")


def _is_too_deep(text: str, span: Span) -> bool:
    """Whether so many brackets are open at once that the library would take seconds to give up."""
    depth = 0
    for bracket in _BRACKET.finditer(text, *span):
        depth += 1 if bracket[0] in "[{" else -1 if depth else 0
        if depth > _MOST_BRACKETS:
            return True
    return False


def _sequence(text: str, node: Any, offset: int) -> Iterator[Item | Unreadable]:
    if _kind(node) != "sequence":
        yield Unreadable("a list of items was expected", _span(text, node, offset))
        return
    for child in node.value:
        yield _item(text, child, offset)


def _item(text: str, node: Any, offset: int) -> Item | Unreadable:
    span = _span(text, node, offset)
    if _kind(node) != "mapping":
        return Unreadable("an object was expected", span)
    members: list[Member] = []
    budget = _Budget()
    try:
        for pair in budget.pairs(node, 0):
            name = pair.key.value if _kind(pair.key) == "scalar" else ""
            budget.in_custom = name not in KNOWN_KEYS
            key, value = pair.place
            place = Span(offset + key.start_mark.index, max(_end(text, value, offset), offset + key.end_mark.index))
            value = pair.value
            members.append(Member(name, from_yaml(name, budget.value(value, name, 0)), place))
    except _TooMuchError as error:
        return Unreadable(str(error), span)
    return Item(tuple(members), span)


class _TooMuchError(Exception):
    """An item has more in it than any item has."""


class _Pair(NamedTuple):
    """A key and its value; `place` are those that stand in the text for them."""

    key: Any
    value: Any
    place: tuple[Any, Any]


def _is_merge(pair: _Pair) -> bool:
    if _kind(pair.key) != "scalar" or pair.key.value != "<<" or pair.key.style is not None:
        return False
    sources = pair.value.value if _kind(pair.value) == "sequence" else [pair.value]
    return all(_kind(source) == "mapping" for source in sources)


class _Budget:
    """The values of one item, as many as an item may have."""

    def __init__(self) -> None:
        self.left = _MOST_VALUES
        self.in_custom = False

    def pairs(self, node: Any, depth: int) -> list[_Pair]:
        """The keys and values of a mapping, those that `<<` takes over from other ones behind its own."""
        pairs = [_Pair(key, value, (key, value)) for key, value in node.value]
        own = [pair for pair in pairs if not _is_merge(pair)]
        if len(own) == len(pairs):
            return own
        names = {pair.key.value for pair in own if _kind(pair.key) == "scalar"}
        for merge in pairs:
            sources = merge.value.value if _kind(merge.value) == "sequence" else [merge.value]
            for source in sources if _is_merge(merge) else ():
                self.left -= 1
                if depth > _DEEPEST or self.left < 0:
                    raise _TooMuchError("too many values")
                for pair in self.pairs(source, depth + 1):
                    self.left -= 1
                    if _kind(pair.key) == "scalar" and pair.key.value not in names:
                        names.add(pair.key.value)
                        own.append(pair._replace(place=merge.place))
        return own

    def value(self, node: Any, key: str, depth: int) -> Any:
        self.left -= 1
        if self.left < 0:
            raise _TooMuchError("too many values")
        if depth > _DEEPEST:
            raise _TooMuchError("nested too deeply")
        match _kind(node):
            case "sequence":
                return [self.value(child, key, depth + 1) for child in node.value]
            case "mapping":
                return {
                    str(name.value) if _kind(name) == "scalar" else "": self.value(child, str(name.value), depth + 1)
                    for name, child, _ in self.pairs(node, depth)
                }
        return _scalar(str(node.value), plain=node.style is None, flag=self.in_custom or key in _FLAGS)


def _scalar(text: str, *, plain: bool, flag: bool) -> Any:
    if not plain:
        return text
    if text in _NULL:
        return None
    if flag and text in _TRUTH:
        return _TRUTH[text]
    return int(text) if WHOLE_NUMBER.match(text) else text


def _kind(node: Any) -> str:
    return str(node.id)


def _span(text: str, node: Any, offset: int) -> Span:
    start = offset + node.start_mark.index
    return Span(start, max(start, _end(text, node, offset)))


def _end(text: str, node: Any, offset: int) -> int:
    """Where a node ends; the library has block collections end where the next thing begins."""
    while _kind(node) != "scalar" and node.value and not node.flow_style:
        last = node.value[-1]
        child = last[1] if isinstance(last, tuple) else last
        if child.start_mark.index <= node.start_mark.index:
            break  # an alias: its node stands elsewhere, or is one of those around it
        node = child
    end = offset + int(node.end_mark.index)
    start = offset + int(node.start_mark.index)
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end
