"""The schema, the extension's manifest and the page on configuration are those of the table of settings."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from bibwright.analysis.settings import KEYS, read_settings
from bibwright.features.configuration import parse_configuration
from bibwright.features.settings_docs import make_editor_properties, make_schema
from tests.support.settings_docs import PAGE, made_files

FILES = made_files()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_files_are_fresh(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path], "run `python -m tests.support.settings_docs`"


def test_the_schema_accepts_what_is_read() -> None:
    jsonschema.Draft7Validator.check_schema(make_schema())
    for key in KEYS:
        value = tomllib.loads(f"{key.name} = {key.example}")
        jsonschema.validate(value, make_schema())


@pytest.mark.parametrize(
    "wrong",
    ["selct = []", "select = 'S101'", "select = [1]", "dialect = 'tex'", "severity = { S101 = 'fatal' }", "styles = 1"],
)
def test_the_schema_refuses_what_is_not_read(wrong: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(wrong), make_schema())
    _, problems = read_settings(tomllib.loads(wrong))
    assert len(problems) == 1


def test_the_defaults_of_the_editor_change_nothing() -> None:
    defaults = {name.removeprefix("bibwright."): what["default"] for name, what in editor_properties().items()}
    settings, problems = read_settings(defaults)

    assert problems == []
    assert settings.selections == ()
    assert settings.dialect == ""


def editor_properties() -> dict[str, dict[str, object]]:
    properties: dict[str, dict[str, object]] = json.loads(json.dumps(make_editor_properties()))
    return properties


def test_what_the_page_shows_is_read_without_complaint() -> None:
    shown = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(shown) == len(KEYS) + 1
    for text in shown:
        file = parse_configuration(Path("/refs/bibwright.toml"), text)
        assert file is not None
        assert [problem.message for problem in file.problems if "there is no file" not in problem.message] == []
