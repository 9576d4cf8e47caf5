"""Names of persons and organisations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a name list, as plain Unicode text.

    Either `literal` is set (an organisation, or a name whose parts nobody has told apart) and the parts are
    empty, or `family` is set. BibTeX's *von* part is one of the two particles, CSL may have both.
    """

    family: str = ""
    given: str = ""
    #: Printed only with the given name (`Alexander von Humboldt`, but `Humboldt 1808`).
    dropping_particle: str = ""
    #: Prints with the family name in every form (`van Gogh 1889`; biblatex `useprefix=true`).
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    #: A comma stands before the suffix in every form (`King, Jr.` but `Alexander VI`).
    comma_suffix: bool = False
    #: Family name first in every form, without a comma.
    static_ordering: bool = False
    #: `literal` is probably a person, but which part is the family name is unknown (RIS `AU` without a comma).
    unsure: bool = False

    def mapped(self, change: Callable[[str], str]) -> Name:
        """The name with each of its texts as `change` gives it."""
        return replace(
            self,
            family=change(self.family),
            given=change(self.given),
            dropping_particle=change(self.dropping_particle),
            non_dropping_particle=change(self.non_dropping_particle),
            suffix=change(self.suffix),
            literal=change(self.literal),
        )

    @property
    def particle(self) -> str:
        """Both particles, for formats that do not tell them apart."""
        return f"{self.dropping_particle} {self.non_dropping_particle}".strip()


#: The last member of a name list that was cut short (`and others` in BibTeX). Never printed as a name.
OTHERS = Name(literal="others")
