"""Each output is what the programs that read it expect."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

import jsonschema
import junitparser
import pytest

from bibwright.cli.arguments import _OUTPUTS
from bibwright.cli.main import main
from bibwright.cli.outputs import OUTPUTS
from bibwright.text.spans import Edit, apply_edits

ROOT = Path(__file__).resolve().parents[2]
#: Comes with the development dependencies of the extension: there is no Python package that has it.
SCHEMA = ROOT / "clients/vscode/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"

#: S101 (error, safe fix with two edits), T611 (hint, unsafe fix), V408 (hint, safe fix).
TEXT = """\
@article{lang2001},
  author = {Lang, Anna},
  title = {𠀀 Trees : Their Growth},
  journal = {Journal of Forests},
  volume = {12},
  pages = {101-115},
  year = {2001}
"""
#: The rules that these tests are about; what the others would say of the same texts is not their business.
CONFIGURATION = 'select = ["S101", "S112", "S201", "T611", "V401", "V408", "X701", "E902"]\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "NO_COLOR", "FORCE_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bibwright.toml").write_text(CONFIGURATION, encoding="utf-8")
    return tmp_path


def put(name: str, text: str | bytes = TEXT) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(["check", *arguments])
    return capsys.readouterr().out


def output_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    return json.loads(output(capsys, *arguments))


def test_the_outputs_that_are_offered_are_those_that_exist() -> None:
    assert _OUTPUTS == OUTPUTS


# --- For people


def test_text_shows_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")

    assert output(capsys, "a.bib") == (
        "a.bib:1:18: error S101 the entry is closed right behind its key: the 6 fields behind it are lost"
        " [entry-closed-after-key]\n"
        "1 | @article{lang2001},\n"
        "  |                  ^\n"
        "  = safe fix: Close the entry behind its last field\n"
        "\n"
        'a.bib:3:20: hint T611 there is a blank before ":" [space-before-punctuation]\n'
        "3 |   title = {𠀀 Trees : Their Growth},\n"
        "  |                    ^\n"
        "  = unsafe fix: Delete the blank\n"
        "\n"
        'a.bib:6:15: hint V408 the page range "101-115" has "-", expected -- [page-range]\n'
        "6 |   pages = {101-115},\n"
        "  |               ^\n"
        "  = safe fix: Write two hyphens\n"
        "\n"
        "3 findings in 1 file: 1 error, 2 hints\n"
    )


def test_concise_is_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")

    lines = output(capsys, "--output", "concise", "a.bib").splitlines()

    assert [line.split(" ")[:3] for line in lines[:-1]] == [
        ["a.bib:1:18:", "error", "S101"],
        ["a.bib:3:20:", "hint", "T611"],
        ["a.bib:6:15:", "hint", "V408"],
    ]


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_for_who_wants_it(
    arguments: list[str],
    environment: dict[str, str],
    expected: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put("a.bib")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert ("\033[" in output(capsys, *arguments, "a.bib")) is expected


def test_colours_of_the_file_are_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib", "@book{k\x1b[31m, pages = {1-5}, pages = {7\x1b]0;x\x07-9}}")

    assert "\x1b" not in output(capsys, "a.bib")


# --- SARIF


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    if not SCHEMA.is_file():
        assert os.environ.get("BIBWRIGHT_REQUIRE_E2E") != "1", f"{SCHEMA} is missing"
        pytest.skip("the schema comes with `npm --prefix clients/vscode ci`, which has not run")
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


def sarif_run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    (run,) = output_json(capsys, "--output", "sarif", *arguments)["runs"]
    return run


def test_sarif_is_valid(schema: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    put("refs/ü b.bib")
    put("twice.bib", "@book{k, title = {x}}\n\n@book{k, title = {y}}\n")
    put("noise.bib", b"\x89PNG\0\0")
    put("r.ris", "TY - JOUR\r\nVL - null\r\nER -\r\n")
    put("e.bib", "@misc{k,\r note = {Zoë".encode() + b"\xff}, pages = {1-5}}\r")

    log = output_json(capsys, "--output", "sarif", ".")

    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(log)
    assert {result["ruleId"] for result in log["runs"][0]["results"]} >= {"S101", "X701", "S201", "V401"}


def test_sarif_names_rules_and_places(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    put("ü b.bib")

    run = sarif_run(capsys, "ü b.bib")

    assert run["columnKind"] == "utf16CodeUnits"
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["S101", "T611", "V408"]
    assert [result["level"] for result in run["results"]] == ["error", "note", "note"]
    assert rules[0]["defaultConfiguration"] == {"level": "error", "enabled": True}
    assert "## Good" in rules[0]["help"]["markdown"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 20, "endLine": 3, "endColumn": 21}
    base = run["originalUriBaseIds"][place["artifactLocation"]["uriBaseId"]]["uri"]
    assert Path(unquote(urlsplit(base + place["artifactLocation"]["uri"]).path)) == folder / "ü b.bib"


def test_sarif_outside_of_the_folder_is_absolute(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("here/x")
    put("a.bib")
    monkeypatch.chdir("here")

    location = sarif_run(capsys, "../a.bib")["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]

    assert location == {"uri": (folder / "a.bib").as_uri()}


def test_sarif_fixes_are_those_of_fix(capsys: pytest.CaptureFixture[str]) -> None:
    path = put("a.bib")
    starts = [0, *(at + 1 for at, character in enumerate(TEXT) if character == "\n")]

    def offset(line: int, column: int) -> int:
        start = starts[line - 1]
        return start + len(TEXT[start:].encode("utf-16-le")[: 2 * (column - 1)].decode("utf-16-le"))

    edits = [
        Edit(
            offset(change["deletedRegion"]["startLine"], change["deletedRegion"]["startColumn"]),
            offset(change["deletedRegion"]["endLine"], change["deletedRegion"]["endColumn"]),
            change["insertedContent"]["text"],
        )
        for result in sarif_run(capsys, "a.bib")["results"]
        for fix in result.get("fixes", ())
        for change in fix["artifactChanges"][0]["replacements"]
    ]
    main(["check", "--fix", "a.bib"])

    assert apply_edits(TEXT, edits) == path.read_text(encoding="utf-8")


def test_sarif_tells_what_could_not_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    put("noise.bib", b"\x89PNG\0\0")

    (invocation,) = sarif_run(capsys, "noise.bib")["invocations"]

    assert invocation["executionSuccessful"] is False
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == [
        "noise.bib: is not a text file"
    ]


def fingerprints(capsys: pytest.CaptureFixture[str], kind: str) -> list[str]:
    if kind == "gitlab":
        return [issue["fingerprint"] for issue in output_json(capsys, "--output", "gitlab", "a.bib")]
    return [result["partialFingerprints"]["bibwrightFinding/v1"] for result in sarif_run(capsys, "a.bib")["results"]]


@pytest.mark.parametrize("kind", ["sarif", "gitlab"])
def test_fingerprints_survive_other_edits(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    twice = "@misc{a, pages = {1-5}}\n@misc{b,\n  pages = {1-5}\n}\n@misc{c,\n  pages = {1-5}\n}\n"
    put("a.bib", twice)
    before = fingerprints(capsys, kind)
    put("a.bib", f"% a comment\n\n@misc{{x, note = {{y}}}}\n{twice.replace('  pages', chr(9) + 'pages')}")
    after = fingerprints(capsys, kind)

    assert len(set(before)) == len(before) == 3
    assert after == before


# --- GitHub


def test_github_gets_workflow_commands(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")

    lines = output(capsys, "--output", "github", "a.bib").splitlines()

    assert lines[1] == (
        "::notice title=T611 (space-before-punctuation),file=a.bib,line=3,endLine=3,col=20,endColumn=21"
        '::a.bib:3:20: T611 there is a blank before ":"'
    )
    assert [line.split(" ")[0] for line in lines] == ["::error", "::notice", "::notice"]


def test_github_commands_cannot_be_forged(capsys: pytest.CaptureFixture[str]) -> None:
    put("a,b:c%0A.bib", "@book{k, pages = {1-5}, x%0A::stop-commands::y = {1}, x%0A::stop-commands::y = {2}}\n")

    lines = output(capsys, "--output", "github", "a,b:c%0A.bib").splitlines()

    assert all("file=a%2Cb%3Ac%250A.bib,line=" in line for line in lines)
    assert not any("%0A" in line.replace("%250A", "") for line in lines)


def test_github_paths_begin_at_the_checkout(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("sub/a.bib")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder))
    monkeypatch.chdir("sub")

    assert "file=sub/a.bib," in output(capsys, "--output", "github", "a.bib").splitlines()[0]


def test_github_is_told_what_could_not_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    put("noise.bib", b"\x89PNG\0\0")

    assert output(capsys, "--output", "github", "noise.bib") == (
        "::error file=noise.bib,title=bibwright::noise.bib: is not a text file\n"
    )


# --- GitLab


def test_gitlab_gets_a_code_quality_report(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("sub/a.bib")
    put("sub/b.bib")
    monkeypatch.setenv("CI_PROJECT_DIR", str(folder))
    monkeypatch.chdir("sub")

    issues = output_json(capsys, "--output", "gitlab", ".")

    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 6
    assert {key: value for key, value in issues[1].items() if key != "fingerprint"} == {
        "description": 'T611: there is a blank before ":"',
        "check_name": "space-before-punctuation",
        "severity": "info",
        "location": {
            "path": "sub/a.bib",
            "positions": {"begin": {"line": 3, "column": 20}, "end": {"line": 3, "column": 21}},
        },
    }
    assert issues[0]["severity"] == "major"


# --- JUnit


def suites(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    for suite in junitparser.JUnitXml.fromstring(text.encode()):
        results = [(case.name, type(case.result[0]).__name__ if case.result else "") for case in suite]
        yield suite.name, results


def test_junit_has_a_suite_for_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")
    put("b.bib", "@misc{k, title = {Trees}}\n")
    put("c.bib", b"\x89PNG\0\0")

    assert list(suites(output(capsys, "--output", "junit", "a.bib", "b.bib", "c.bib"))) == [
        (
            "a.bib",
            [
                ("S101 entry-closed-after-key 1:18", "Failure"),
                ("T611 space-before-punctuation 3:20", ""),
                ("V408 page-range 6:15", ""),
            ],
        ),
        ("b.bib", [("no findings", "")]),
        ("c.bib", [("readable", "Error")]),
    ]


def test_junit_fails_what_fails_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")

    ((_, results),) = suites(output(capsys, "--output", "junit", "--fail-on", "hint", "a.bib"))

    assert [result for _, result in results] == ["Failure"] * 3


def test_junit_is_xml_whatever_the_text_holds(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib", "@book{k, x\x01\x0b = {1}, x\x01\x0b = {2}, pages = {\ufffe1-\x005}}".replace("\x00", "") + "\x1b")
    put("b.bib", "@book{k, title = {Zoë ".encode() + b"\xff : x}, t]]>&<\xff = {1}, t]]>&<\xff = {2}}")

    assert [name for name, _ in suites(output(capsys, "--output", "junit", "."))] == ["./a.bib", "./b.bib"]


# --- Statistics


def test_statistics_count_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")
    put("b.bib", "@misc{k, title = {Trees}, pages = {1-5}}\n")

    assert output(capsys, "--statistics", "a.bib", "b.bib") == (
        "2  V408  [*]  hint         page-range\n"
        "1  S101  [*]  error        entry-closed-after-key\n"
        "1  T611  [-]  hint         space-before-punctuation\n"
        "4 findings in 2 files: 1 error, 3 hints\n"
        "[*] 3 findings fixable with --fix\n"
        "[-] 1 finding fixable with --fix --unsafe-fixes\n"
    )


def test_statistics_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")

    assert output_json(capsys, "--statistics", "--output", "json", "a.bib")[1] == {
        "code": "T611",
        "name": "space-before-punctuation",
        "severity": "hint",
        "count": 1,
        "fixable": {"safe": 0, "unsafe": 1},
    }


# --- To a file


def test_output_goes_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")

    assert main(["check", "--output", "json", "--output-file", "out.json", "a.bib"]) == 1
    assert capsys.readouterr() == ("", "")
    assert len(json.loads(Path("out.json").read_text(encoding="utf-8"))) == 3


def test_a_file_that_cannot_be_written_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib")

    assert main(["check", "--output-file", "none/out.txt", "a.bib"]) == 2
    assert capsys.readouterr() == ("", "bibwright: none/out.txt: cannot be written: No such file or directory\n")


# --- Names of files


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
@pytest.mark.parametrize("name", [b"\xff.bib", "한 글.bib".encode(), b"a\nb.bib", b"%41#?.bib"])
@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_file_may_have_any_name(kind: str, name: bytes, folder: Path) -> None:
    path = os.fsdecode(name)
    put(path)

    command = [sys.executable, "-m", "bibwright", "check", "--output", kind, "."]
    done = subprocess.run(command, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (1, b"")
    out = done.stdout.decode()
    match kind:
        case "json" | "gitlab":
            assert len(json.loads(out)) == 3
        case "sarif":
            location = json.loads(out)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
            assert unquote_to_bytes(location["uri"]) == name
        case "junit":
            assert len(junitparser.JUnitXml.fromstring(out.encode())) == 1
        case "github" | "concise":
            assert out.count("\n") == (3 if kind == "github" else 4)
