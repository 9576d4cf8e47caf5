"""The settings as others read them: a JSON schema, the settings of the VS Code extension, a page of documentation.

All are made of the one table that the settings are read by (`analysis/settings.py`).
"""

from __future__ import annotations

import re
from typing import TypeAlias

from bibwright.analysis.settings import ALL, DEFAULT_STYLES, DIALECTS, KEYS, SEVERITIES, Key, Kind
from bibwright.csl.styles import KCI_STYLES
from bibwright.rules import all_rules

Json: TypeAlias = dict[str, object]

_GENERATED = re.compile(r"(<!-- keys -->\n).*(<!-- end of keys -->)", re.DOTALL)
#: Of the ten thousand styles those that an editor proposes; it takes every other one too.
_COMMON_STYLES = (
    "apa",
    "modern-language-association",
    "chicago-author-date",
    "chicago-notes-bibliography",
    "harvard-cite-them-right",
    "ieee",
    "nature",
    "nlm-citation-sequence",
    "american-medical-association",
    "american-chemical-society",
)
_SELECTOR = {"$ref": "#/$defs/selector"}


def make_schema() -> Json:
    """The JSON schema of `bibwright.toml`, and of the table `tool.bibwright`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "bibwright",
        "description": "Which rules apply to which bibliographies, and what the checks may know.",
        "type": "object",
        "additionalProperties": False,
        "properties": _file_properties(),
        "$defs": {
            "selector": {
                "description": "A rule code, the name of a rule, the beginning of codes, or ALL.",
                "anyOf": [*_selectors(), {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9-]*$"}],
            }
        },
    }


def _file_properties() -> Json:
    properties: Json = {}
    tables: dict[str, Json] = {}
    for key in KEYS:
        described: Json = {"description": _plain(key.help), **_file_type(key)}
        table, dot, name = key.name.partition(".")
        if not dot:
            properties[key.name] = described
            continue
        inner = tables.setdefault(table, {})
        inner[name] = described
        properties[table] = {"type": "object", "additionalProperties": False, "properties": inner}
    return properties


def make_editor_properties() -> Json:
    """The properties of `contributes.configuration` in the extension's manifest that are the server's."""
    return {
        f"bibwright.{key.camel_case}": {
            "order": number,
            "scope": "resource",
            **_editor_type(key),
            "markdownDescription": key.help.replace("the configuration file", "the workspace"),
        }
        for number, key in enumerate(KEYS, start=10)
    }


def fill_page(page: str) -> str:
    """A page of Markdown with the part on keys made anew, between the comments that mark it."""
    sections = "\n".join(f"{section}\n" for section in map(_section, KEYS))
    return _GENERATED.sub(lambda match: f"{match[1]}\n{sections}\n{match[2]}", page)


def _section(key: Key) -> str:
    return f"### `{key.name}`\n\n{key.help}\n\n```toml\n{key.name} = {key.example}\n```"


def _file_type(key: Key) -> Json:
    match key.kind:
        case Kind.RULES:
            return {"type": "array", "items": _SELECTOR}
        case Kind.SEVERITIES:
            return {
                "type": "object",
                "propertyNames": _SELECTOR,
                "additionalProperties": {"enum": list(SEVERITIES)},
            }
        case Kind.RULES_BY_GLOB:
            return {"type": "object", "additionalProperties": {"type": "array", "items": _SELECTOR}}
        case Kind.DIALECT:
            return {"enum": list(DIALECTS)}
        case Kind.STYLES:
            return _styles()
        case Kind.SWITCH:
            return {"type": "boolean"}
        case Kind.KEY_PATTERN | Kind.LOCALE:
            return {"type": "string"}
        case _:
            return {"type": "array", "items": {"type": "string", "minLength": 1}}


def _editor_type(key: Key) -> Json:
    strings = {"type": "array", "items": {"type": "string"}}
    match key.kind:
        case Kind.RULES if key.name == "select":
            # An empty list selects nothing; only the absence of a value leaves the default.
            return {"type": ["array", "null"], "items": {"type": "string"}, "default": None}
        case Kind.SEVERITIES:
            return {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}, "default": {}}
        case Kind.RULES_BY_GLOB:
            return {"type": "object", "additionalProperties": strings, "default": {}}
        case Kind.DIALECT:
            return {
                "enum": ["", *DIALECTS],
                "enumDescriptions": [
                    "What the file, or LaTeX near it, says",
                    "BibTeX",
                    "biblatex and biber",
                ],
                "default": "",
            }
        case Kind.STYLES:
            return {**_styles(), "default": list(DEFAULT_STYLES)}
        case Kind.SWITCH:
            return {"type": "boolean", "default": False}
        case Kind.KEY_PATTERN | Kind.LOCALE:
            return {"type": "string", "default": ""}
        case _:
            return {**strings, "default": []}


def _styles() -> Json:
    known = {"enum": [*_COMMON_STYLES, *(style.id for style in KCI_STYLES)]}
    return {"type": "array", "uniqueItems": True, "items": {"anyOf": [known, {"type": "string"}]}}


def _selectors() -> list[Json]:
    rules = all_rules()
    families = sorted({rule.code[:length] for rule in rules for length in (1, 2)})
    described = [
        (ALL, "Every rule"),
        *((family, f"The rules whose codes begin with {family}") for family in families),
        *((rule.code, rule.name) for rule in rules),
        *((rule.name, rule.code) for rule in rules),
    ]
    return [{"const": selector, "description": description} for selector, description in described]


def _plain(markdown: str) -> str:
    return markdown.replace("`", "")
