from __future__ import annotations

import os
from pathlib import Path

import pytest

from bibwright.csl.errors import StyleError, UnknownStyleError
from bibwright.features import styles as feature
from bibwright.features.configuration import parse_configuration
from bibwright.features.styles import describe_style, resolve_style
from tests.csl.samples import record, render

STYLE = """<style version="1.0"><info><title>{title}</title></info>
<bibliography><layout><text variable="title"/><text term="and" prefix=" "/></layout></bibliography></style>"""


def _write(path: Path, text: str, seconds: int) -> str:
    path.write_text(text, encoding="utf-8")
    os.utime(path, (seconds, seconds))
    return str(path)


def test_an_id_is_resolved_to_a_built_in_style() -> None:
    assert resolve_style("kci-apa").title == "KCI APA"
    info = describe_style("vancouver")
    assert info is not None
    assert info.id == "nlm-citation-sequence"
    assert describe_style("no-such-style") is None
    with pytest.raises(UnknownStyleError):
        resolve_style("no-such-style")


def test_a_file_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    name = _write(tmp_path / "our.csl", STYLE.format(title="Ours"), 1)
    first = resolve_style(name, "de-DE")

    assert render(first, record(title="A")) == "A und"
    assert resolve_style(name, "de-DE") is first
    assert describe_style(name) == feature.StyleInfo(name, "Ours")

    _write(tmp_path / "our.csl", STYLE.format(title="Theirs"), 2)
    assert resolve_style(name).title == "Theirs"


def test_what_is_wrong_with_a_file_is_found_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = _write(tmp_path / "our.csl", "<style>\n<citation>", 1)
    read: list[str] = []
    parse = feature.parse_style

    def count(xml: str, style: str, *, lang: str) -> feature.Style:
        read.append(style)
        return parse(xml, style, lang=lang)

    monkeypatch.setattr(feature, "parse_style", count)
    for _ in range(3):
        with pytest.raises(StyleError, match=r"our\.csl, line 2: not well-formed XML"):
            resolve_style(name)
    assert read == ["our.csl"]
    assert describe_style(name) is None

    _write(tmp_path / "our.csl", STYLE.format(title="Ours"), 2)
    assert resolve_style(name).title == "Ours"


def test_only_regular_files_called_csl_are_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("<secret/>")
    (tmp_path / "link.csl").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "folder.csl").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csl")
    else:
        (tmp_path / "pipe.csl").mkdir()
    names = [str(tmp_path / name) for name in ("link.csl", "folder.csl", "pipe.csl", "absent.csl", "zero\0.csl")]

    for name in (*names, r"\\server\share\a.csl", "//server/share/a.csl"):
        with pytest.raises(StyleError):
            resolve_style(name)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    name = _write(tmp_path / "huge.csl", " " * 2_000_001, 1)

    with pytest.raises(StyleError, match="more than 2000000"):
        resolve_style(name)


def test_a_configuration_names_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "styles").mkdir()
    ours = _write(tmp_path / "styles" / "our.csl", STYLE.format(title="Ours"), 1)
    _write(tmp_path / "broken.csl", "<style>", 1)
    text = 'styles = ["styles/our.csl", "apa", "absent.csl", "broken.csl"]\nlocale = "de-AT"\n'

    file = parse_configuration(tmp_path / "bibwright.toml", text)

    assert os.path.normpath(file.settings.styles[0]) == ours
    assert file.settings.locale == "de-AT"
    assert [problem.message.replace(str(tmp_path), "HERE") for problem in file.problems] == [
        "the citation style cannot be used: broken.csl, line 1: not well-formed XML: no element found",
        'there is no file "HERE/absent.csl"',
    ]


@pytest.mark.parametrize("given", ["1", "['de']", "'../../etc'", "'a language'"])
def test_what_is_no_name_of_a_language_is_told(given: str) -> None:
    file = parse_configuration(Path("/refs/bibwright.toml"), f"locale = {given}")

    assert len(file.problems) == 1
    assert 'of a language, as "de-AT"' in file.problems[0].message
    assert file.settings.locale == ""
