r"""A web address does not begin with its scheme, or has blanks or LaTeX commands in it.

Without `https://` a viewer takes the link for a file beside the document. A blank ends the address. biblatex and most
styles put the field into `\url` themselves, so that `\url{...}` in it nests, and biblatex takes escapes such as `\_`
for characters of the address. Older BibTeX styles need the escapes; in a file for BibTeX they are no fault.

Bad::

    @online{smith2020,
      url = {www.example.org/trees}
    }

Good::

    @online{smith2020,
      url = {https://www.example.org/trees}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Fix, Severity, unsafe_fix
from bibwright.analysis.rule import SAFE, UNSAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.latex import decode_verbatim
from bibwright.model.identifiers import find_doi
from bibwright.rules.placeholders import is_placeholder_value
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import make_fix, plain_span
from bibwright.syntax.nodes import Entry, Field, field_name
from bibwright.text.spans import Edit, Span

_USUAL = re.compile(r'[{"]?https?://(?!https?:)[^\s\\{}]+[}"]?')
_PLAIN = re.compile(r"https?://(?!https?:)[^\s\\{}]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:")
_HOST = re.compile(r"(?:[A-Za-z0-9_](?:[\w-]{0,62})\.){1,10}[A-Za-z]{2,24}(?::\d{1,5})?(?=[/?#]|\Z)")
#: A colon or slashes went missing, or the beginning is there twice.
_BROKEN_SCHEME = re.compile(r"(https?)(?:://(?:https?:?//?)+|:?/(?!/)|//|:(?!/))(?=\w)", re.IGNORECASE)
_WRAPPED = re.compile(r"\\url\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\s?(?:\{\})?|[_%&#~$^{}\\])|\{[~_]\}")
_BLANKS = re.compile(r"\s+")
_LONGEST_URL = 10_000


@rule("V409", "url-format", Severity.WARNING, watches=fields("url", "ur", "lk"), fixes=(SAFE, UNSAFE))
def url_format(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """The first thing that is wrong, since what is behind it may be right then."""
    text = context.text
    if _USUAL.fullmatch(text, *field.value):
        return
    span = plain_span(context, field, longest=_LONGEST_URL)
    if span is None or _PLAIN.fullmatch(text, *span):
        return
    value = span.of(text)
    if is_placeholder_value(value):
        return
    if context.format == "bibtex" and ("\\" in value or "{" in value):
        yield from _with_commands(context, entry, span, value)
    elif (blanks := _BLANKS.search(value)) is not None:
        yield from _with_blanks(span, value, blanks, field_name(text, field))
    else:
        yield from _without_scheme(context, entry, span, value)


def _with_commands(context: Context, entry: Entry, span: Span, value: str) -> Iterator[Report]:
    wrapped = _WRAPPED.fullmatch(value)
    decoded = decode_verbatim(value)
    clean = _PLAIN.fullmatch(decoded) is not None
    safe = context.dialect == "biblatex"
    if wrapped is not None:
        fixes = (make_fix(context, entry, "Keep only the address", Edit(*span, wrapped[1].strip()), safe=safe),)
        message = f"the address stands in \\url, which styles add: {quoted(value)}"
        yield Report(span, message, fixes, severity=Severity.WARNING if safe else Severity.INFORMATION)
        return
    commands = list(_COMMAND.finditer(value))
    if context.dialect == "bibtex" or not commands or not clean:
        return
    found = Span(span.start + commands[0].start(), span.start + commands[-1].end())
    fix = make_fix(context, entry, "Write the characters alone", Edit(*span, decoded), safe=safe)
    message = f"the address has the LaTeX command {quoted(commands[0].group())} in it"
    yield Report(found, message, (fix,), severity=Severity.WARNING if safe else Severity.INFORMATION)


def _with_blanks(span: Span, value: str, blanks: re.Match[str], name: str) -> Iterator[Report]:
    words = value.split()
    addresses = sum(_PLAIN.match(word) is not None for word in words)
    if addresses == len(words) or (addresses > 1 and ";" in value):
        # Some programs take them apart at the semicolon.
        yield Report(span, f"{name} has {addresses} addresses, expected one", severity=Severity.INFORMATION)
        return
    found = Span(span.start + blanks.start(), span.start + blanks.end())
    if _PLAIN.match(value) is None:
        yield Report(span, f"{quoted(value)} is {'more than a' if addresses else 'no'} web address")
        return
    everywhere = [(span.start + match.start(), span.start + match.end()) for match in _BLANKS.finditer(value)]
    delete = unsafe_fix("Delete the blanks", *(Edit(*place, "") for place in everywhere))
    encode = unsafe_fix("Write %20 for the blanks", *(Edit(*place, "%20") for place in everywhere))
    broken = any(sign in blanks.group() for sign in "\r\n")
    fixes = (delete, encode) if broken else (encode, delete)
    yield Report(found, f"the address {quoted(value)} has a blank in it", fixes)


def _without_scheme(context: Context, entry: Entry, span: Span, value: str) -> Iterator[Report]:
    fixes: tuple[Fix, ...]
    broken = _BROKEN_SCHEME.match(value)
    if broken is not None:
        place = Span(span.start, span.start + broken.end())
        fixes = (unsafe_fix(f"Write {broken[1].lower()}://", Edit(*place, f"{broken[1].lower()}://")),)
        yield Report(place, f"the address begins with {quoted(broken.group())}, expected {broken[1].lower()}://", fixes)
    elif (doi := find_doi(value)) is not None and "://" not in value:
        fixes = (make_fix(context, entry, "Write the address of the DOI", Edit(*span, f"https://doi.org/{doi}")),)
        yield Report(span, f"{quoted(value)} is a DOI, not a web address", fixes)
    elif _HOST.match(value) is not None:
        fixes = (make_fix(context, entry, "Write https:// before it", Edit(span.start, span.start, "https://")),)
        yield Report(span, f"the address {quoted(value)} has no scheme", fixes)
    elif _SCHEME.match(value) is None and not value.startswith(("/", ".")):
        yield Report(span, f"{quoted(value)} is no web address")
