"""The commands of `bibwright` and their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bibwright import __version__

_CHECK_HELP = """\
Check .bib and .ris files; a folder is searched for them, except what .gitignore, .ignore and .bibwrightignore files
leave out. Exit status: 0 when there is no error or warning (see --fail-on), 1 when there is one or --diff would change
something, 2 for wrong use or a file or folder that cannot be read.

Places in text are line:column, counted from 1, columns in UTF-16 units as most editors show them. JSON counts lines and
characters from 0, as the Language Server Protocol does.
"""
_OUTPUTS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")
_SEVERITIES = ("error", "warning", "information", "hint")

_CITE_HELP = """\
Print each entry in each style, one citation a line, entries in the order of the files. Exit status: 0, 1 when nothing
of an entry could be printed, 2 for wrong use or a file that cannot be read.
"""
#: The ids of `bibwright.csl.output`.
_LANGUAGES = ("plain", "markdown", "html", "rtf", "latex")

_CONVERT_HELP = """\
Convert files, all into one. The result goes to standard output or OUT, in UTF-8; what was moved, changed or lost on the
way is summed up on standard error. Exit status: 0, 1 with --fail-on-loss when a value was lost, 2 for wrong use, a file
that cannot be read or an entry that cannot be converted.
"""
#: The ids of `bibwright.formats`, which is not imported before a command runs.
_TARGETS = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "enw", "endnote-xml", "hayagriva")
_SOURCES = ("bibtex", "biblatex", "ris", "csl-json", "csl-yaml", "nbib", "enw", "endnote-xml")


def parse_arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """What the user asked for; wrong use ends the program with status 2 and a message."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.command == "check" and (complaint := _find_contradiction(arguments)):
        parser.error(complaint)
    if arguments.command == "convert" and arguments.report == "-" and arguments.out in (None, "-"):
        parser.error("--report - needs -o: the result is on standard output already")
    if arguments.command == "convert" and arguments.key_pattern and arguments.to not in ("bibtex", "biblatex"):
        parser.error("--key-pattern goes with --to bibtex or biblatex")
    if arguments.command == "rule" and bool(arguments.rules) == arguments.all:
        parser.error("name one or more rules, or give --all")
    return arguments


def _find_contradiction(check: argparse.Namespace) -> str | None:
    """What `check` cannot do at once."""
    if check.unsafe_fixes and not (check.fix or check.diff):
        return "--unsafe-fixes needs --fix or --diff"
    if check.diff and (check.statistics or check.output not in ("text", "concise")):
        return "--diff prints diffs and nothing else"
    if check.statistics and check.output not in ("text", "concise", "json"):
        return f"--statistics cannot be printed as {check.output}"
    if "-" in check.paths and len(check.paths) > 1:
        return "- stands for standard input and cannot be checked together with files"
    if check.stdin_filename is not None and check.paths not in ([], ["-"]):
        return "--stdin-filename goes with - and no other path"
    if check.select is not None and not "".join(check.select).strip(" ,"):
        return "--select names no rule"  # an empty variable of a script must not pass for a clean file
    if not check.paths and check.stdin_filename is None:
        return "the following arguments are required: PATH"
    return None


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
    _add_check_arguments(check)

    cite = commands.add_parser(
        "cite",
        help="print the citations of bibliographies",
        description=_CITE_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_cite_arguments(cite)

    convert = commands.add_parser(
        "convert",
        help="convert bibliographies to another format",
        description=_CONVERT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    convert.add_argument("files", metavar="IN", nargs="+", help='a file, or "-" for standard input')
    convert.add_argument("--to", required=True, choices=_TARGETS, metavar="FORMAT", help=", ".join(_TARGETS))
    _add_source(convert)
    convert.add_argument("-o", "--out", metavar="OUT", help="the file to write")
    convert.add_argument(
        "--report",
        metavar="FILE",
        help='write what became of each field to a file, or to "-": as JSON, or for people in Markdown to a .md file',
    )
    convert.add_argument(
        "--keep-unmapped",
        action=argparse.BooleanOptionalAction,
        help="put what FORMAT cannot hold into its note (`tex.shorthand: S`), from where it comes back later",
    )
    convert.add_argument(
        "--key-pattern",
        metavar="P",
        help="make the keys of a .bib by a pattern, as [auth:lower][year][veryshorttitle:lower] (what records without "
        "a key get), [authEtAl], [auth3], [shorttitle], [title:abbr]",
    )
    convert.add_argument("--isolated", action="store_true", help="read no configuration file")
    convert.add_argument(
        "--fail-on-loss", action="store_true", help="exit with 1 when a value could not be carried over"
    )
    _add_encoding(convert)

    styles = commands.add_parser(
        "styles",
        help="list the citation styles, or search them",
        description="List the built-in citation styles; with words those in which all of them are found, the best "
        "first. Exit status: 0, 1 when there is none.",
    )
    styles.add_argument(
        "query", metavar="QUERY", nargs="*", help="words of an id, a title, a field (medicine) or a format (numeric)"
    )
    _add_output(styles)
    rules = commands.add_parser("rules", help="list the rules", description="List the rules that `check` applies.")
    _add_output(rules)

    rule = commands.add_parser(
        "rule",
        help="explain a rule",
        description="Print the documentation of rules: what is wrong, why it matters, an example, and how to switch it "
        "off. Exit status: 0, 2 when there is no such rule.",
    )
    rule.add_argument("rules", metavar="CODE|NAME", nargs="*", help="a rule, as S101 or entry-closed-after-key")
    rule.add_argument("--all", action="store_true", help="all rules")
    rule.add_argument("--write", metavar="DIR", help="write a page for each to this folder; with --all an index too")
    _add_output(rule)
    return parser


def _add_source(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--from",
        dest="source",
        choices=_SOURCES,
        metavar="FORMAT",
        help=f"the format of the files, where it is not found out rightly: {', '.join(_SOURCES)}",
    )


def _add_cite_arguments(cite: argparse.ArgumentParser) -> None:
    cite.add_argument("files", metavar="FILE", nargs="+", help='a file of any format, or "-" for standard input')
    _add_source(cite)
    cite.add_argument(
        "--style",
        metavar="ID",
        action="append",
        default=[],
        help="a style (see `bibwright styles`) or a .csl file; may be repeated",
    )
    cite.add_argument(
        "--key", metavar="K", action="append", default=[], help="only the entries with this key; may be repeated"
    )
    cite.add_argument(
        "--locale", metavar="L", default="", help="the language, as de-AT, of styles that have none of their own"
    )
    cite.add_argument(
        "--as",
        dest="language",
        choices=_LANGUAGES,
        default="plain",
        help="the language to write in (default: plain); rtf is one document",
    )
    cite.add_argument("--in-text", action="store_true", help="print how entries are cited in the text or in a note")
    cite.add_argument(
        "--bibliography",
        action="store_true",
        help="print one bibliography of all entries, sorted, numbered and told apart as the style does; in the first "
        "style of the settings unless --style names another",
    )
    _add_output(cite)
    _add_encoding(cite)


def _add_check_arguments(check: argparse.ArgumentParser) -> None:
    check.add_argument("paths", metavar="PATH", nargs="*", help="a file or a folder; - is standard input")
    check.add_argument(
        "--stdin-filename", metavar="NAME", help="what the text on standard input would be called as a file"
    )
    _add_encoding(check)

    fixing = check.add_argument_group("fixing")
    fixing.add_argument("--fix", action="store_true", help="apply the safe fixes and report what is left")
    fixing.add_argument("--unsafe-fixes", action="store_true", help="apply fixes that need a second look too")
    fixing.add_argument("--diff", action="store_true", help="print what --fix would change, and change nothing")

    rules = check.add_argument_group("which rules", "These come before what a configuration file says.")
    rules.add_argument(
        "--select",
        metavar="RULES",
        action="append",
        help="apply these rules and no others: codes, names, beginnings of codes (S, S1) or ALL, with commas between",
    )
    rules.add_argument("--extend-select", metavar="RULES", action="append", default=[], help="apply these rules too")
    rules.add_argument("--ignore", metavar="RULES", action="append", default=[], help="do not apply these rules")
    rules.add_argument("--dialect", choices=("bibtex", "biblatex"), help="the dialect of the .bib files")
    which = rules.add_mutually_exclusive_group()
    which.add_argument(
        "--config", metavar="FILE", help="read this file instead of bibwright.toml or pyproject.toml beside the files"
    )
    which.add_argument("--isolated", action="store_true", help="read no configuration file")

    files = check.add_argument_group("which files")
    files.add_argument(
        "--exclude",
        metavar="PATTERN",
        action="append",
        default=[],
        help="leave out what matches, as in .gitignore; may be repeated",
    )
    files.add_argument("--no-ignore", action="store_true", help="pay no attention to ignore files")
    files.add_argument(
        "--force-exclude", action="store_true", help="leave out files that are named, too, when a pattern says so"
    )
    files.add_argument(
        "--jobs", metavar="N", type=_count, help="check in N processes, 0 for all cores (default: as seems sensible)"
    )

    printing = check.add_argument_group("printing")
    printing.add_argument("--output", choices=_OUTPUTS, default="text", help="how to print (default: text)")
    printing.add_argument("--output-file", metavar="FILE", help="print to this file")
    printing.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: auto")
    printing.add_argument("--statistics", action="store_true", help="print how many findings each rule has")
    printing.add_argument(
        "--min-severity", choices=_SEVERITIES, default="hint", help="print nothing less severe (default: hint)"
    )
    printing.add_argument(
        "--fail-on",
        choices=_SEVERITIES,
        default="warning",
        help="exit with status 1 from this severity on (default: warning)",
    )
    printing.add_argument("--exit-zero", action="store_true", help="exit with status 0 whatever was found")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", choices=("text", "json"), default="text", help="how to print (default: text)")


def _add_encoding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--encoding", metavar="E", help="the encoding of the files, where the one that is detected is not right"
    )


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise argparse.ArgumentTypeError(f'"{value}" is not a whole number from 0 on')
    return int(value)


def _address(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise argparse.ArgumentTypeError(f'"{value}" is not a port or HOST:PORT')
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)
