"""A small client that speaks the Language Server Protocol with a real server process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

Json = dict[str, Any]

#: What VS Code can do, as far as it matters here.
CAPABILITIES: Json = {
    "general": {"positionEncodings": ["utf-16"]},
    "workspace": {
        "configuration": True,
        "applyEdit": True,
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
    },
    "window": {"showDocument": {"support": True}},
    "textDocument": {
        "diagnostic": {"dynamicRegistration": False},
        "publishDiagnostics": {"relatedInformation": True},
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
            "dataSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
    },
}
PUSH_CAPABILITIES: Json = {
    **CAPABILITIES,
    "textDocument": {name: value for name, value in CAPABILITIES["textDocument"].items() if name != "diagnostic"},
}


class Client:
    """Starts `python -m bibwright serve`; use it in a `with` block, which ends the session properly."""

    def __init__(
        self,
        capabilities: Json = CAPABILITIES,
        settings: Json | None = None,
        options: Json | None = None,
        early: Sequence[Json] = (),
        folder: Path | None = None,
    ) -> None:
        """`early` are messages that are sent before the session begins; `folder` is open in the editor."""
        self._settings = settings
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bibwright", "serve"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._messages: Queue[Json] = Queue()
        self._answered: dict[Any, Json] = {}
        self._id = 0
        self._version = 1
        self.stderr = b""
        #: Notifications and requests of the server, in order.
        self.received: list[Json] = []
        self.answers: dict[str, Callable[[Json], Any]] = {
            "workspace/configuration": lambda params: [self._settings for _ in params["items"]],
            "workspace/applyEdit": lambda params: {"applied": True},
            "window/showDocument": lambda params: {"success": True},
        }
        Thread(target=self._read, daemon=True).start()
        Thread(target=self._read_errors, daemon=True).start()
        for message in early:
            self._send({"jsonrpc": "2.0", **message})
        self.initialize_result = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": None if folder is None else folder.as_uri(),
                "capabilities": capabilities,
                "initializationOptions": options,
            },
        )
        self.notify("initialized", {})

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        assert self._process.wait(10) == 0

    def notify(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """The result of a request; what the server asks or says in between is answered and kept."""
        answer = self.answer_to(self.send(method, params))
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def send(self, method: str, params: Any) -> int:
        """The id of a request whose answer is not waited for yet."""
        self._id += 1
        self._send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        return self._id

    def answer_to(self, request: Any) -> Json:
        """The whole answer to the request with this id."""
        while request not in self._answered:
            message = self._next()
            if "method" not in message:
                self._answered[message["id"]] = message
        return self._answered.pop(request)

    def wait_for(self, method: str) -> Json:
        """The params of the next notification of this kind that has not been waited for yet."""
        while True:
            for message in self.received:
                if message["method"] == method:
                    self.received.remove(message)
                    params: Json = message.get("params") or {}
                    return params
            self._next()

    def open(self, uri: str, text: str, language: str = "bibtex") -> Json:
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return {"textDocument": {"uri": uri}}

    def change(self, uri: str, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        self._version += 1
        change = {"range": range_json(start, end), "text": text}
        identifier = {"uri": uri, "version": self._version}
        self.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})

    def diagnostics(self, uri: str) -> list[Json]:
        items: list[Json] = self.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        return items

    def _next(self) -> Json:
        try:
            message = self._messages.get(timeout=20)
        except Empty:
            raise AssertionError(f"the server says nothing; on standard error: {self.stderr!r}") from None
        if "method" in message:
            self.received.append(message)
            if "id" in message:
                answer = self.answers.get(message["method"], lambda params: None)(message.get("params"))
                self._send({"jsonrpc": "2.0", "id": message["id"], "result": answer})
        return message

    def _send(self, message: Json) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = 0
            while line.strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
                line = stream.readline()
            self._messages.put(json.loads(stream.read(length)))

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        while line := self._process.stderr.readline():
            self.stderr += line


def range_json(start: tuple[int, int], end: tuple[int, int]) -> Json:
    return {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }
