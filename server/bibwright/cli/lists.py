"""`bibwright styles` and `bibwright rules`: what there is to choose from and to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.cli.report import complain, one_line, print_json

if TYPE_CHECKING:
    from bibwright.analysis.rule import Rule
    from bibwright.csl.styles import StyleInfo


#: An id that is longer than this moves its title to the right, rather than all titles.
_WIDEST_ID = 40


def list_citation_styles(query: str, *, as_json: bool) -> int:
    """Print the styles in which all words of `query` are found, the best first, one a line; without words all.

    The status is 1 when there are none.
    """
    from bibwright.csl.styles import find_styles, list_styles

    styles = find_styles(query) if query.strip() else list_styles()
    if as_json:
        print_json([_style_json(style) for style in styles])
    elif not styles:
        complain(f'no citation style has "{query}" in its id, title, fields or citation format')
    else:
        width = min(_WIDEST_ID, max(len(style.id) for style in styles))
        for style in styles:
            print(one_line(f"{style.id:{width}}  {style.title}"))
    return 0 if styles else 1


def _style_json(style: StyleInfo) -> dict[str, object]:
    return {
        "id": style.id,
        "title": style.title,
        "shortTitle": style.short_title,
        "parent": style.parent,
        "citationFormat": style.citation_format,
        "fields": list(style.fields),
        "locale": style.locale,
    }


def list_rules(*, as_json: bool) -> int:
    """Print the rules in the order of their codes."""
    from bibwright.rules import all_rules

    rules = sorted(all_rules(), key=lambda rule: rule.code)
    if as_json:
        print_json([rule_json(rule) for rule in rules])
        return 0
    for rule in rules:
        off = "" if rule.default else " (off by default)"
        print(f"{rule.code}  {rule.severity.label:11}  {rule.name}: {rule.summary}{off}")
    return 0


def rule_json(rule: Rule) -> dict[str, object]:
    """A rule for programs."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.label,
        "default": rule.default,
        "fixes": [fix.value for fix in rule.fixes],
        "formats": sorted(rule.formats),
        "summary": rule.summary,
        "documentation": rule.documentation,
    }
