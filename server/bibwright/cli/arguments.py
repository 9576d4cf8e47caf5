"""The commands of `bibwright` and their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bibwright import __version__

_CHECK_HELP = """\
Check .bib and .ris files; a directory is searched for them. Exit status: 0 when there is no error or warning, 1 when
there is one, 2 for wrong use or a file or directory that cannot be read.

Text output is "path:line:column: severity CODE message [name]", lines and columns counted from 1, columns in UTF-16
units as most editors show them. JSON output counts lines and characters from 0, as the Language Server Protocol does.
"""


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What the user asked for; wrong use ends the program with status 2 and a message."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.command == "check" and arguments.unsafe_fixes and not arguments.fix:
        parser.error("--unsafe-fixes needs --fix")
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bibwright", description="Checks, cites and converts bibliographies: BibTeX, biblatex and RIS."
    )
    parser.add_argument("--version", action="version", version=f"bibwright {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="run the language server", description="Run the language server.")
    serve.add_argument("--stdio", action="store_true", help="talk over standard input and output (the default)")
    serve.add_argument(
        "--tcp", metavar="[HOST:]PORT", type=_address, help="listen there; HOST is 127.0.0.1 if not given"
    )

    check = commands.add_parser(
        "check",
        help="report what is wrong in bibliographies",
        description=_CHECK_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("paths", metavar="PATH", nargs="+", help="a file or a directory")
    check.add_argument("--fix", action="store_true", help="apply the safe fixes and report what is left")
    check.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix: apply fixes that need a second look too"
    )
    _add_output(check)
    _add_encoding(check)

    cite = commands.add_parser(
        "cite",
        help="print the citations of a bibliography",
        description="Print each entry in each style, one citation a line, entries in file order. Exit status: 0, "
        "1 when nothing of an entry could be printed, 2 for wrong use or a file that cannot be read.",
    )
    cite.add_argument("file", metavar="FILE")
    cite.add_argument(
        "--style", metavar="ID", action="append", default=[], help="a style (see `bibwright styles`) or a .csl file"
    )
    cite.add_argument("--key", metavar="K", action="append", default=[], help="only the entry with this key")
    _add_output(cite)
    _add_encoding(cite)

    convert = commands.add_parser(
        "convert",
        help="convert a bibliography to another format",
        description="Convert a file. The result goes to standard output or OUT, in UTF-8; what was changed or lost on "
        "the way is summed up on standard error.",
    )
    convert.add_argument("file", metavar="FILE")
    convert.add_argument("--to", required=True, choices=("bibtex", "biblatex", "ris"), help="the format to convert to")
    convert.add_argument("-o", "--out", metavar="OUT", help="the file to write")
    _add_encoding(convert)

    commands.add_parser("styles", help="list the citation styles", description="List the built-in citation styles.")
    rules = commands.add_parser("rules", help="list the rules", description="List the rules that `check` applies.")
    _add_output(rules)
    return parser


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", choices=("text", "json"), default="text", help="how to print (default: text)")


def _add_encoding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--encoding", metavar="E", help="the encoding of the files, where the one that is detected is not right"
    )


def _address(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f'"{value}" is not a port or HOST:PORT')
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)
