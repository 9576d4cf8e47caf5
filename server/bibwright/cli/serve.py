"""`bibwright serve`: the only command that knows of the language server, and only once it is called."""

from __future__ import annotations


def serve(address: tuple[str, int] | None) -> int:
    """Run the language server until its client is gone; over standard input and output, or at `address`.

    As the protocol asks, the status is 0 when the client took its leave before it went, else 1.
    """
    from bibwright.lsp.server import serve_stdio, serve_tcp

    if address is None:
        return serve_stdio()
    host, port = address
    try:
        return serve_tcp(host, port)
    except OSError as error:
        from bibwright.cli.report import complain

        complain(f"cannot listen on {host}:{port}: {error.strerror or error}")
        return 2
