"""Names of persons and organisations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a name list, as plain Unicode text.

    Either `literal` is set (an organisation, or a name whose parts nobody has told apart) and the parts are
    empty, or `family` is set. `particle` is BibTeX's *von* part.
    """

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""
    #: The particle sorts and prints with the family name in every form (biblatex `useprefix=true`).
    particle_kept: bool = False
    #: `literal` is probably a person, but which part is the family name is unknown (RIS `AU` without a comma).
    unsure: bool = False


#: The last member of a name list that was cut short (`and others` in BibTeX). Never printed as a name.
OTHERS = Name(literal="others")
