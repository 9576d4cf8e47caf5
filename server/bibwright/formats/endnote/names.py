"""Names as EndNote has them: `Family, Given, Suffix`; an organization is marked by a comma at its end."""

from __future__ import annotations

from bibwright.model.names import OTHERS, Name
from bibwright.model.placeholders import is_placeholder


def read_name(text: str) -> Name:
    """The name of a line. Without a comma it is one literal, of which nobody knows whether it is a person.

    `University of California,, Davis` is an organization with a comma in its name.
    """
    text = text.strip()
    if text.lower().strip(". ") in ("others", "et al"):
        return OTHERS
    if ",," in text and (literal := text.rstrip(", ").replace(",,", ",", 1).strip(", ")):
        return Name(literal=literal)
    family, comma, rest = text.partition(",")
    family = family.strip()
    if not comma or not family:
        return Name(literal=text.strip(", ") or text, unsure=True)
    given, _, suffix = ("" if is_placeholder(part) else part.strip() for part in rest.partition(","))
    if not given:
        return Name(literal=family)
    return Name(family=family, given=given, suffix=suffix)


def write_name(name: Name) -> str:
    """`Family, Given, Suffix`, a particle before the family name; what is certainly no person ends in a comma."""
    if name.literal:
        if "," in name.literal:
            return name.literal.replace(",", ",,", 1)
        return name.literal if name.unsure else f"{name.literal},"
    family = f"{name.particle} {name.family}" if name.particle else name.family
    if name.suffix:
        return f"{family}, {name.given}, {name.suffix}"
    return f"{family}, {name.given}" if name.given else family
