"""`bibwright styles` and `bibwright rules`: what there is to choose from and to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bibwright.cli.report import print_json

if TYPE_CHECKING:
    from bibwright.analysis.rule import Rule


def list_citation_styles() -> int:
    """Print the ids and titles of the built-in styles, one a line."""
    from bibwright.csl.styles import list_styles

    styles = list_styles()
    width = max(len(style.id) for style in styles)
    for style in styles:
        print(f"{style.id:{width}}  {style.title}")
    return 0


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
