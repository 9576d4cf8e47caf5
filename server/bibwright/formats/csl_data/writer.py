"""A record to an item of CSL-JSON.

The variables of the record are those of CSL, so nearly everything has its place; what CSL has one value for and the
record several is joined where that is usual, and reported.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bibwright.formats.csl_data.dates import write_date
from bibwright.formats.csl_data.markup import write_markup
from bibwright.formats.csl_data.names import write_names
from bibwright.model.losses import link_loss, losses_of
from bibwright.model.names import OTHERS
from bibwright.model.placeholders import is_placeholder
from bibwright.model.record import Loss, Written
from bibwright.model.richtext import RichText, Style, plain_text
from bibwright.model.vocabulary import NUMBER_VARIABLES, STRING_VARIABLES, TITLE_VARIABLES

if TYPE_CHECKING:
    from bibwright.model.record import Record

_VARIABLES = NUMBER_VARIABLES | STRING_VARIABLES | TITLE_VARIABLES
#: What joins several values of a variable, where there is a usual way.
_JOINED = {"keyword": ", ", "ISSN": ", ", "ISBN": ", ", "note": "\n", "publisher": "; ", "publisher-place": "; "}
_LINKS = frozenset(("crossref", "xdata", "xref", "related", "entryset", "ids", "relatedtype"))


def write_item(record: Record) -> tuple[dict[str, Any], tuple[Loss, ...]]:
    """The item, and what CSL-JSON could not hold."""
    writer = _Writer(record)
    writer.write()
    return writer.item, tuple(dict.fromkeys(writer.losses))


def write_record(record: Record, line_end: str) -> Written:
    """The item as indented JSON, without the comma that separates it from the next."""
    item, losses = write_item(record)
    text = json.dumps(item, ensure_ascii=False, indent=2)
    return Written(line_end.join("  " + line for line in text.splitlines()), losses)


class _Writer:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.item: dict[str, Any] = {}
        self.losses: list[Loss] = []

    def report(self, code: str, variable: str, message: str, severity: str = "warning") -> None:
        self.losses += losses_of(self.record, variable, code, message, severity=severity)

    def write(self) -> None:
        record, item = self.record, self.item
        item["id"] = record.key
        item["type"] = record.type
        for variable, names in record.names.items():
            item[variable] = write_names(names)
            if OTHERS in names:
                self.report("L04", variable, "CSL cannot say that more names follow (`others`)")
        for variable, date in record.dates.items():
            item[variable] = write_date(date)
            if date.uncertain:
                self.report("L05", variable, "an uncertain date became a circa date", "information")
        for variable, values in record.texts.items():
            if variable in _VARIABLES:
                self.write_texts(variable, values)
            else:
                shown = "; ".join(plain_text(value) for value in values)
                self.report("L10", variable, f"CSL has no variable for it: {shown}")
        self.write_unmapped()

    def write_texts(self, variable: str, values: tuple[RichText, ...]) -> None:
        for value in values:
            if any(Style.VERBATIM in run.style for run in value):
                self.report("L13", variable, "LaTeX that could not be decoded is kept as written", "information")
        texts = [write_markup(value) for value in values]
        joint = _JOINED.get(variable)
        if len(texts) == 1 or joint is not None:
            self.item[variable] = (joint or "").join(texts)
            if variable == "keyword" and any("," in text for text in texts):
                self.report("L10", variable, "keywords with a comma are read as two", "information")
            elif len(texts) > 1 and variable != "keyword":
                self.report("L10", variable, f"{len(texts)} values became one", "information")
            return
        self.item[variable] = texts[0]
        for text in texts[1:]:
            self.report("L10", variable, f"CSL holds one value; this one is lost: {text}")

    def write_unmapped(self) -> None:
        for field in self.record.fields:
            if field.variables:
                continue
            shown = " ".join(field.text.split())
            if is_placeholder(field.text):
                if shown:
                    self.losses.append(Loss("L07", field.name, f"{shown!r} is not a value", "information"))
            elif self.record.source_format == "csl-json":
                self.item.setdefault(field.name, _as_written(field.text))
            elif field.name.lower() in ("crossref", "xdata"):
                self.losses.append(link_loss(self.record, field.name, shown))
            elif field.name.lower() in _LINKS:
                self.losses.append(Loss("L02", field.name, f"CSL has no links between items: {shown}"))
            else:
                self.losses.append(Loss("L10", field.name, f"CSL has no variable for it: {shown}"))


def _as_written(text: str) -> Any:
    """What was kept as text and is JSON goes back as JSON (`custom`, `categories`)."""
    if text[:1] not in ("{", "["):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
