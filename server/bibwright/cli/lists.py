"""`bibwright styles` and `bibwright rules`: what there is to choose from and to be told."""

from __future__ import annotations

from bibwright.cli.report import print_json


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
        print_json(
            [
                {
                    "code": rule.code,
                    "name": rule.name,
                    "severity": rule.severity.label,
                    "formats": sorted(rule.formats),
                    "summary": rule.summary,
                    "documentation": rule.documentation,
                }
                for rule in rules
            ]
        )
        return 0
    for rule in rules:
        print(f"{rule.code}  {rule.severity.label:11}  {rule.name}: {rule.summary}")
    return 0
