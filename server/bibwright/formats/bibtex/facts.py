"""What other blocks may ask of a .bib block.

- `key`: a citation key, in lower case; its detail is the entry type and the canonical names of the fields that are
  not empty, with blanks between.
- `crossref`: by the entry's own key, the key of the entry that it inherits from; `xdata`: the keys, blanks between.
- `alias`: another key of an entry (`ids`), in lower case.
- `doi`: in lower case; its text is the citation key, its detail the work (`model.works`). `work`: title, first name and
  year, with the same text and detail.
- `macro`: a string macro. `macro use`: a string macro that is used; those that every style defines are left out.
- `closing brace`: text outside the entries closes a brace that it does not open.
- `declared dialect`: what a `% !BIB` line names; `used dialect`: what only one dialect has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from bibwright.formats.bibtex.schema import schema
from bibwright.formats.format import Fact
from bibwright.model.works import comparable_doi, comparable_text, has_title_of_its_own, work_value, write_work
from bibwright.syntax.nodes import (
    Comment,
    Entry,
    Field,
    PieceKind,
    Preamble,
    StringMacro,
    Text,
    Tree,
    field_name,
    lower_names,
    value_text,
)
from bibwright.text.spans import Span

#: `% !BIB program = biber`, as TeXShop, TeXworks and latexmk read it; `% !bib TS-program` is the older form.
_DECLARED = re.compile(r"%\s*!\s*BIB\s+(?:TS-)?program\s*=\s*(\w+)", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
#: Defined by the styles that come with BibTeX: the months, and journals of computer science in those like plain.bst.
_PREDEFINED = """
    jan feb mar apr may jun jul aug sep oct nov dec acmcs acta cacm ibmjrd ibmsj ieeese ieeetc ieeetcad ipl jacm jcss
    scp sicomp tocs tods tog toms toois toplas tcs
"""
PREDEFINED_MACROS = frozenset(_PREDEFINED.split())
_MACRO = re.compile(r"[^\W\d_][^\s{}(),=\"%#'\\~@]*")
_DELIMITED = re.compile(r'"[^"]*"|\{[^{}]*\}')
#: The fields for what a `Work` says besides its type, title and DOI.
_TOLD = (
    ("pages",),
    ("volume",),
    ("number", "issue"),
    ("edition",),
    ("journal", "journaltitle", "booktitle", "series", "crossref", "howpublished"),
)
_LINKS = frozenset(("crossref", "xdata", "ids"))
#: By names of their own, since to look a member of an enumeration up takes as long as the rest of `_value`.
_MACRO_PIECE, _BRACED_PIECE, _QUOTED_PIECE = PieceKind.MACRO, PieceKind.BRACED, PieceKind.QUOTED
_EMPTY = frozenset(("", "{}", '""'))
_DIALECTS = {"biber": "biblatex", "bibtex": "bibtex", "bibtex8": "bibtex"}


def stated_dialect(states: Callable[[str, str], bool]) -> str:
    """The dialect that the facts of a document tell, or empty: what it declares comes before what its fields tell.

    `states` says whether a fact of this kind and value is stated.
    """
    for dialect in ("biblatex", "bibtex"):
        if states("declared dialect", dialect):
            return dialect
    return "biblatex" if states("used dialect", "biblatex") else ""


def find_facts(text: str, tree: Tree) -> tuple[Fact, ...]:
    """All facts of a block; names and keys compare without regard to case."""
    return tuple(_facts(text, tree))


def _facts(text: str, tree: Tree) -> Iterator[Fact]:
    dialect: Fact | None = None
    only_biblatex, links = schema().only_biblatex, _LINKS
    for node in tree.nodes:
        if isinstance(node, Entry):
            names = dict(zip(reversed(lower_names(text, node)), reversed(node.fields), strict=True))
            # Unpacked, since there are hundreds of thousands of them.
            for _, _, _, pieces, _ in node.fields:
                for start, end, kind, _ in pieces:
                    if kind is _MACRO_PIECE:
                        yield from _use(text[start:end], Span(start, end))
            entry_type = node.type.of(text).lower() if node.type is not None else ""
            if dialect is None and (f"@{entry_type}" in only_biblatex or not only_biblatex.isdisjoint(names)):
                dialect = Fact("used dialect", "biblatex", "", node.span)
            key = node.key.of(text) if node.key is not None else ""
            yield from _work_facts(text, entry_type, key, names)
            if node.key is None:
                continue
            present = [
                name
                for name, (_, _, (start, end), _, _) in names.items()
                if end - start > 2 or text[start:end] not in _EMPTY
            ]
            yield Fact("key", key.lower(), key, node.key, f"{entry_type}{_canonical(tuple(present))}")
            if not links.isdisjoint(names):
                yield from _links(text, key, names)
        elif isinstance(node, StringMacro) and node.field is not None:
            name = field_name(text, node.field)
            yield Fact("macro", name.lower(), name, node.field.name)
            for piece in node.field.pieces:
                if piece.kind is PieceKind.MACRO:
                    yield from _use(piece.content.of(text), piece.content)
        elif isinstance(node, Preamble):
            # What stands outside quotes and braces; blanks in the place of the rest, so that places stay.
            outside = _DELIMITED.sub(lambda match: " " * len(match.group()), node.value.of(text))
            for match in _MACRO.finditer(outside):
                start = node.value.start + match.start()
                yield from _use(match.group(), Span(start, start + len(match.group())))
        elif isinstance(node, Text) and (closing := _stray_brace(node.span.of(text))) is not None:
            at = node.span.start + closing
            yield Fact("closing brace", "}", "}", Span(at, at + 1))
        elif isinstance(node, Comment):
            declared = _DECLARED.match(node.span.of(text))
            if declared is not None and (value := _DIALECTS.get(declared.group(1).lower())) is not None:
                yield Fact("declared dialect", value, "", node.span)
    if dialect is not None:
        yield dialect


@lru_cache(maxsize=2048)
def _canonical(names: tuple[str, ...]) -> str:
    """The canonical names in their order, with a blank before each: a library has few different sets of fields."""
    aliases = schema().aliases
    return "".join([f" {name}" for name in sorted([aliases.get(name, name) for name in names])])


def _stray_brace(text: str) -> int | None:
    depth = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace.group() == "{" else -1
        if depth < 0:
            return brace.start()
    return None


def _use(name: str, span: Span) -> Iterator[Fact]:
    lower = name.lower()
    if lower not in PREDEFINED_MACROS:
        yield Fact("macro use", lower, name, span)


def _links(text: str, key: str, names: dict[str, Field]) -> Iterator[Fact]:
    if (parent := names.get("crossref")) is not None:
        yield Fact("crossref", key.lower(), value_text(text, parent).strip().lower(), parent.value)
    if (data := names.get("xdata")) is not None:
        keys = " ".join(part.strip() for part in value_text(text, data).lower().split(","))
        yield Fact("xdata", key.lower(), keys, data.value)
    if (ids := names.get("ids")) is not None:
        for alias, span in listed_keys(text, ids):
            yield Fact("alias", alias.lower(), alias, span)


def listed_keys(text: str, field: Field) -> Iterator[tuple[str, Span]]:
    """The keys in a field that holds some between commas, and where they stand; none where a macro has a part in it."""
    if len(field.pieces) != 1 or field.pieces[0].kind not in (PieceKind.BRACED, PieceKind.QUOTED):
        return
    start, end = field.pieces[0].content
    for part in text[start:end].split(","):
        if key := part.strip():
            at = start + part.index(key)
            yield key, Span(at, at + len(key))
        start += len(part) + 1


def _work_facts(text: str, entry_type: str, key: str, names: dict[str, Field]) -> Iterator[Fact]:
    doi_field, doi = names.get("doi"), ""
    if doi_field is not None:
        doi = comparable_doi(_value(text, doi_field))
    if not doi and (doi_field := names.get("url")) is not None and "doi.org/" in (address := _value(text, doi_field)):
        doi = comparable_doi(address)
    title_field = names.get("title")
    title = work = ""
    if title_field is not None:
        written = _value(text, title_field)
        title = comparable_text(written)
        # Who says how it is related to another record is not the same one by mistake.
        if has_title_of_its_own(written) and "related" not in names and "entryset" not in names:
            whole = comparable_text(written + _value(text, names["subtitle"])) if "subtitle" in names else title
            people = names.get("author") or names.get("editor")
            issued = names.get("date") or names.get("year")
            if people is not None and issued is not None:
                work = work_value(whole, _value(text, people).partition(" and ")[0], _value(text, issued))
    if not doi and not work:
        return
    said = [""] * len(_TOLD)
    for at, wanted in enumerate(_TOLD):
        for name in wanted:
            if name in names:
                said[at] = _value(text, names[name])
                break
    detail = write_work((entry_type, title, doi, *said))
    if doi and doi_field is not None:
        yield Fact("doi", doi, key, _span(doi_field), detail)
    if work and title_field is not None:
        yield Fact("work", work, key, _span(title_field), detail)


def _value(text: str, field: Field) -> str:
    """As `value_text`, which is too slow for all of a library's entries."""
    if len(field.pieces) != 1:
        return value_text(text, field)
    start, end, kind, closed = field.pieces[0]
    if kind is _BRACED_PIECE or kind is _QUOTED_PIECE:
        return text[start + 1 : end - 1 if closed else end]
    return text[start:end]


def _span(field: Field) -> Span:
    return field.pieces[0].content if len(field.pieces) == 1 else field.value
