"""The protocol without pygls's own documents, which rewrite a whole file on each change and split lines elsewhere.

pygls runs its built-in handlers first; overriding them here is the only way to keep it from holding the text too.
The handlers that the server registers for the same notifications are then all there is.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method
from pygls.protocol.json_rpc import JsonRPCRequestMessage, JsonRPCResponseMessage, MsgId, RPCMessage


def new_converter() -> Converter:
    """What makes typed objects of messages; the parameters of requests of our own stay plain data.

    pygls would make named tuples of them, in which a member called `as` is lost.
    """
    converter: Converter = default_converter()
    converter.register_structure_hook(JsonRPCRequestMessage, lambda message, kind: kind(**message))
    return converter


class BibwrightProtocol(LanguageServerProtocol):
    """Passes document notifications on, and plain data through."""

    def handle_message(self, message: RPCMessage) -> None:
        """Keep what comes before `initialize` or after `shutdown` from the handlers, as the specification says.

        Requests are answered with an error, notifications are dropped; `exit` is always heard.
        """
        method: str | None = getattr(message, "method", None)
        if method is None or method == types.EXIT:
            super().handle_message(message)
        elif self._shutdown:
            self._refuse(message, types.ErrorCodes.InvalidRequest, "the server has been shut down")
        elif self._workspace is None and method != types.INITIALIZE:
            self._refuse(message, types.ErrorCodes.ServerNotInitialized, "the server has not been initialized")
        else:
            super().handle_message(message)

    def _refuse(self, message: RPCMessage, code: types.ErrorCodes, reason: str) -> None:
        msg_id: MsgId | None = getattr(message, "id", None)
        if msg_id is not None:
            self._send_response(msg_id, None, types.ResponseError(int(code), reason))

    def _handle_cancel_notification(self, msg_id: MsgId) -> None:
        """Cancel a request. One that has been answered in the meantime is nothing to warn of."""
        if msg_id in self._request_futures:
            super()._handle_cancel_notification(msg_id)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """A document was opened."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """A document was edited."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """A document was closed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *_: Any) -> Generator[Any, Any, None]:
        """Cancel what is under way. pygls does so while it walks over what a cancelled request removes itself from."""
        for msg_id, future in list(self._request_futures.items()):
            if msg_id != self.msg_id and not future.done():
                future.cancel()
        self._shutdown = True
        yield from ()

    @lsp_method(types.EXIT)
    def lsp_exit(self, *args: Any) -> Generator[Any, Any, None]:
        """End the process on standard input and output; on a socket end the server, which then returns.

        pygls raises `SystemExit` in both, and in the callback of a connection that ends nothing but in a traceback.
        """
        if self._server._server is None:
            yield from super().lsp_exit(*args)
            return
        if self.writer is not None:
            self.writer.close()
        self._server.shutdown()

    def _serialize_message(self, data: Any) -> Any:
        """A message whose content is plain data already goes out as it is: converting it would cost more than it did.

        `json` calls this again for any typed object inside.
        """
        if isinstance(data, JsonRPCResponseMessage):
            return {"jsonrpc": data.jsonrpc, "id": data.id, "result": data.result}
        if isinstance(getattr(data, "params", None), dict):
            message = {"jsonrpc": data.jsonrpc, "method": data.method, "params": data.params}
            return {**message, "id": data.id} if hasattr(data, "id") else message
        return super()._serialize_message(data)
