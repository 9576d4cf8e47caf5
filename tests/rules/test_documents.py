"""What is seen in a document as a whole: keys, characters; and that real files raise no false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibwright.analysis.diagnostics import Safety, Severity
from bibwright.features.check import fix_text
from bibwright.features.encodings import decode_bytes
from bibwright.formats.bibtex import BIBTEX
from bibwright.formats.ris import RIS
from tests.support.drawing import assert_drawn, find
from tests.support.shared import SHARED, needs_shared


def test_duplicate_key() -> None:
    assert_drawn(
        """
        @misc{a, title={T}}
        @misc{A, title={T}}
              ^ X701 the key "A" differs from the earlier "a" in upper and lower case alone
        @misc{a, title={T}}
              ^ X701 an earlier entry has the key "a" too
        """,
        BIBTEX,
    )


def test_new_key_is_free() -> None:
    (found,) = find("@misc{k}\n@misc{k}\n@misc{ka}\n", BIBTEX)

    assert [fix.title for fix in found.fixes] == ["Rename the key to kb"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("k k k k k", "k ka kb kc kd"),
        ("K k k", "K ka kb"),
        ("s s1a s1a", "s s1a s1aa"),
        ("s1 s1a s1a", "s1 s1a s1b"),
        ("tree trees trees", "tree trees treesa"),
        ("on online online", "on online onlinea"),
        ("k ka kb kc kd k", "k ka kb kc kd ke"),
    ],
)
def test_new_keys_of_many_entries(keys: str, expected: str) -> None:
    text = "".join(f"@misc{{{key}}}\n" for key in keys.split())

    assert fix_text(text, BIBTEX, unsafe=True).text == "".join(f"@misc{{{key}}}\n" for key in expected.split())


@pytest.mark.parametrize("between", ["\n", " "], ids=["a line each", "on one line"])
def test_new_keys_of_fifty_entries_are_short_and_unique(between: str) -> None:
    text = between.join(f"@misc{{k, title={{T{number}}}}}" for number in range(50))
    document = fix_text(text, BIBTEX, unsafe=True).document
    keys = [fact.value for block in document.blocks for fact in document.index.facts(block)]

    assert (len(keys), len(set(keys))) == (50, 50)
    assert max(map(len, keys)) <= 4


def test_not_utf8() -> None:
    found = find("@misc{a, title={Caf\udce9 \udcb0\udcb1, \ufffd, é}}\n", BIBTEX)

    assert [(finding.diagnostic.code, finding.diagnostic.message) for finding in found] == [
        ("E902", "the byte E9 cannot be read as UTF-8"),
        ("E902", "the bytes B0 B1 cannot be read as UTF-8"),
        ("E902", "a letter was lost here: U+FFFD"),
    ]


def corpus() -> list[Path]:
    return sorted(path for path in (SHARED / "corpus").rglob("*") if path.suffix in (".bib", ".ris"))


#: Fixing is quick, but not for files of megabytes; what they hold is in the others too.
_LARGE = 100_000


@needs_shared
@pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.parent.name) for path in corpus() if path.name == "biblatex-examples.bib"]
)
def test_examples_of_biblatex_are_clean(path: Path) -> None:
    found = find(decode_bytes(path.read_bytes()).text, BIBTEX)

    assert [finding for finding in found if finding.diagnostic.severity <= Severity.WARNING] == []


@needs_shared
def test_fixing_real_files_leaves_nothing_that_a_safe_fix_removes() -> None:
    for path in corpus():
        if path.stat().st_size > _LARGE:
            continue
        format = RIS if path.suffix == ".ris" else BIBTEX
        fixed = fix_text(decode_bytes(path.read_bytes()).text, format, unsafe=False).text
        left = [found.diagnostic for found in find(fixed, format)]
        safe = [diagnostic for diagnostic in left if diagnostic.fixes and diagnostic.fixes[0].safety is Safety.SAFE]

        assert (path, safe) == (path, [])
