"""Reading style and locale files as a small tree of nodes that know their line.

Style files come from anywhere, so a document type declaration, and with it every entity, is refused, and size
and depth are bounded; the line is kept so that an error can say where.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from xml.parsers import expat

from bibwright.csl.errors import StyleError

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 100
XML_LANG = "xml:lang"


@dataclass(slots=True)
class Node:
    """An element: its local name, attributes, child elements and own text. `line` counts from 1."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def get(self, attribute: str, default: str = "") -> str:
        """The attribute's value, or `default`."""
        return self.attributes.get(attribute, default)

    def find(self, tag: str) -> Node | None:
        """The first child with this tag."""
        return next((child for child in self.children if child.tag == tag), None)


def without(node: Node, *attributes: str) -> Node:
    """`node` without some of its attributes."""
    return replace(node, attributes={key: value for key, value in node.attributes.items() if key not in attributes})


def parse_xml(xml: str, name: str) -> Node:
    """The document element of `xml`. Raises `StyleError` in the name of the file `name`."""
    if len(xml) > MAX_CHARACTERS:
        raise StyleError(name, "", f"the file has {len(xml)} characters, more than {MAX_CHARACTERS}")
    parser = expat.ParserCreate("utf-8")
    top = Node("", 0)
    open_nodes = [top]

    def place() -> str:
        return f"line {parser.CurrentLineNumber}"

    def refuse(*_: object) -> None:
        raise StyleError(name, place(), "a style may not declare a document type or entities")

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_nodes) > MAX_DEPTH:
            raise StyleError(name, place(), f"elements are nested more than {MAX_DEPTH} deep")
        node = Node(tag.rpartition(":")[2], parser.CurrentLineNumber, attributes)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_: str) -> None:
        open_nodes.pop()

    def characters(text: str) -> None:
        open_nodes[-1].text += text

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.buffer_text = True
    try:
        # The text is decoded already: an encoding named in the declaration no longer holds.
        parser.Parse(xml.lstrip("\ufeff").encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        reason = f"not well-formed XML: {expat.ErrorString(error.code)}"
        raise StyleError(name, f"line {error.lineno}", reason) from None
    return top.children[0]
