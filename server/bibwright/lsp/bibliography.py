"""Bibliographies for an editor: a preview a window at a time, one whole as text, and styles that are ready when asked.

What takes long (compiling a style, sorting) is done in another thread, on records and styles, which never change; the
documents are only read here. What comes from outside and does not fit gives no answer rather than an error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from secrets import token_hex
from typing import Any, NamedTuple, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from bibwright.analysis.workspace import OpenDocument
from bibwright.csl.errors import StyleError
from bibwright.csl.output import WRITERS
from bibwright.csl.style import Style
from bibwright.features.bibliography import (
    MOST_SHOWN,
    MOST_SORTED,
    ShownEntry,
    Window,
    Written,
    read_steps,
    show_in_order,
    show_sorted,
    sort_entries,
    write_bibliography,
)
from bibwright.features.entry_numbers import EntryNumbers
from bibwright.features.locate import find_entry_at
from bibwright.features.styles import resolve_style
from bibwright.lsp.commands import locale_of
from bibwright.lsp.convert import BlockRanges, Json
from bibwright.lsp.schedule import check, result_of
from bibwright.lsp.server import Server
from bibwright.syntax.document import Position

#: A request, `{uri, style, locale?, as?, start?, count?, position?}`.
RENDER_BIBLIOGRAPHY = "bibwright/renderBibliography"
#: A command, `{uri, range?, style, locale?, as?, inText?}`.
WRITE_BIBLIOGRAPHY = "bibwright.writeBibliography"

#: Of so many entries on, a bibliography has a progress bar.
_LONG = 1000
#: About how often an item is looked at before it is printed; it only moves the bar.
_LOOKS = 5
#: Seconds between two moves of the bar.
_BAR_PAUSE = 0.25
#: Seconds after a document was opened: what the editor asks for at once goes first.
_WARM_UP_DELAY = 0.2

Result = TypeVar("Result")


class _Sorted(NamedTuple):
    """The bibliography of a document in one state and style."""

    state: str | None
    style: str
    locale: str
    entries: tuple[ShownEntry, ...]


class _StoppedError(Exception):
    """Nobody waits for the result any more."""


class Bibliographies:
    """The bibliographies of the open documents, as far as they are worth keeping."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._numbers: dict[str, tuple[OpenDocument, EntryNumbers]] = {}
        self._sorted: dict[str, _Sorted] = {}
        self._warm: set[tuple[str, str]] = set()

    def document_opened(self, uri: str) -> None:
        """Make ready the styles that the first hover will ask for."""
        asyncio.get_running_loop().call_later(_WARM_UP_DELAY, self.warm_up, uri)

    def document_closed(self, uri: str) -> None:
        """Forget a document."""
        self._numbers.pop(uri, None)
        self._sorted.pop(uri, None)

    def warm_up(self, uri: str) -> None:
        """Compile the styles of a document's settings, each once, beside everything else."""
        if self._server.find(uri) is None or self._server.was_shut_down:
            return
        settings = self._server.settings_of(uri)
        cold = {
            (style, settings.locale): None for style in settings.styles if (style, settings.locale) not in self._warm
        }
        if cold:
            self._warm.update(cold)
            asyncio.get_running_loop().run_in_executor(None, _load_all, tuple(cold))

    async def render(self, params: Any) -> Json | None:
        """A window of a bibliography.

        The answer is `{total, start, entries: [{key, range, text, inText}], at, sorted, version}`: `at` is the number
        of the entry at `position` or null, and the window is around it where no `start` is given; `sorted` says that
        the order is the style's and not the document's; `error` is there alone where the style cannot be used.
        """
        uri = str(_get(params, "uri"))
        document = self._server.find(uri)
        if document is None:
            return None
        style_id, locale = str(_get(params, "style")), locale_of(self._server, document, params)
        try:
            style = await _in_thread(lambda: resolve_style(style_id, locale))
        except StyleError as error:
            return {"error": str(error)}
        position = _position(_get(params, "position"))
        start, count = _number(_get(params, "start")), _number(_get(params, "count"))
        count = MOST_SHOWN if count is None else max(1, min(count, MOST_SHOWN))
        numbers = self._numbers_of(document)
        if numbers.total <= MOST_SORTED:
            entries = await self._sort(document, style, style_id, locale)
            if entries is None:
                return None
            found = find_entry_at(document, position, self._server.encoding) if position is not None else None
            window = show_sorted(entries, start, count, found)
        else:
            steps = show_in_order(document, numbers, style, (start, count), position, self._server.encoding)
            shown = await result_of(steps)
            if shown is None:
                return None
            window = shown
        if self._server.find(uri) is not document:
            return None
        return _window_json(self._server, document, window, _language(params))

    async def _sort(
        self, document: OpenDocument, style: Style, style_id: str, locale: str
    ) -> tuple[ShownEntry, ...] | None:
        """The sorted bibliography of a small document; None when it was edited or closed in the meantime."""
        server, uri = self._server, document.uri
        state = server.state_of(uri)
        kept = self._sorted.get(uri)
        if kept is not None and kept[:3] == (state, style_id, locale):
            return kept.entries
        await check(document)
        read = await result_of(read_steps(document, None, server.encoding))
        if read is None:
            return None

        def step() -> None:
            if server.was_shut_down or server.state_of(uri) != state:
                raise _StoppedError

        with suppress(_StoppedError):
            entries = await _in_thread(lambda: sort_entries(style, read, step))
            if server.state_of(uri) == state:
                self._sorted[uri] = _Sorted(state, style_id, locale, entries)
                return entries
        return None

    async def write(self, params: Any) -> Json | None:
        """The bibliography of a document, or of the entries that a range touches, `{text, languageId, count}`."""
        server = self._server
        document = server.find(str(_get(params, "uri")))
        if document is None:
            return None
        style_id, locale = str(_get(params, "style")), locale_of(server, document, params)
        try:
            style = await _in_thread(lambda: resolve_style(style_id, locale))
        except StyleError as error:
            server.say(types.MessageType.Error, str(error))
            return None
        ends = _get(params, "range")
        start, end = _position(_get(ends, "start")), _position(_get(ends, "end"))
        part = (start, end) if start is not None and end is not None else None
        await check(document)
        read = await result_of(read_steps(document, part, server.encoding))
        if read is None:
            server.say(types.MessageType.Error, "The file was edited while its bibliography was being written.")
            return None
        language, in_text = _language(params), _get(params, "inText") is True

        def work(step: Callable[[], None]) -> Written:
            return write_bibliography(sort_entries(style, read, step), language, in_text=in_text)

        written = await _with_progress(server, work, len(read))
        if written is None:
            return None
        return {"text": written.text, "languageId": WRITERS[language].language_id, "count": written.number}

    def _numbers_of(self, document: OpenDocument) -> EntryNumbers:
        known = self._numbers.get(document.uri)
        if known is None or known[0] is not document:
            known = self._numbers[document.uri] = document, EntryNumbers(document)
        return known[1]


async def _with_progress(server: Server, work: Callable[[Callable[[], None]], Result], count: int) -> Result | None:
    """Do work on `count` entries in another thread, with a bar where it takes long; None when the user cancels it.

    The work calls what it is given again and again.
    """
    steps = 0
    is_cancelled = False

    def step() -> None:
        nonlocal steps
        steps += 1
        if is_cancelled or server.was_shut_down:
            raise _StoppedError

    job = asyncio.get_running_loop().run_in_executor(None, lambda: work(step))
    window = server.client_capabilities.window
    token = f"bibwright-{token_hex(8)}"
    has_bar = count >= _LONG and window is not None and bool(window.work_done_progress)
    progress = server.work_done_progress
    try:
        if has_bar:
            with suppress(JsonRpcException):  # a client that shows no bar after all
                await progress.create_async(token)
            title = f"Writing a bibliography of {count} entries"
            progress.begin(token, types.WorkDoneProgressBegin(title=title, cancellable=True, percentage=0))
            while not job.done():
                await asyncio.wait([job], timeout=_BAR_PAUSE)
                percentage = min(99, steps * 100 // (_LOOKS * count))
                progress.report(token, types.WorkDoneProgressReport(percentage=percentage))
                is_cancelled = progress.tokens[token].cancelled()
        return await job
    except _StoppedError:
        return None
    finally:
        is_cancelled = True
        if has_bar and token in progress.tokens:
            progress.end(token, types.WorkDoneProgressEnd())


async def _in_thread(work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(None, work)


def _load_all(styles: Sequence[tuple[str, str]]) -> None:
    for style, locale in styles:
        with suppress(StyleError):
            resolve_style(style, locale)


def _window_json(server: Server, document: OpenDocument, window: Window, language: str) -> Json:
    write = WRITERS[language].write
    entries = []
    for shown in window.entries:
        record, entry, block = shown.source
        ranges = BlockRanges(block, document.place_of(block), server.encoding)
        texts = {"text": write(shown.entry), "inText": write(shown.in_text)}
        entries.append({"key": record.key, "range": ranges.range(entry.span), **texts})
    return {
        "total": window.total,
        "start": window.start,
        "entries": entries,
        "at": window.at,
        "sorted": window.is_sorted,
        "version": document.version,
    }


def _get(value: Any, name: str) -> Any:
    """A member of an object that a client sent; None where there is none."""
    return value.get(name) if isinstance(value, dict) else None


def _language(params: Any) -> str:
    asked = _get(params, "as")
    return asked if isinstance(asked, str) and asked in WRITERS else "html"


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _position(value: Any) -> Position | None:
    line, character = _number(_get(value, "line")), _number(_get(value, "character"))
    return None if line is None or character is None or line < 0 or character < 0 else Position(line, character)
