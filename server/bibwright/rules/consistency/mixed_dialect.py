"""Some entries name their journal as BibTeX does, others as biblatex does.

BibTeX's styles print `journal` and know no `journaltitle`; biblatex takes both for the same. Entries that were copied
from different sources then look alike in one program and lack their journal in the other.

Bad::

    @article{doe2020,
      title = {On Leaves},
      journal = {Journal of Trees}
    }

    @article{roe2021,
      title = {On Roots},
      journaltitle = {Journal of Trees}
    }

Good::

    @article{doe2020,
      title = {On Leaves},
      journal = {Journal of Trees}
    }

    @article{roe2021,
      title = {On Roots},
      journal = {Journal of Trees}
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from bibwright.analysis.diagnostics import Related, Severity, unsafe_fix
from bibwright.analysis.rule import UNSAFE, Context, Report, rule, stated
from bibwright.formats.format import Fact
from bibwright.syntax.nodes import Tree, lower_names
from bibwright.text.spans import Edit

_KIND = "journal field"


def _facts(text: str, tree: Tree) -> Iterator[Fact]:
    for entry in tree.entries:
        names = lower_names(text, entry)
        if "journal" in names or "journaltitle" in names:
            for name, field in zip(names, entry.fields, strict=True):
                if name in ("journal", "journaltitle"):
                    yield Fact(_KIND, name, "", field.name)


@rule("C801", "mixed-dialect", Severity.HINT, watches=stated(_KIND), formats=("bibtex",), fixes=(UNSAFE,), facts=_facts)
def mixed_dialect(context: Context, fact: Fact) -> Iterator[Report]:
    """Reported once in a file, at the first `journaltitle`."""
    if fact.value != "journaltitle" or not context.leads(_KIND, "journaltitle"):
        return
    if context.states(_KIND, "journal"):
        fix = unsafe_fix("Rename the field to journal", Edit(*fact.span, "journal"))
        related = (Related("the first journal", fact=(_KIND, "journal")),)
        message = "other entries of the file have journal (BibTeX) where this one has journaltitle (biblatex)"
        yield Report(fact.span, message, (fix,), related)
