"""String macros and entries that an entry names are found where they stand."""

from bibwright.analysis.resolver import DocumentResolver
from bibwright.analysis.workspace import OpenDocument
from bibwright.features.linters import open_text
from bibwright.formats import BIBTEX


def resolver_at_end(text: str) -> DocumentResolver:
    document: OpenDocument = open_text(text, BIBTEX)
    document.state_all_facts()
    return DocumentResolver(document, list(document.blocks)[-1])


def test_macros_within_macros_are_resolved() -> None:
    resolver = resolver_at_end('@string{a = "A"}\n@string{B = a # { and } # a}\n@misc{k}\n')

    assert resolver.find_macro("b") == "A and A"
    assert resolver.find_macro("c") is None


def test_a_macro_that_names_itself_ends() -> None:
    resolver = resolver_at_end("@string{a = b}\n@string{b = a # {x}}\n@misc{k}\n")

    assert resolver.find_macro("a") == "ax"


def test_macros_that_double_each_other_have_no_value() -> None:
    doubled = "".join(f"@string{{m{n} = m{n - 1} # m{n - 1}}}\n" for n in range(1, 60))
    resolver = resolver_at_end(f"@string{{m0 = {{x}}}}\n{doubled}@misc{{k}}\n")

    assert resolver.find_macro("m10") == "x" * 1024
    assert resolver.find_macro("m59") is not None  # the names beyond the limit stand for themselves


def test_entries_are_found_by_key_whatever_its_case() -> None:
    resolver = resolver_at_end("@misc{Parent, title={P}}\n@misc{child, crossref={parent}}\n")

    found = resolver.find_entry("parent")

    assert found is not None
    text, entry = found
    assert entry.key is not None
    assert entry.key.of(text) == "Parent"
