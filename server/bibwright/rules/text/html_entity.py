r"""A character is written as in HTML.

`&amp;` and `&#8211;` come from web pages. No bibliography program decodes them: they are printed as they stand, and in
LaTeX the ampersand is an error besides.

Bad::

    @book{smith2020,
      title = {Trees &amp; Shrubs}
    }

Good::

    @book{smith2020,
      title = {Trees \& Shrubs}
    }
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from html.entities import html5

from bibwright.analysis.diagnostics import Fix, Severity, safe_fix
from bibwright.analysis.rule import SAFE, Context, Report, fields, rule
from bibwright.formats.bibtex.latex import encode_plain, is_balanced
from bibwright.rules.quoting import quoted
from bibwright.rules.text.fields import ADDRESSES, is_verbatim
from bibwright.rules.text.masking import MASK
from bibwright.rules.text.values import has_no_signs, masked_text, text_pieces
from bibwright.syntax.nodes import Entry, Field, Piece, PieceKind, field_name
from bibwright.text.spans import Edit, Span

#: Encoded twice it is `&amp;lt;`; some program may have escaped the ampersand for LaTeX.
_ENTITY = re.compile(
    r"&(?:amp;){0,3}(?P<name>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
    r"|(?:\\&|\{\\&\})(?:amp;){0,3}(?P<escaped>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp);"
)
#: What cannot be seen is left out; the blanks of typesetters become blanks.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BLANK = re.compile("[\t\n\r\u2002-\u200a]")


@rule("T601", "html-entity", Severity.WARNING, watches=fields(unless=has_no_signs), needs="&", fixes=(SAFE,))
def html_entity(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """In addresses `&copy=1;` is no entity but a parameter; what stands in paths and keys is nobody's business."""
    text = context.text
    if "&" not in text[field.value.start : field.value.end]:
        return
    name = field_name(text, field).lower()
    if name not in ADDRESSES and is_verbatim(name):
        return
    for piece in text_pieces(field):
        for match in _ENTITY.finditer(text, *piece.content):
            entity = match["name"] or match["escaped"]
            if not entity.startswith("#") and f"{entity};" not in html5:
                continue
            span = Span(*match.span())
            fixes: tuple[Fix, ...] = ()
            new = _written(context, piece, span, _decoded(match.group()), is_address=name in ADDRESSES)
            if new is not None and not context.is_cut(entry):
                fixes = (safe_fix(f"Write {new}" if new.strip() else "Replace it", Edit(*span, new)),)
            yield Report(span, f"{quoted(match.group())} is HTML", fixes)


def _decoded(entity: str) -> str:
    text = entity.replace("{\\&}", "&").replace("\\&", "&")
    for _ in range(4):
        decoded = html.unescape(text)
        if decoded == text:
            break
        text = decoded
    return _BLANK.sub(" ", _INVISIBLE.sub("", text))


def _written(context: Context, piece: Piece, span: Span, text: str, *, is_address: bool) -> str | None:
    """The text as the format writes it here; None where it cannot be written."""
    if any(unicodedata.category(character) in ("Cc", "Cn", "Cs", "Co") or character == "\ufffd" for character in text):
        return None
    if context.format == "ris":
        return text.replace("\u00a0", " ")
    new = text if is_address or _is_masked(context, piece, span) else encode_plain(text)
    if piece.kind is PieceKind.QUOTED:
        new = new.replace('"', '{"}')
    return new if is_balanced(new) else None


def _is_masked(context: Context, piece: Piece, span: Span) -> bool:
    """Whether the entity stands in a formula or an address, where nothing is escaped."""
    masked = masked_text(context, piece)
    start = piece.content.start
    return masked[span.start - start] == MASK and masked[span.end - 1 - start] == MASK
