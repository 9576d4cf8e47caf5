from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bibwright import __version__
from bibwright.cli.main import main

CLEAN = "@book{k,\n  author = {Doe, Jane},\n  title = {Things},\n  publisher = {P},\n  year = {2001}\n}\n"
RANGE = CLEAN.replace("}\n}", "},\n  pages = {1-5}\n}")
CLOSED = "@book{k},\n  author = {Doe, Jane},\n  title = {Things},\n  publisher = {P},\n  year = {2001}\n"


def write(folder: Path, name: str, text: str | bytes) -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "bibwright", *arguments], capture_output=True, check=False, timeout=60, **options
    )


# --- Use


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"bibwright {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["check"],
        ["cite"],
        ["convert", "a.bib"],
        ["check", "--unsafe-fixes", "a.bib"],
        ["check", "--output", "xml", "a.bib"],
        ["convert", "a.bib", "--to", "word"],
        ["serve", "--tcp", "here"],
        ["serve", "--tcp", "99999"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_answers_about_itself_without_loading_anything() -> None:
    script = (
        "import sys; from bibwright.cli.arguments import parse_arguments; parse_arguments(['styles']);"
        "print([name for name in sys.modules if name.startswith(('bibwright.', 'pygls', 'bibtexparser'))])"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout == "['bibwright.cli', 'bibwright.cli.arguments']\n"


def test_styles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["styles"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["kci-apa", "kci-harvard"]
    assert len(lines) > 10_000


def test_styles_are_searched(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["styles", "vancouver"]) == 0
    assert capsys.readouterr().out.startswith("nlm-citation-sequence ")

    assert main(["styles", "nature", "genetics", "--output", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0] == {
        "id": "nature-genetics",
        "title": "Nature Genetics",
        "shortTitle": "",
        "parent": "nature",
        "citationFormat": "numeric",
        "fields": ["biology", "medicine"],
        "locale": "en-GB",
    }

    assert main(["styles", "no", "such", "style"]) == 1
    assert 'no citation style has "no such style"' in capsys.readouterr().err


def test_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--output", "json"]) == 0
    rules = json.loads(capsys.readouterr().out)
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert [rule["code"] for rule in rules] == [line.split()[0] for line in lines]
    assert list(rules[0]) == [
        "code", "name", "severity", "default", "fixes", "formats", "summary", "documentation",
    ]  # fmt: skip


# --- check


def test_a_clean_file_is_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", write(tmp_path, "a.bib", CLEAN)]) == 0
    assert capsys.readouterr() == ("no findings in 1 file\n", "")


def test_hints_are_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", RANGE)

    assert main(["check", "--output", "concise", path]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{path}:6:13: hint V408 ")
    assert first.endswith(" [page-range]")
    assert last == "1 finding in 1 file: 1 hint"


def test_json_has_the_agreed_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", RANGE)

    main(["check", "--output", "json", path])

    (finding,) = json.loads(capsys.readouterr().out)
    assert finding == {
        "path": path,
        "code": "V408",
        "name": "page-range",
        "severity": "hint",
        "message": finding["message"],
        "range": {"start": {"line": 5, "character": 12}, "end": {"line": 5, "character": 13}},
        "related": [],
        "fixes": [
            {
                "title": finding["fixes"][0]["title"],
                "safety": "safe",
                "edits": [{"range": finding["range"], "newText": "--"}],
            }
        ],
    }


def test_json_stays_valid_with_broken_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = "@book{k, title = {Zoë’s über alles ".encode() + b"\xff}, pages = {1-5}}\n"

    main(["check", "--output", "json", write(tmp_path, "a.bib", data)])

    out = capsys.readouterr().out
    assert out.isascii()
    assert "E902" in {finding["code"] for finding in json.loads(out)}


def test_a_directory_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("b", "a", ".git"):
        (tmp_path / folder).mkdir()
        write(tmp_path, f"{folder}/x.bib", RANGE)
    write(tmp_path, "a/y.ris", "TY  - JOUR\nER  - \n")
    write(tmp_path, "a/z.txt", RANGE)

    main(["check", str(tmp_path)])

    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines[:-1] if "V408" in line] == [
        str(tmp_path / "a" / "x.bib"),
        str(tmp_path / "b" / "x.bib"),
    ]
    assert " in 3 files" in lines[-1]


def test_an_empty_directory_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr() == (f"no .bib or .ris files in {tmp_path}\n", "")


def test_a_folder_that_cannot_be_searched_is_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.bib").write_text("", encoding="utf-8")
    closed = tmp_path / "closed"
    closed.mkdir()
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)

    assert main(["check", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"bibwright: {closed}: Permission denied\n"


def test_damaged_bytes_are_reported_when_converted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes("% Encoding: UTF-8\n@misc{a,\n  title = {Zoë ".encode() + b"\xff},\n}\n")

    assert main(["convert", str(path), "--to", "biblatex"]) == 0
    assert "lost: title: a: 1 damaged byte became U+FFFD [L13]" in capsys.readouterr().err


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path, "good.bib", CLOSED)
    binary = write(tmp_path, "image.bib", b"\x89PNG\0\0")
    prose = write(tmp_path, "prose.txt", "Nothing to see here.")

    status = main(["check", str(tmp_path / "missing.bib"), binary, prose, good])

    out, err = capsys.readouterr()
    assert status == 2
    assert "S101" in out
    assert err.splitlines() == [
        f"bibwright: {tmp_path / 'missing.bib'}: No such file or directory",
        f"bibwright: {binary}: is not a text file",
        f"bibwright: {prose}: is neither BibTeX nor RIS",
    ]


def test_content_decides_without_a_known_suffix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", write(tmp_path, "refs.txt", CLOSED)]) == 1
    assert "S101" in capsys.readouterr().out


def test_fix_reports_what_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", CLOSED + "\n@book{k, title = {T}, publisher = {P}, author = {A, B}, year = 2000}\n")

    status = main(["check", "--fix", path])

    out = capsys.readouterr().out
    assert out.startswith(f"{path}: fixed 1 finding: S101\n{path}:")
    assert "X701" in out
    assert status == 1


def test_fix_with_json_keeps_the_output_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", RANGE)

    assert main(["check", "--fix", "--output", "json", path]) == 0

    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert err == f"bibwright: {path}: fixed 1 finding: V408\n"


def test_unsafe_fixes_are_applied_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text(CLEAN.replace("Things", "Things : more"))

    main(["check", "--fix", str(path)])
    assert "Things : more" in path.read_text()
    main(["check", "--fix", "--unsafe-fixes", str(path)])
    assert "Things: more" in path.read_text()


@pytest.mark.parametrize("codec", ["utf-16", "cp949", "cp1252", "iso2022_jp"])
def test_a_fixed_file_keeps_encoding_and_line_ends(codec: str, tmp_path: Path) -> None:
    name = {"cp949": "한국전쟁과 중국군의 참전", "iso2022_jp": "日本の研究", "cp1252": "Müller über"}.get(codec, "ü 한")
    text = f"@book{{k,\r\n  title = {{{name}}},\r\n  pages = {{1-5}}\r\n}}\r\n"
    path = write(tmp_path, "a.bib", text.encode(codec))

    main(["check", "--fix", path])

    assert Path(path).read_bytes() == text.replace("1-5", "1--5").encode(codec)


def test_a_superfluous_byte_order_mark_is_a_finding_that_is_fixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CLEAN.replace("{", "{\n", 1).replace("\n", "\r\n")
    path = write(tmp_path, "a.bib", text.encode("utf-8-sig"))

    assert main(["check", "--output", "concise", path]) == 0
    assert f"{path}:1:1: hint E901 " in capsys.readouterr().out
    main(["check", "--diff", path])
    assert "-\ufeff@" in capsys.readouterr().out
    main(["check", "--fix", "--ignore", "E901", path])
    assert Path(path).read_bytes() == text.encode("utf-8-sig")

    capsys.readouterr()
    assert main(["check", "--fix", path]) == 0
    assert capsys.readouterr().out.startswith(f"{path}: fixed 1 finding: E901\n")
    assert Path(path).read_bytes() == text.encode()


def test_a_file_without_fixes_is_not_written(tmp_path: Path) -> None:
    path = Path(write(tmp_path, "a.bib", CLEAN))
    before = path.stat()

    main(["check", "--fix", str(path)])

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_encoding_may_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", CLEAN.replace("Things", "凯茜").encode("gbk"))

    assert main(["check", "--encoding", "gbk", path]) == 0
    assert main(["check", "--encoding", "utf-8", path]) == 2
    assert main(["check", "--encoding", "klingon", path]) == 2
    errors = capsys.readouterr().err.splitlines()
    assert "is not in the encoding utf-8" in errors[0]
    assert 'no encoding is called "klingon"' in errors[1]


# --- cite


def test_cite_prints_citations_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", CLEAN + CLEAN.replace("{k,", "{l,").replace("Things", "Zoë 한"))

    assert main(["cite", path, "--style", "kci-mla", "--style", "kci-apa", "--key", "l"]) == 0

    out, err = capsys.readouterr()
    assert [("Zoë 한" in line) for line in out.splitlines()] == [True, True]
    assert err == ""


def test_cite_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["cite", write(tmp_path, "a.bib", CLEAN), "--output", "json"])

    citations = json.loads(capsys.readouterr().out)
    assert [(c["key"], c["style"]) for c in citations] == [
        ("k", "apa"),
        ("k", "modern-language-association"),
        ("k", "chicago-author-date"),
    ]
    assert "Things" in citations[0]["text"]


def test_an_entry_that_prints_nothing_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", "@misc{empty,\n}\n\n" + CLEAN)

    assert main(["cite", path, "--style", "kci-apa"]) == 1

    out, err = capsys.readouterr()
    assert "Things" in out
    assert err == f'bibwright: {path}:1: nothing of the entry "empty" prints in kci-apa\n'


def test_an_unknown_key_is_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", CLEAN)

    assert main(["cite", path, "--key", "k", "--key", "smth"]) == 2
    assert capsys.readouterr() == ("", f'bibwright: {path}: no entry has the key "smth"\n')


def test_an_unknown_style_is_status_2_and_near_ones_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cite", write(tmp_path, "a.bib", CLEAN), "--style", "kci-vancuver"]) == 2
    assert "did you mean kci-vancouver" in capsys.readouterr().err
    assert main(["cite", write(tmp_path, "a.bib", CLEAN), "--style", "none.csl"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_a_style_may_be_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    style = write(
        tmp_path,
        "my.csl",
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>My</title></info>'
        '<citation><layout><text variable="title"/></layout></citation>'
        '<bibliography><layout><text variable="title" prefix="&lt;" suffix="&gt;"/></layout></bibliography></style>',
    )

    assert main(["cite", write(tmp_path, "a.bib", CLEAN), "--style", style]) == 0
    assert capsys.readouterr().out == "<Things>\n"


# --- convert


def test_convert_to_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", write(tmp_path, "a.bib", CLEAN), "--to", "ris"]) == 0

    out, err = capsys.readouterr()
    assert out.startswith("TY  - BOOK\n")
    assert "1 record converted" in err


def test_convert_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.ris", "TY  - BOOK\r\nTI  - 한국\r\nER  - \r\n".encode("utf-16"))
    out = tmp_path / "b.bib"

    assert main(["convert", path, "--to", "biblatex", "-o", str(out)]) == 0
    assert "title = {한국}" in out.read_bytes().decode("utf-8")
    assert out.read_bytes().count(b"\r\n") == out.read_bytes().count(b"\n")


def test_the_source_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.bib", CLEAN)
    (tmp_path / "link.bib").symlink_to("a.bib")

    for out in (path, str(tmp_path / "link.bib")):
        assert main(["convert", path, "--to", "ris", "-o", out]) == 2
    assert Path(path).read_text() == CLEAN
    assert main(["convert", path, "--to", "ris", "-o", str(tmp_path / "no" / "b.ris")]) == 2
    assert main(["convert", str(tmp_path / "none.bib"), "--to", "ris"]) == 2


# --- A real process


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = write(tmp_path, "a.bib", CLEAN.replace("Things", "Zoë 한"))

    done = run("cite", path, "--style", "kci-apa", env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"})

    assert done.returncode == 0
    assert "Zoë 한" in done.stdout.decode("utf-8")


def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    path = write(tmp_path, "a.bib", RANGE.replace("pages", "pages = {1-5}, pages") * 3000)

    done = subprocess.run(
        f'"{sys.executable}" -m bibwright check "{path}" | head -1',
        shell=True,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_is_no_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.bib"
    os.mkfifo(pipe)
    process = subprocess.Popen([sys.executable, "-m", "bibwright", "check", str(pipe)], stderr=subprocess.PIPE)
    # Opening waits until the other side has opened it too: then it is reading.
    with pipe.open("wb"):
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)

    assert process.returncode == 130
    assert errors == b""


def test_what_is_no_file_is_passed_over_in_a_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "refs.bib", CLEAN)
    (tmp_path / ".#refs.bib").symlink_to("somebody@somewhere")  # an editor's lock
    (tmp_path / "gone.bib").symlink_to("nowhere")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.bib")

    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "no findings in 1 file\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_output_that_cannot_be_written_is_status_2(tmp_path: Path) -> None:
    path = write(tmp_path, "refs.bib", CLOSED)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bibwright", "check", path], stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
