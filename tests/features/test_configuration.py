"""Configuration files: found, read, and what is wrong in them said where it is."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibwright.analysis.diagnostics import Severity
from bibwright.analysis.settings import KEYS, Selection, Settings, read_settings
from bibwright.features.configuration import ConfigurationChoice, Configurations, parse_configuration
from bibwright.features.linters import Linters, linter_for
from bibwright.features.selection import check_selector, select_rules
from bibwright.features.toml_places import find_places
from bibwright.formats import BIBTEX, RIS
from bibwright.rules import all_rules


def problems(text: str, name: str = "bibwright.toml") -> list[str]:
    file = parse_configuration(Path("/refs") / name, dedent(text).lstrip("\n"))
    return [] if file is None else list(file.lines(name))


def settings_of(text: str) -> Settings:
    file = parse_configuration(Path("/refs/bibwright.toml"), text)
    assert file is not None
    assert file.problems == ()
    return file.settings


def codes(settings: Settings, path: str = "/refs/a.bib") -> set[str]:
    return {rule.code for rule in select_rules(settings, path).rules}


# --- Reading


def test_every_key_reads_its_example() -> None:
    for key in KEYS:
        if key.name == "macro-files":
            continue  # a file that must be there
        read = settings_of(f"{key.name} = {key.example}")
        assert read.given == {key.name}
        assert read != Settings(given=read.given)


def test_what_is_wrong_is_said_with_its_line_and_the_rest_is_used() -> None:
    text = """
        selct = ["S101"]
        ignore = [
          "S101",
          "no-such-rule", # the third line of the list
          4,
        ]
        dialect = "tex"
        styles = "kci-apa"
        fields = ["Rating"]

        [severity]
        S102 = "fatal"
        S103 = "hint"

        [per-file-ignores]
        "a.bib" = "S101"
        "b.bib" = ["S104"]
    """
    file = parse_configuration(Path("/refs/bibwright.toml"), dedent(text).lstrip("\n"))
    assert file is not None

    assert list(file.lines("bibwright.toml")) == [
        'bibwright.toml:1:1: "selct" is no setting; did you mean "select"?',
        'bibwright.toml:4:3: no rule is called "no-such-rule"',
        'bibwright.toml:5:3: "ignore" holds a number, expected rule codes',
        'bibwright.toml:7:1: the dialect is "tex", expected "bibtex" or "biblatex"',
        'bibwright.toml:8:1: "styles" is a string, expected a list of ids of citation styles',
        'bibwright.toml:12:1: "fatal" is no severity, expected error, warning, information, hint or off',
        'bibwright.toml:16:1: "a.bib" is a string, expected a list of rule codes',
    ]
    assert file.settings.selections == (Selection(ignore=("S101",)),)
    assert file.settings.fields == {"rating"}
    assert file.settings.severity == (("S103", Severity.HINT),)
    assert [(glob.pattern, ignored) for glob, ignored in file.settings.per_file_ignores] == [("b.bib", ("S104",))]


def test_the_table_of_the_shared_file_is_told_in_our_own() -> None:
    file = parse_configuration(Path("/refs/bibwright.toml"), 'dialect = "bibtex"\n[tool.bibwright]\nselect = ["S"]\n')
    assert file is not None

    assert list(file.lines("bibwright.toml")) == [
        "bibwright.toml:2:1: [tool.bibwright] is for pyproject.toml: here the settings stand without it",
    ]
    assert file.settings.given == {"dialect"}
    assert file.settings.selections == ()


def test_a_table_that_is_no_setting_is_told_at_its_header() -> None:
    file = parse_configuration(Path("/refs/bibwright.toml"), 'dialect = "bibtex"\n\n[a.b]\nc = 1\n')

    assert file is not None
    assert list(file.lines("bibwright.toml")) == ['bibwright.toml:3:1: "a" is no setting']


def test_styles_that_are_unknown_are_told() -> None:
    file = parse_configuration(Path("/refs/bibwright.toml"), 'styles = ["kci-apa",\n  "kci-ap", "of our own"]\n')

    assert file is not None
    assert [message for _, _, message in file.problems] == [
        'no citation style is called "kci-ap"; did you mean "kci-apa"?',
        'no citation style is called "of our own"',
    ]


def test_a_file_cannot_ask_for_any_number_of_styles() -> None:
    names = [f"kci-ap{number}" for number in range(10_000)]
    file = parse_configuration(Path("/refs/bibwright.toml"), f"styles = {names}\n")

    assert file is not None
    messages = [message for _, _, message in file.problems]
    assert "10000 citation styles are too many; only the first 24 are used" in messages
    assert 'no citation style is called "kci-ap0"; did you mean "kci-apa"?' in messages
    assert 'no citation style is called "kci-ap23"' in messages
    assert len(messages) == 25


def test_a_name_that_is_nearly_right_is_named() -> None:
    assert (
        check_selector("unbalanced-brace") == 'no rule is called "unbalanced-brace"; did you mean "unbalanced-braces"?'
    )
    assert (
        check_selector("S")
        is check_selector("s101")
        is check_selector("missing-comma")
        is check_selector("ALL")
        is None
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ignore = [\n  'a'\n  'b'\n]\n", "3:3"),
        ("dialect = \n", "1:11"),
        ('a = 1\nb = "\n', "2:6"),
        ("x = [1,\n", "1:1"),
    ],
)
def test_what_is_no_toml_is_one_message_with_its_line(text: str, place: str) -> None:
    [line] = problems(text)

    assert line.startswith(f"bibwright.toml:{place}: this is not TOML, and nothing of the file is used: ")


def test_a_nest_without_end_is_one_message() -> None:
    [line] = problems("a = " + "[" * 100_000)

    assert "nothing of" in line


def test_a_project_file_is_read_only_for_its_table() -> None:
    assert problems("[tool.other]\nselct = 1\n", "pyproject.toml") == []
    assert problems("[tool.bibwright]\nselct = 1\n", "pyproject.toml") == [
        'pyproject.toml:2:1: "selct" is no setting; did you mean "select"?'
    ]
    assert problems("[tool]\nbibwright.ignore = 3\n", "pyproject.toml") == [
        'pyproject.toml:2:1: "ignore" is a number, expected a list of rule codes'
    ]


def test_editors_write_the_same_keys_in_camel_case() -> None:
    value = {"extendSelect": ["C"], "perFileIgnores": {"*.ris": ["V"]}, "select": None, "trace": {"server": "off"}}
    read, complaints = read_settings(value, base="/refs", others=("trace",))

    assert complaints == []
    assert read.selections == (Selection(extend_select=("C",)),)
    assert [(glob, ignored) for glob, ignored in read.per_file_ignores] == [(("/refs", "*.ris"), ("V",))]


def test_the_keys_of_a_table_are_read_like_others() -> None:
    for value in ({"convert": {"keepUnmapped": True}}, {"convert": {"keep-unmapped": True}}):
        read, complaints = read_settings({**value, "dialect": "bibtex"})
        assert (read.convert_keep_unmapped, read.given, complaints) == (True, {"convert.keep-unmapped", "dialect"}, [])

    weaker, _ = read_settings({"convert": {"keepUnmapped": True, "keyPattern": "[auth]"}})
    read, _ = read_settings({"convert": {"keyPattern": ""}})
    both = weaker.overridden_by(read)
    assert (both.convert_keep_unmapped, both.convert_key_pattern) == (True, "")


def test_what_is_wrong_in_a_table_is_placed() -> None:
    assert problems(
        """
        dialect = "bibtex"
        [convert]
        keep-unmapped = "yes"
        key-patern = "[auth]"
        key-pattern = "[auth"
        """
    ) == [
        'bibwright.toml:3:1: "keep-unmapped" is a string, expected true or false',
        'bibwright.toml:4:1: "convert.key-patern" is no setting; did you mean "convert.key-pattern"?',
        'bibwright.toml:5:1: "[auth" has a square bracket without its partner',
    ]
    assert problems("convert = 1\n") == ['bibwright.toml:1:1: "convert" is a number, expected a table']


TOML_VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | st.text("ab #\"'\\]}=\n\té", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab.c -", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(("a", "b", "c d")), TOML_VALUES, max_size=3))
def test_every_value_of_a_toml_text_has_its_place(value: dict[str, object]) -> None:
    text = "# comment = [\n" + "".join(f"{quoted(key)} = {toml(item)} # x = 1\n" for key, item in value.items())
    assert tomllib.loads(text) == value
    places = find_places(text)

    def check(path: tuple[str | int, ...], inner: object) -> None:
        assert tomllib.loads(f"x = {places.values[path].of(text)}")["x"] == inner
        children = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
        for key, child in children:
            check((*path, key), child)

    for key, item in value.items():
        check((key,), item)


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            return "[" + "".join(f"\n  {toml(item)}, # ]\n" for item in value) + "]"
        case dict():
            return "{" + ", ".join(f"{quoted(key)} = {toml(item)}" for key, item in value.items()) + "}"
    return str(value)


# --- Finding


def test_the_nearest_file_upwards_counts_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (tmp_path / "bibwright.toml").write_text('ignore = ["S101"]\n')
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n# bibwright\n")
    configurations = Configurations()
    assert configurations.settings_for(folder / "x.bib").selections == (Selection(ignore=("S101",)),)

    (folder / "pyproject.toml").write_text('[tool.bibwright]\nignore = ["S102"]\n')
    assert configurations.settings_for(folder / "x.bib").selections == (Selection(ignore=("S102",)),)

    (folder / "bibwright.toml").write_text('ignore = ["S103"]\n')
    assert configurations.settings_for(folder / "x.bib").selections == (Selection(ignore=("S103",)),)
    assert Configurations(ConfigurationChoice(isolated=True)).settings_for(folder / "x.bib") == Settings()

    (folder / "bibwright.toml").unlink()
    assert configurations.settings_for(folder / "x.bib").selections == (Selection(ignore=("S102",)),)


def test_the_file_overrides_the_editor_and_the_command_line_both(tmp_path: Path) -> None:
    (tmp_path / "bibwright.toml").write_text('dialect = "bibtex"\nselect = ["S"]\n[severity]\nS101 = "hint"\n')
    choice = ConfigurationChoice(Settings(selections=(Selection(ignore=("S101",)),)))
    configurations = Configurations(choice)
    configurations.base, _ = read_settings({"dialect": "biblatex", "ignore": ["S102"], "styles": ["kci-mla"]})
    read = configurations.settings_for(tmp_path / "a.bib")

    assert (read.dialect, read.styles) == ("bibtex", ("kci-mla",))
    assert "S101" not in codes(read)
    assert {"S102", "S103"} < codes(read)
    assert all(code.startswith("S") for code in codes(read))


def test_macro_files_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "macros.bib").write_text("@string{m = {M}}\n")
    (tmp_path / "bibwright.toml").write_text('macro-files = ["macros.bib", "gone.bib"]\n')
    file = Configurations().file_for(tmp_path / "sub" / "a.bib")
    assert file is not None

    assert file.settings.macro_files[0] == os.path.join(tmp_path, "macros.bib")
    assert [problem.start for problem in file.problems] == [(0, 29)]
    assert file.problems[0].message.startswith('there is no file "gone.bib" in ')


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * 1_000_001])
def test_a_file_that_cannot_be_read_is_a_message(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bibwright.toml").write_bytes(content)
    file = Configurations().file_for(tmp_path / "a.bib")

    assert file is not None
    assert file.broken
    assert len(file.problems) == 1


# --- Which rules


def test_the_more_exact_selector_counts() -> None:
    assert codes(settings_of('select = ["S101", "V4"]\nignore = ["S", "V408"]')) == {"S101"} | {
        rule.code for rule in all_rules() if rule.code.startswith("V4") and rule.code != "V408"
    }
    assert codes(settings_of('select = ["S"]\nignore = ["S"]')) == set()
    assert codes(settings_of("select = []")) == set()
    assert codes(settings_of('select = ["page-range"]')) == {"V408"}


def test_a_rule_that_is_off_is_switched_on_by_name_or_family() -> None:
    usual = codes(Settings())
    off = next(rule for rule in all_rules() if not rule.default)

    assert off.code not in usual
    assert codes(settings_of(f'extend-select = ["{off.code}"]')) == usual | {off.code}
    assert off.code in codes(settings_of(f'extend-select = ["{off.code[0]}"]'))
    assert codes(settings_of('extend-select = ["ALL"]')) == {rule.code for rule in all_rules()}


def test_severities() -> None:
    read = settings_of('[severity]\nS = "hint"\nS101 = "warning"\nmissing-comma = "off"')
    selected = select_rules(read, "/refs/a.bib")

    assert selected.severities["S101"] is Severity.WARNING
    assert selected.severities["S102"] is Severity.HINT
    assert "S103" not in codes(read)


def test_rules_are_ignored_in_files_by_pattern() -> None:
    read = settings_of('[per-file-ignores]\n"old/*.bib" = ["S101"]\n"*.ris" = ["V"]')

    assert "S101" in codes(read, "/refs/a.bib")
    assert "S101" not in codes(read, "/refs/old/a.bib")
    assert "S101" in codes(read, "/elsewhere/old/a.bib")
    assert not {code for code in codes(read, "/refs/deep/a.ris") if code.startswith("V")}


def test_documents_with_the_same_wishes_share_a_linter() -> None:
    read = settings_of('ignore = ["S101"]')

    assert linter_for("bibtex", read, path="/refs/a.bib") is linter_for("biblatex", read, path="/refs/b.bib")
    assert linter_for("bibtex", Settings()) is not linter_for("bibtex", read)


def test_excluded_files_are_checked_only_when_named(tmp_path: Path) -> None:
    (tmp_path / "bibwright.toml").write_text('exclude = ["vendor/"]\n')
    linters = Linters()
    path = tmp_path / "vendor" / "a.bib"

    assert linters.linter_for(path, BIBTEX).has_rule("S101")
    assert not linters.open_linter_for(path, BIBTEX).has_rule("S101")
    assert linters.open_linter_for(tmp_path / "a.bib", BIBTEX).has_rule("S101")


# --- The dialect that LaTeX documents use


@pytest.mark.parametrize(
    ("tex", "dialect"),
    [
        (r"\usepackage[style=apa]{biblatex} \addbibresource{refs.bib}", "biblatex"),
        (r"\addbibresource[location=local]{bib/../refs.bib}", "biblatex"),
        (r"\bibliographystyle{plain} \bibliography{other, refs}", "bibtex"),
        (r"\usepackage{csquotes,biblatex} \bibliography{refs}", "biblatex"),
        (r"\usepackage{biblatex} % \addbibresource{refs.bib}", ""),
        (r"\bibliography{refs}", ""),
        (r"\bibliographystyle{plain} \bibliography{other}", ""),
    ],
)
def test_the_dialect_of_the_documents_near_the_file(tmp_path: Path, tex: str, dialect: str) -> None:
    (tmp_path / "main.tex").write_text(tex)
    linters = Linters()

    assert linters.linter_for(tmp_path / "refs.bib", BIBTEX).options.dialect == dialect
    assert linters.linter_for(tmp_path / "refs.ris", RIS).options.dialect == ""


def test_documents_above_count_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    deep = tmp_path / "project" / "bib"
    deep.mkdir(parents=True)
    (tmp_path / "main.tex").write_text(r"\addbibresource{project/bib/refs.bib}")
    assert Linters().latex_documents.find_dialect(deep / "refs.bib") == "biblatex"

    (tmp_path / "project" / ".git").mkdir()
    assert Linters().latex_documents.find_dialect(deep / "refs.bib") == ""


def test_documents_that_disagree_tell_nothing_and_the_user_decides(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text(r"\addbibresource{refs.bib}")
    (tmp_path / "b.tex").write_text(r"\bibliographystyle{plain}\bibliography{refs}")
    assert Linters().linter_for(tmp_path / "refs.bib", BIBTEX).options.dialect == ""
    (tmp_path / "bibwright.toml").write_text('dialect = "bibtex"\n')

    assert Linters().linter_for(tmp_path / "refs.bib", BIBTEX).options.dialect == "bibtex"
