"""The variables and item types of CSL 1.0.2, by class."""

from __future__ import annotations

_TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
personal_communication post post-weblog regulation report review review-book software song speech standard thesis
treaty webpage
"""
_NAMES = """
author chair collection-editor compiler composer container-author contributor curator director editor
editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer
original-author performer producer recipient reviewed-author script-writer series-creator translator
"""
_DATES = "accessed available-date event-date issued original-date submitted"
_NUMBERS = """
chapter-number citation-number collection-number edition first-reference-note-number issue locator number
number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version
volume
"""
_TITLES = """
title title-short container-title container-title-short collection-title original-title part-title reviewed-title
volume-title
"""
_STRINGS = """
abstract annote archive archive_collection archive_location archive-place authority call-number citation-key
citation-label dimensions division DOI event event-title event-place genre ISBN ISSN jurisdiction keyword language
license medium note original-publisher original-publisher-place PMCID PMID publisher publisher-place references
reviewed-genre scale source status URL year-suffix
"""

TYPES = frozenset(_TYPES.split())
NAME_VARIABLES = frozenset(_NAMES.split())
DATE_VARIABLES = frozenset(_DATES.split())
NUMBER_VARIABLES = frozenset(_NUMBERS.split())
TITLE_VARIABLES = frozenset(_TITLES.split())
STRING_VARIABLES = frozenset(_STRINGS.split())
