"""The commands that convert. Arguments come from outside: what does not fit gives no answer rather than an error."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from lsprotocol import types
from pygls.uris import to_fs_path

from bibwright.analysis.workspace import OpenDocument
from bibwright.features import code_actions as feature
from bibwright.features.conversion import Conversion, summarise
from bibwright.features.conversion_report import loss_question, render_report
from bibwright.features.convert import ConversionOptions, Keys, convert_document, convert_entries
from bibwright.features.convert_dialect import convert_dialect_document
from bibwright.features.convert_in_place import InPlace, convert_in_place, is_in_place
from bibwright.features.locate import span_between
from bibwright.formats import TARGETS, AnyFormat, suffix_of
from bibwright.lsp.commands import can_create_files, can_edit, document_of, position_of
from bibwright.lsp.convert import Json, edits_json, path_of, workspace_edit
from bibwright.lsp.reports import confirm, tell
from bibwright.lsp.schedule import check, result_of
from bibwright.lsp.server import Server
from bibwright.text.spans import Span

LIST_TARGETS = "bibwright.listTargets"
CONVERT_ENTRY = "bibwright.convertEntry"
CONVERT_FILE = "bibwright.convertFile"
CONVERT_IN_PLACE = "bibwright.convertInPlace"
CREATE_CONVERTED = "bibwright.createConverted"

#: A command that a client may have of its own; it names such in its initialization options.
OPEN_CONVERTED = "bibwright.openConverted"

#: Somebody who writes on while a large file is converted has it converted anew, but not for ever.
_MOST_ATTEMPTS = 5
Result = TypeVar("Result")


def list_targets(server: Server, params: Any) -> list[Json]:
    """`{uri}` -> what a document can be converted to, as `{id, title, languageId, inPlace}`."""
    document = document_of(server, params)
    targets = feature.conversion_targets(document) if document is not None else []
    return [
        {"id": format.id, "title": format.title, "languageId": format.language_id, "inPlace": in_place}
        for format, in_place in targets
    ]


async def convert_entry(server: Server, params: Any) -> Json | bool | None:
    """`{uri, range, to}` -> as `convert_file`, of the entries that the range touches."""
    document, target = document_of(server, params), _target(params)
    if document is None or target is None:
        return None
    chosen = _chosen(server, document, params)
    return None if chosen is None else await _convert(server, document, target, chosen)


async def convert_file(server: Server, params: Any) -> Json | bool | None:
    """`{uri, to}` -> `{text, languageId, suggestedName, summary, question, report}`.

    `question` says what would be lost, and is empty where nothing is; `report` is Markdown. None where there is no
    entry, False where the user was told why there is no answer.
    """
    document, target = document_of(server, params), _target(params)
    return None if document is None or target is None else await _convert(server, document, target)


async def _convert(
    server: Server, document: OpenDocument, target: AnyFormat, chosen: Span | None = None
) -> Json | bool | None:
    def steps() -> Generator[None, None, Conversion]:
        settings = server.settings_of(document.uri)
        options = ConversionOptions(keep_unmapped=settings.convert_keep_unmapped)
        keys = _keys(document, target, settings.convert_key_pattern)
        if chosen is not None:
            # On their own: what they name elsewhere is written out.
            return convert_entries(document, chosen, target, keys, options)
        if is_in_place(document, target):
            return convert_dialect_document(document, target)
        return convert_document(document, target, keys, options)

    conversion = await _steadily(server, document, steps, again=chosen is None)
    if conversion is None:
        return False
    if not conversion.records and not conversion.failures:
        return None
    path = path_of(document.uri)
    return {
        "text": conversion.text,
        "languageId": target.language_id,
        "suggestedName": Path(path).with_suffix(suffix_of(target)).name if Path(path).name else "converted",
        "summary": summarise(conversion) if conversion.losses or conversion.failures else [],
        "question": loss_question(conversion),
        "report": _report(document, conversion),
    }


def _keys(document: OpenDocument, target: AnyFormat, pattern: str) -> Keys:
    """Makes citation keys that no other file of the project has; the keys of a .bib stay what they are."""
    project = document.project
    if target.language_id != "bibtex":
        return Keys()
    if project is None or document.format.language_id == "bibtex":
        return Keys(pattern)

    def is_taken(key: str) -> bool:
        return any(project.find(kind, key, document.path) is not None for kind in ("key", "alias"))

    return Keys(pattern, is_taken)


async def convert_in_document(server: Server, params: Any) -> Json | bool | None:
    """`{uri, to[, range][, version][, preview]}`: convert a .bib, or the entries of a range, where they stand.

    The answer is `{applied, summary, question, report}`, None where there is no entry, and False where the user was
    told why nothing was done or did not want it. Values are lost only after the user has agreed: in the preview of a
    client that has one, else when asked. With `preview` there is one in any case.
    """
    document, target = document_of(server, params), _target(params)
    if document is None or target is None or not is_in_place(document, target):
        return None
    chosen = _chosen(server, document, params) if "range" in params else None
    if "range" in params and chosen is None:
        return None
    if params.get("version", document.version) != document.version:
        return _was_changed(server, document)
    found = await _steadily(server, document, lambda: convert_in_place(document, target, chosen), again=chosen is None)
    if found is None:
        return False
    version, conversion = document.version, found.conversion
    if not conversion.entries and not conversion.failures:
        return None
    name = _name(document)
    if not found.edits:
        failure = conversion.failures[0].reason if conversion.failures else f"it is {target.title} already"
        server.say(types.MessageType.Info, f"{name} stays as it is: {failure}")
        return False
    if not can_edit(server):
        server.say(types.MessageType.Error, "This editor makes no edits for bibwright.")
        return False
    preview = params.get("preview") is True and can_annotate(server)
    edit, question = edit_in_place(server, document, found, confirm_all=preview), loss_question(conversion)
    report = _report(document, conversion)
    if question and not can_annotate(server):
        if not await confirm(server, f"{name}: {question}", report, verb="Convert"):
            return False
        if server.find(document.uri) is not document or document.version != version:
            return _was_changed(server, document)
    elif question:
        _tell_losses(server, document, question, report)
    answer = await server.protocol.send_request_async(
        types.WORKSPACE_APPLY_EDIT, {"label": f"Convert to {target.title}", "edit": edit}
    )
    if not answer.applied and not question and not preview:
        server.say(types.MessageType.Error, f"{name} was not changed: {answer.failure_reason or 'refused'}")
    summary = summarise(conversion) if conversion.losses or conversion.failures else []
    if OPEN_CONVERTED not in server.client_commands:
        _log(server, summary)
    return {"applied": bool(answer.applied), "summary": summary, "question": question, "report": report}


def edit_in_place(server: Server, document: OpenDocument, found: InPlace, *, confirm_all: bool = False) -> Json:
    """The workspace edit; its edits say what they lose, where the client shows that before it makes them."""
    edits = edits_json(document, found.edits, server.encoding)
    if not can_annotate(server):
        return workspace_edit(server, document, edits)
    for edit, number in zip(edits, found.group_of, strict=True):
        edit["annotationId"] = f"group-{number}"
    annotations = {}
    for number in sorted(set(found.group_of)):
        group = found.groups[number]
        annotation = {"label": group.label, "needsConfirmation": group.loses or confirm_all}
        annotations[f"group-{number}"] = annotation | ({"description": group.description} if group.description else {})
    return {**workspace_edit(server, document, edits), "changeAnnotations": annotations}


async def resolve_in_place(server: Server, data: Json) -> Json | None:
    """The edit of a code action that converts in place; None where the document has been changed since."""
    document, target = document_of(server, data), _target(data)
    if document is None or target is None or not is_in_place(document, target):
        return None
    if document.version != data.get("version"):
        return None
    chosen = _chosen(server, document, data) if "range" in data else None
    found = await _steadily(server, document, lambda: convert_in_place(document, target, chosen), again=False)
    if found is None or not found.edits:
        return None
    if question := loss_question(found.conversion):
        _tell_losses(server, document, question, _report(document, found.conversion))
    return edit_in_place(server, document, found)


def _tell_losses(server: Server, document: OpenDocument, question: str, report: str) -> None:
    """Say beside a preview what it is about."""
    tell(server, f"{_name(document)}: {question}. Edits that lose something are made only where you tick them.", report)


async def create_converted(server: Server, params: Any) -> Json | bool | None:
    """`{uri, to[, range]}`: write the conversion into a new file beside the old one and show it.

    An existing file is never overwritten: a free name is found, and the client refuses one that has come into being
    in the meantime. For a client that creates no files the answer is that of the other commands: the text.
    """
    document = document_of(server, params)
    if document is None:
        return None
    converted = await (convert_entry(server, params) if "range" in params else convert_file(server, params))
    if not isinstance(converted, dict):
        return converted
    if not can_create_files(server):
        server.say(types.MessageType.Error, "This editor cannot create files for bibwright.")
        return converted
    source = to_fs_path(document.uri)
    if source is None or not document.uri.startswith("file:"):
        server.say(types.MessageType.Error, "Save the file first: the converted one is put beside it.")
        return None
    # An editor may keep what it created unsaved for long: such a name is taken too, though no file bears it.
    open_paths = {Path(to_fs_path(uri) or "") for uri in server.open.documents} | server.created
    target = _free_path(Path(source), Path(converted["suggestedName"]).suffix, open_paths)
    uri = document.uri.rpartition("/")[0] + "/" + quote(target.name)
    start = {"line": 0, "character": 0}
    edit = {
        "documentChanges": [
            {"kind": "create", "uri": uri, "options": {"overwrite": False, "ignoreIfExists": False}},
            {
                "textDocument": {"uri": uri, "version": None},
                "edits": [{"range": {"start": start, "end": start}, "newText": converted["text"]}],
            },
        ]
    }
    server.created.add(target)
    answer = await server.protocol.send_request_async(types.WORKSPACE_APPLY_EDIT, {"label": "Convert", "edit": edit})
    if not answer.applied:
        server.say(types.MessageType.Error, f"{target.name} was not created: {answer.failure_reason or 'refused'}")
        return None
    _log(server, converted["summary"])
    show = server.client_capabilities.window and server.client_capabilities.window.show_document
    if show and show.support:
        await server.window_show_document_async(types.ShowDocumentParams(uri=uri, take_focus=True))
    else:
        server.say(types.MessageType.Info, f"The result is in {target.name}, beside {source.rpartition('/')[2]}")
    if converted["question"]:
        server.say(types.MessageType.Warning, f"{target.name}: {converted['summary'][0]}")
    return {"uri": uri, "summary": converted["summary"]}


def can_annotate(server: Server) -> bool:
    """Whether the client shows what edits are for, and asks where that is wanted."""
    workspace = server.client_capabilities.workspace
    edits = workspace.workspace_edit if workspace is not None else None
    return edits is not None and bool(edits.document_changes) and edits.change_annotation_support is not None


async def _steadily(
    server: Server, document: OpenDocument, steps: Callable[[], Generator[None, None, Result]], *, again: bool
) -> Result | None:
    """The result for the text as it is now; None, which the user is told, where it changes all the time.

    With `again` it is worked out anew when the document was changed meanwhile: a range would be another one by then.
    """
    for _ in range(_MOST_ATTEMPTS if again else 1):
        version = document.version
        await check(document)
        result = await result_of(steps())
        if server.find(document.uri) is not document:
            break
        if document.version == version:
            return result
    _was_changed(server, document)
    return None


def _was_changed(server: Server, document: OpenDocument) -> bool:
    """Say so; False."""
    server.say(types.MessageType.Warning, f"{_name(document)} was changed in the meantime: convert it again")
    return False


def _report(document: OpenDocument, conversion: Conversion) -> str:
    return render_report(conversion, document.blocks.text(), source_name=_name(document))


def _log(server: Server, summary: list[str]) -> None:
    for line in summary:
        server.window_log_message(types.LogMessageParams(types.MessageType.Info, line))


def _name(document: OpenDocument) -> str:
    return Path(path_of(document.uri)).name or document.uri


def _free_path(source: Path, suffix: str, taken: set[Path]) -> Path:
    """`refs.ris` beside `refs.bib`; `refs-2.ris` where that is taken, and so on."""
    candidate, number = source.with_suffix(suffix), 1
    while candidate in taken or candidate.exists() or candidate.is_symlink():
        number += 1
        candidate = source.with_name(f"{source.stem}-{number}{suffix}")
    return candidate


def _target(params: Any) -> AnyFormat | None:
    return TARGETS.get(str(params.get("to"))) if isinstance(params, dict) else None


def _chosen(server: Server, document: OpenDocument, params: Any) -> Span | None:
    """The range among the arguments, as a span of the document."""
    ends = params.get("range")
    start, end = position_of(ends, "start"), position_of(ends, "end")
    return None if start is None or end is None else span_between(document, start, end, server.encoding)
