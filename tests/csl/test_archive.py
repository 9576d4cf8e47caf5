from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from bibwright.csl import archive as reading
from bibwright.csl import styles
from bibwright.csl.archive import open_archive, read_archive
from bibwright.csl.errors import StyleError, UnknownStyleError
from bibwright.csl.styles import KCI_STYLES, StyleInfo, find_style, find_styles, list_styles, load_style

PACKING = Path(__file__).parents[2] / "server" / "packing" / "pack_styles.py"
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" {attributes}>
  <info>
    <title>{title}</title>
    <id>http://www.zotero.org/styles/{id}</id>
    {link}
    <category citation-format="numeric"/><category field="medicine"/><category field="biology"/>
    <rights license="http://creativecommons.org/licenses/by-sa/3.0/">CC</rights>
  </info>
</style>
"""
PARENT = '<link href="http://www.zotero.org/styles/{}" rel="independent-parent"/>'


def _style(style_id: str, title: str, link: str = "", attributes: str = "") -> bytes:
    return STYLE.format(id=style_id, title=title, link=link, attributes=attributes).encode()


@pytest.fixture
def packing() -> Any:
    spec = importlib.util.spec_from_file_location("pack_styles", PACKING)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _sources(packing: Any) -> Any:
    return packing.Sources(
        "made up 1.0",
        {
            "zeta": _style("zeta", "Zeta &amp;\n  Eta"),
            "child": _style("child", "A Child", PARENT.format("zeta"), 'default-locale="de-DE"'),
        },
        {"de-DE": "<locale>für</locale>".encode()},
        {"old-zeta": "zeta", "gone": "nowhere", "child": "zeta"},
    )


def test_what_is_packed_is_read_again(packing: Any, tmp_path: Path) -> None:
    sources = _sources(packing)
    file = tmp_path / "a.archive"
    file.write_bytes(packing.pack(sources))

    archive = read_archive(file)

    assert file.read_bytes().startswith(b"bibwright citation styles 1; made up 1.0\n")
    assert packing.pack(sources) == file.read_bytes()
    assert archive.style("zeta") == sources.styles["zeta"].decode()
    assert archive.style("child") is None
    assert archive.locale("de-DE") == "<locale>für</locale>"
    assert archive.locale("../../etc/passwd") is None
    assert archive.index["styles"] == [
        ["child", "A Child", "", "numeric", 0, "de-DE", "zeta"],
        ["zeta", "Zeta & Eta", "", "numeric", 0, "", ""],
    ]
    assert archive.index["fields"] == [["biology", "medicine"]]
    assert archive.index["former"] == {"old-zeta": "zeta"}


def test_a_style_without_its_parent_is_not_packed(packing: Any) -> None:
    lost = packing.Sources("", {"child": _style("child", "C", PARENT.format("zeta"))}, {}, {})

    with pytest.raises(ValueError, match="the style child depends on zeta, which is not there"):
        packing.pack(lost)


@pytest.mark.parametrize("cut", [0, 10, 45, 60, -1])
def test_a_damaged_archive_says_so(packing: Any, tmp_path: Path, cut: int) -> None:
    file = tmp_path / "a.archive"
    file.write_bytes(packing.pack(_sources(packing))[:cut])

    with pytest.raises(StyleError, match="are damaged; install bibwright anew"):
        read_archive(file).locale("de-DE")


def test_an_archive_of_another_layout_says_so(tmp_path: Path) -> None:
    path = tmp_path / reading.NAME
    path.write_bytes(reading.SIGN + b"0; some package 1.0\n" + bytes(100))

    with pytest.raises(StyleError, match="were packed for another version of bibwright; install bibwright anew"):
        read_archive(path)


def test_a_missing_archive_says_so_and_leaves_our_own_styles(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(styles, "open_archive", lambda: read_archive(tmp_path / reading.NAME))
    styles._numbers.cache_clear()
    try:
        assert list_styles() == KCI_STYLES
        assert find_style("nature") is None
        with pytest.raises(StyleError, match="are missing from this installation"):
            load_style("nature")
    finally:
        styles._numbers.cache_clear()


def test_all_official_styles_are_there() -> None:
    listed = list_styles()
    ids = {info.id for info in listed}

    assert len(ids) == len(listed) > 10_000
    assert [info for info in listed if info.parent and info.parent not in ids] == []
    titles = [info.title.casefold() for info in listed[len(KCI_STYLES) :]]
    assert titles == sorted(titles)
    index = open_archive().index
    assert len(index["locales"]) > 60
    assert set(index["former"].values()) <= ids


def test_a_text_is_unmodified_with_its_rights() -> None:
    text = open_archive().style("apa")

    assert text is not None
    assert '<rights license="http://creativecommons.org/licenses/by-sa/3.0/">' in text
    assert text.startswith("<?xml")
    assert text.rstrip().endswith("</style>")


@pytest.mark.parametrize(
    ("name", "style_id"),
    [
        ("apa", "apa"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("vancouver", "nlm-citation-sequence"),
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("mla", "modern-language-association"),
        ("kci-mla", "kci-mla"),
    ],
)
def test_full_and_former_ids_are_understood(name: str, style_id: str) -> None:
    found = find_style(name)

    assert found is not None
    assert found.id == style_id
    assert load_style(name) is load_style(style_id)


def test_a_dependent_style_is_its_parent_in_its_own_language() -> None:
    assert find_style("nature-genetics") == StyleInfo(
        "nature-genetics", "Nature Genetics", "", "nature", "numeric", ("biology", "medicine"), "en-GB"
    )
    style = load_style("nature-genetics", "de-DE")

    assert (style.name, style.title, style.locale.lang) == ("nature-genetics", "Nature Genetics", "en-GB")


def test_a_style_without_a_language_speaks_the_one_asked_for() -> None:
    assert load_style("apa").locale.lang == "en-US"
    assert load_style("apa", "ko-KR").locale.lang == "ko-KR"


@pytest.mark.parametrize("style_id", ["", "no-such-style", "../apa", "http://www.zotero.org/styles/", "APA" * 1000])
def test_what_is_no_id_is_unknown(style_id: str) -> None:
    assert find_style(style_id) is None
    with pytest.raises(UnknownStyleError):
        load_style(style_id)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("apa", "apa"),
        ("vancouver", "nlm-citation-sequence"),
        ("harvard", "harvard-cite-them-right"),
        ("Nature Genetics", "nature-genetics"),
        ("UNIVERSITÄT wien", "universitat-wien"),
        ("kci apa", "kci-apa"),
        ("ieee", "ieee"),
        ("gb-t-7714-2015 numeric", "china-national-standard-gb-t-7714-2015-numeric"),
        ("GB/T 7714-2015 (numeric)", "china-national-standard-gb-t-7714-2015-numeric"),
    ],
)
def test_the_best_is_found_first(query: str, first: str) -> None:
    assert find_styles(query)[0].id.startswith(first)


def test_every_word_has_to_be_found() -> None:
    found = find_styles("medicine numeric vancouver")

    assert all("medicine" in info.fields or "medicine" in info.title.lower() for info in found)
    assert find_styles("nosuchword apa") == []
    assert find_styles("?") == []
    assert len(find_styles(" ")) == len(list_styles())
