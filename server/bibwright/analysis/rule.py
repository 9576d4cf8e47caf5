"""What a rule is: one function over one kind of thing, and the documentation that its module's docstring holds.

A rule says what it watches, so that the linter calls it for nothing else: a keystroke costs the rules of the fields
in one entry. What a rule looks up elsewhere goes through `Context.find_first`, which subscribes its block to the
fact: when the fact changes, the block is checked again.

The docstring of a rule's module says what is wrong and why it matters, then shows a *Bad* and a *Good* text, each as
an indented block under a line `Bad::` or `Good::`. They are the rule's first test.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeAlias

from bibwright.analysis.diagnostics import Fix, Related, Safety, Severity
from bibwright.analysis.options import LintOptions
from bibwright.formats.bibtex.facts import stated_dialect
from bibwright.formats.format import Fact
from bibwright.syntax.nodes import Entry, Field, Tree, lower_names
from bibwright.text.columns import first_line_end
from bibwright.text.spans import Span

#: For `fixes`: what a rule may offer.
SAFE = Safety.SAFE
UNSAFE = Safety.UNSAFE


#: Whether a field is such that no rule with this `unless` has anything to say about it.
Unless: TypeAlias = "Callable[[Context, Field], bool]"


class Watch(NamedTuple):
    """What a rule is called for.

    `kind` is `faults`, `entries`, `fields`, `texts`, `blocks`, `facts` or `suppressions`. Of the fields those are left
    out for which `unless` holds.
    """

    kind: str
    names: frozenset[str] = frozenset()
    unless: Unless | None = None


#: Called as `check(context, fault)` for each fault with the rule's own code.
FAULTS = Watch("faults")
#: Called as `check(context, entry)`.
ENTRIES = Watch("entries")
#: Called as `check(context, node)` for each stretch of text outside entries.
TEXTS = Watch("texts")
#: Called as `check(context)`, once a block; for what is no property of a node.
BLOCKS = Watch("blocks")
#: Called as `check(context, judged)` with each `JudgedSuppression` of a block, when all other rules have been called.
SUPPRESSIONS = Watch("suppressions")
#: Called as `check(context, entry, field)` for every field and tag.
ALL_FIELDS = Watch("fields")


def stated(kind: str) -> Watch:
    """Called as `check(context, fact)` for every fact of this kind that a block states."""
    return Watch("facts", frozenset((kind,)))


def fields(*names: str, unless: Unless | None = None) -> Watch:
    """Called as `check(context, entry, field)` for fields with these names (lower case; tags too), or for all.

    With `unless`, only for fields of which it is false. Rules that have nothing to say about the same ordinary values
    name the same function: then it is asked once for all of them, and not one of them is called.

    Such a rule never walks the entry's fields, or an entry with thousands of them costs their square: what it must
    know of another field `Context.field_of` tells.
    """
    return Watch("fields", frozenset(names), unless)


class Report(NamedTuple):
    """What a rule yields. `severity` overrides the rule's own."""

    span: Span
    message: str
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    severity: Severity | None = None


class Found(NamedTuple):
    """The first statement of a fact in the document.

    `here` when it is in the block that is being checked; `before` when it is in a block before that one.
    """

    fact: Fact
    here: bool
    before: bool


class Lookup(Protocol):
    """Where facts of other blocks are found. Whatever was asked here is answered anew when the answer changes."""

    def find_first(self, kind: str, value: str) -> Found | None:
        """The first fact of this kind and value in document order."""

    def states(self, kind: str, value: str) -> bool:
        """Whether any block of the document states this fact."""

    def states_any(self, kind: str) -> bool:
        """Whether any block of the document states a fact of this kind."""

    def first_text(self, kind: str, value: str) -> str | None:
        """How the first statement of the fact in the document writes it."""

    def leads(self, kind: str, value: str) -> bool:
        """Whether this block is the first of the document to state the fact."""

    def facts(self) -> Sequence[Fact]:
        """What this block states."""

    def has_many_undefined(self) -> bool:
        """Whether the document uses so many string macros which nobody defines that they must be kept elsewhere."""

    def is_ignoring(self, word: str) -> bool:
        """Whether findings somewhere in the document are taken away because a comment about the file says this word."""

    def note_ignored(self, words: frozenset[str]) -> None:
        """Take in which words of such comments took away findings of this block."""

    def find_elsewhere(self, kind: str, value: str) -> str | None:
        """The path of another file of the project that states this fact."""

    def find_beside(self, kind: str, value: str) -> str | None:
        """The path of a file that is used together with this one and states a fact that this block states too."""


@dataclass(frozen=True)
class Context:
    """What a rule may know: one block, its nodes, and by `find_first` the facts of the others.

    `format` is the document's format id: `bibtex` for every .bib, whatever its dialect.
    """

    text: str
    tree: Tree
    format: str
    lookup: Lookup
    options: LintOptions
    #: What several rules would work out alike about this block, by what it is and where it begins.
    shared: dict[tuple[str, int], Any] = field(default_factory=dict, init=False)
    #: By the entry's span, which no two entries of a block share, the first field of each lower-case name.
    _fields_by_name: dict[Span, dict[str, Field]] = field(default_factory=dict, init=False)

    @cached_property
    def line_end(self) -> str:
        """The line end that inserted lines should have."""
        return first_line_end(self.text)

    def field_of(self, entry: Entry, *names: str) -> Field | None:
        """The first field of an entry of this block with one of these names (lower case), in the order of `names`."""
        by_name = self.fields_by_name(entry)
        for name in names:
            field = by_name.get(name)
            if field is not None:
                return field
        return None

    def fields_by_name(self, entry: Entry) -> dict[str, Field]:
        """The first field of each name (lower case) in an entry of this block."""
        by_name = self._fields_by_name.get(entry.span)
        if by_name is None:
            names = lower_names(self.text, entry)
            by_name = dict(zip(reversed(names), reversed(entry.fields), strict=True))
            self._fields_by_name[entry.span] = by_name
        return by_name

    @cached_property
    def _cut_entries(self) -> frozenset[Span]:
        return frozenset(
            entry.span
            for entry in self.tree.entries
            if any(not piece.closed for field in entry.fields for piece in field.pieces)
        )

    def is_cut(self, entry: Entry) -> bool:
        """Whether a value of the entry lacks its closing delimiter: what the parser made of the rest is a guess."""
        return entry.span in self._cut_entries

    @cached_property
    def dialect(self) -> str:
        """`bibtex`, `biblatex`, or empty when it is not known: then a rule for one of them has nothing to say.

        What the user said comes before what the file itself tells.
        """
        if self.options.dialect or self.format != "bibtex":
            return self.options.dialect
        return stated_dialect(self.states)

    def find_first(self, kind: str, value: str) -> Found | None:
        """The first fact of this kind and value in the document; this block is checked again when that changes."""
        return self.lookup.find_first(kind, value)

    def states(self, kind: str, value: str) -> bool:
        """Whether the document states this fact anywhere; this block is checked again when that changes."""
        return self.lookup.states(kind, value)

    def states_any(self, kind: str) -> bool:
        """Whether the document states any fact of this kind; this block is checked again when that changes."""
        return self.lookup.states_any(kind)

    def first_text(self, kind: str, value: str) -> str | None:
        """How the first statement of the fact writes it; this block is checked again when that changes."""
        return self.lookup.first_text(kind, value)

    def leads(self, kind: str, value: str) -> bool:
        """Whether this block states the fact first: for what is to be reported once.

        Many blocks may ask: when another becomes the first, only the two are checked again.
        """
        return self.lookup.leads(kind, value)

    def has_many_undefined(self) -> bool:
        """Whether more string macros are used and defined by nobody than anyone would overlook."""
        return self.lookup.has_many_undefined()

    def find_elsewhere(self, kind: str, value: str) -> str | None:
        """The path of another file of the project that states this fact, if there is one.

        Known of other files are keys, aliases, DOIs, string macros and their uses.
        """
        return self.lookup.find_elsewhere(kind, value)

    def find_beside(self, kind: str, value: str) -> str | None:
        """The path of a file that is used together with this one and states a fact that this block states too.

        Only for keys and DOIs: nobody else is checked again when that changes.
        """
        return self.lookup.find_beside(kind, value)


Check = Callable[..., Iterable[Report]]
FindFacts = Callable[[str, Tree], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `formats` are the document formats it applies to (`bibtex`, `ris`); `check` fits `watches`.

    `facts` gives what a block states for this rule alone, where the format's own facts do not say it.

    `default` says whether it runs unless the user says otherwise, `fixes` how safe the fixes are that it may offer.
    It is called only for blocks that hold one of the characters `needs`, or with `non_ascii` a character that is not
    ASCII; for every block when it needs nothing.
    """

    code: str
    name: str
    severity: Severity
    watches: Watch
    formats: frozenset[str]
    check: Check
    module: str
    default: bool = True
    fixes: tuple[Safety, ...] = ()
    needs: str = ""
    non_ascii: bool = False
    facts: FindFacts | None = None

    @property
    def documentation(self) -> str:
        """The module's docstring."""
        return textwrap.dedent(sys.modules[self.module].__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.documentation.split("\n\n", 1)[0].replace("\n", " ")

    def examples(self, heading: str) -> list[str]:
        """The indented blocks under the lines `heading::` (`Bad` or `Good`) of the documentation, dedented."""
        pattern = re.compile(rf"^{heading}::\n\n((?:[ ]{{4}}.*\n|[ ]*\n)+)", re.MULTILINE)
        found = pattern.findall(self.documentation + "\n")
        return [textwrap.dedent(block).rstrip("\n") + "\n" for block in found]


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    watches: Watch,
    formats: tuple[str, ...] = ("bibtex", "ris"),
    default: bool = True,
    fixes: tuple[Safety, ...] = (),
    needs: str = "",
    non_ascii: bool = False,
    facts: FindFacts | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function that yields reports."""

    def decorate(check: Any) -> Rule:
        module: str = check.__module__
        applies_to = frozenset(formats)
        return Rule(code, name, severity, watches, applies_to, check, module, default, fixes, needs, non_ascii, facts)

    return decorate
