"""The rules, one file each; a new file is found by itself.

A rule's file stands in the folder of its family and bears the rule's name. What several rules share stands beside
the folders.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from bibwright.analysis.rule import Rule


@cache
def known_words() -> dict[str, str]:
    """The code of every rule by what users may call it, in lower case: its code and its name."""
    return {word: rule.code for rule in all_rules() for word in (rule.code.lower(), rule.name)}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the codes. Raises ValueError when two have the same code."""
    found = [
        member
        for module in pkgutil.walk_packages(__path__, f"{__name__}.")
        if not module.ispkg
        for member in vars(import_module(module.name)).values()
        if isinstance(member, Rule) and member.module == module.name
    ]
    by_code: dict[str, Rule] = {}
    for rule in found:
        if rule.code in by_code:
            raise ValueError(f"the code {rule.code} belongs to {by_code[rule.code].name} and to {rule.name}")
        by_code[rule.code] = rule
    return tuple(by_code[code] for code in sorted(by_code))
