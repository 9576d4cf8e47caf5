"""The journal of an `@article` is the proceedings of a conference.

A conference paper is an `@inproceedings` entry with the title of the proceedings in `booktitle`. Journals that are
called "Proceedings of" a society or an academy are journals, and so is what has numbered issues.

Bad::

    @article{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      journal = {Proceedings of the 4th Conference on Forests},
      year = {2020}
    }

Good::

    @inproceedings{smith2020,
      author = {Smith, Ann},
      title = {On Trees},
      booktitle = {Proceedings of the 4th Conference on Forests},
      year = {2020}
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibwright.analysis.diagnostics import Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, fields, rule
from bibwright.rules.quoting import quoted
from bibwright.rules.values.plain import plain_value
from bibwright.syntax.nodes import Entry, Field
from bibwright.text.spans import Edit

_BEGINS = re.compile(r"(?:in:? )?proc(?:eedings|\.)", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:conference|symposium|workshop|congress|colloquium|meeting|conf\.|symp\.)(?:s|es)?\b", re.IGNORECASE
)
_CONFERENCE_ON = re.compile(r"\b(?:conference|symposium|workshop) on\b", re.IGNORECASE)
#: Societies whose journal is called their proceedings.
_SOCIETY = re.compile(
    r"\b(?:society|soc|royal|academy|acad|natl?|national|ieee|ire|acm|vldb|endowment|association|assoc|institut\w*|inst"
    r"|amer\w*|london|math\w*|phys\w*|spie|entomological|biological|linnean|lecture notes|series|journal)\b",
    re.IGNORECASE,
)


@rule(
    "M312",
    "article-is-proceedings",
    Severity.HINT,
    watches=fields("journal", "journaltitle"),
    formats=("bibtex",),
    fixes=(UNSAFE,),
)
def article_is_proceedings(context: Context, entry: Entry, field: Field) -> Iterator[Report]:
    """Only where no number of an issue tells a journal."""
    if entry.type is None or entry.type.of(context.text).lower() != "article":
        return
    journal = plain_value(context, field)
    if not _names_proceedings(journal) or context.field_of(entry, "booktitle", "issn", "number", "issue") is not None:
        return
    type_edit, name_edit = Edit(*entry.type, "inproceedings"), Edit(*field.name, "booktitle")
    fix = unsafe_fix("Write @inproceedings with booktitle", type_edit, name_edit)
    yield Report(field.name, f"{quoted(journal)} seems to be the proceedings of a conference, no journal", (fix,))


def _names_proceedings(journal: str) -> bool:
    if _BEGINS.match(journal) is not None:
        return _MEETING.search(journal) is not None or _SOCIETY.search(journal) is None
    return _CONFERENCE_ON.search(journal) is not None and "journal" not in journal.lower()
