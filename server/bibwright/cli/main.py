"""The `bibwright` command: reads its arguments and starts what they ask for.

Nothing beyond the standard library is imported before a command runs, so that `--version` and `--help` answer at
once.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bibwright.cli.arguments import parse_arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status is 0, 1 (something was found) or 2 (it could not be done)."""
    _open_closed_streams()
    arguments = parse_arguments(argv)
    for stream in (sys.stdout, sys.stderr):
        # Whatever the locale is: citations are in all scripts, and what reads them expects UTF-8.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = _run(arguments)
        if not sys.stdout.closed:  # the language server closes it when its client leaves
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough. What is left in the buffer must not fail at exit again.
        _drop_output()
        return 141
    except OSError as error:
        from bibwright.cli.report import complain

        _drop_output()
        complain(f"the output cannot be written: {error.strerror or error}")
        return 2
    except KeyboardInterrupt:
        return 130
    return status


def _open_closed_streams() -> None:
    """Without its streams (`<&-`, `>&-`) nothing is read and what is printed goes nowhere."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - open to the end, as what it stands for
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "serve":
            from bibwright.cli.serve import serve

            return serve(arguments.tcp)
        case "check":
            from bibwright.cli.check import check, check_options
            from bibwright.cli.configuration import UsageError
            from bibwright.cli.report import complain

            try:
                options = check_options(arguments)
            except UsageError as error:
                complain(str(error))
                return 2
            with _without_collector():
                return check(arguments.paths, options)
        case "cite":
            from bibwright.cli.cite import CiteOptions, cite

            return cite(
                arguments.files,
                CiteOptions(
                    styles=arguments.style,
                    keys=arguments.key,
                    locale=arguments.locale,
                    language=arguments.language,
                    in_text=arguments.in_text,
                    bibliography=arguments.bibliography,
                    as_json=arguments.output == "json",
                    encoding=arguments.encoding,
                    source=arguments.source,
                ),
            )
        case "convert":
            from bibwright.cli.convert import ConvertOptions, convert

            wishes = ConvertOptions(
                target=arguments.to,
                source=arguments.source,
                out=arguments.out,
                report=arguments.report,
                fail_on_loss=arguments.fail_on_loss,
                keep_unmapped=arguments.keep_unmapped,
                key_pattern=arguments.key_pattern,
                isolated=arguments.isolated,
                encoding=arguments.encoding,
            )
            return convert(arguments.files, wishes)
        case "styles":
            from bibwright.cli.lists import list_citation_styles

            return list_citation_styles(" ".join(arguments.query), as_json=arguments.output == "json")
        case "rules":
            from bibwright.cli.lists import list_rules

            return list_rules(as_json=arguments.output == "json")
        case "rule":
            from bibwright.cli.rule import explain_rules

            names = None if arguments.all else arguments.rules
            return explain_rules(names, as_json=arguments.output == "json", write=arguments.write)
        case command:
            raise AssertionError(f"no command {command}")


@contextmanager
def _without_collector() -> Iterator[None]:
    """Spare the search for cycles among millions of nodes that hold none: most of the time on a large file."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What is left goes with the process: searching it now, and once more at exit, would be a tenth of all time.
            gc.freeze()
            gc.enable()
