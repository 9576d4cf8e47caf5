"""Which files `check` takes, how it goes through them, and what it makes of them."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bibwright.cli import checked, jobs
from bibwright.cli.main import main

CLEAN = """\
@article{lang2001,
  author = {Lang, Anna},
  title = {Trees and Their Growth},
  journal = {Journal of Forests},
  volume = {12},
  pages = {101--115},
  year = {2001}
}
"""
#: V408, a hint with a safe fix.
RANGE = CLEAN.replace("--", "-")
#: T611, a hint with an unsafe fix.
BLANK = CLEAN.replace("Trees and", "Trees : ")
#: S101, an error with a safe fix, which needs the brace at the end.
CLOSED = CLEAN.replace("2001,", "2001},")[:-2]
CONFIGURATION = 'select = ["S101", "T611", "V401", "V408", "X701"]\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    put("bibwright.toml", CONFIGURATION)
    return tmp_path


def put(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bibwright", "check", *arguments]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


# --- Which files


def test_ignore_files_count_unless_a_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    put(".git/HEAD", "")
    put(".gitignore", "out/\n")
    put("out/a.bib", RANGE)
    put("b.bib", RANGE)

    def checked_files(*arguments: str) -> list[str]:
        main(["check", "--output", "concise", *arguments])
        return [line.split(":")[0] for line in capsys.readouterr().out.splitlines()[:-1]]

    assert checked_files(".") == ["./b.bib"]
    assert checked_files(".", "--no-ignore") == ["./b.bib", "./out/a.bib"]
    assert checked_files("out/a.bib", "b.bib") == ["out/a.bib", "b.bib"]
    assert checked_files("out/a.bib", "b.bib", "--force-exclude") == ["b.bib"]
    assert checked_files(".", "--no-ignore", "--exclude", "*b.bib") == ["./out/a.bib"]


def test_nothing_to_check_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib", RANGE)

    assert main(["check", "--exclude", "*.bib", "--force-exclude", "a.bib"]) == 0
    assert capsys.readouterr().out == "no .bib or .ris files in a.bib\n"
    assert main(["check", "--exclude", "*.bib", "--output", "json", "."]) == 0
    assert capsys.readouterr() == ("[]\n", "no .bib or .ris files in .\n")


# --- Severities and the exit status


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 1), (["--fail-on", "error"], 1), (["--exit-zero"], 0), (["--min-severity", "error"], 1)],
)
def test_status_with_an_error(arguments: list[str], status: int) -> None:
    put("a.bib", CLOSED)

    assert main(["check", *arguments, "a.bib"]) == status


@pytest.mark.parametrize(
    ("arguments", "status"),
    [([], 0), (["--fail-on", "information"], 0), (["--fail-on", "hint"], 1), (["--fail-on", "hint", "--exit-zero"], 0)],
)
def test_status_with_a_hint(arguments: list[str], status: int) -> None:
    put("a.bib", RANGE)

    assert main(["check", *arguments, "a.bib"]) == status


def test_exit_zero_does_not_hide_what_could_not_be_done() -> None:
    assert main(["check", "--exit-zero", "none.bib"]) == 2


def test_what_is_not_shown_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib", CLOSED.replace("--", "-"))

    assert main(["check", "--output", "concise", "--min-severity", "warning", "a.bib"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[2] for line in lines[:-1]] == ["S101"]
    assert lines[-1] == "1 finding in 1 file: 1 error (1 not shown)"


# --- Diffs


def test_diff_shows_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib", RANGE)
    put("b.bib", CLEAN)
    put("c.bib", BLANK)

    assert main(["check", "--diff", "."]) == 1
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if line[0] in "+-"] == [
        "--- a.bib",
        "+++ a.bib",
        "-  pages = {101-115},",
        "+  pages = {101--115},",
    ]
    assert err == "1 finding in 1 file would be fixed\n"
    assert Path("a.bib").read_text(encoding="utf-8") == RANGE


def test_diff_may_show_unsafe_fixes(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.bib", BLANK)

    assert main(["check", "--diff", "a.bib"]) == 0
    assert capsys.readouterr() == ("", "0 findings in 0 files would be fixed\n")
    assert main(["check", "--diff", "--unsafe-fixes", "a.bib"]) == 1
    assert main(["check", "--diff", "--unsafe-fixes", "--exit-zero", "a.bib"]) == 0


def test_diff_says_what_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--diff", "none.bib"]) == 2


# --- Standard input


def from_stdin(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_a_text_may_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from_stdin(monkeypatch, CLOSED)
    assert main(["check", "--output", "concise", "-"]) == 1
    assert capsys.readouterr().out.startswith("-:1:18: error S101 ")

    from_stdin(monkeypatch, "no entry")
    assert main(["check", "-"]) == 2
    assert capsys.readouterr().err == "bibwright: -: is neither BibTeX nor RIS\n"

    from_stdin(monkeypatch, "TY  - JOUR\nVL  - null\nER  - \n")
    assert main(["check", "--output", "concise", "--stdin-filename", "sub/x.ris"]) == 1
    assert "sub/x.ris:2:7: warning V401 " in capsys.readouterr().out


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp949"])
def test_a_fixed_text_goes_to_standard_output(codec: str) -> None:
    text = CLOSED.replace("Trees", "한국전쟁과 중국군의 참전").replace("\n", "\r\n")
    process = start("--fix", "--stdin-filename", "a.bib", "-", stdin=subprocess.PIPE)
    out, err = process.communicate(text.encode(codec), timeout=60)

    assert out.decode(codec) == text.replace("2001},", "2001,", 1) + "}\r\n"
    assert err.decode().splitlines()[0] == "a.bib: fixed 1 finding: S101"


def test_a_text_that_cannot_be_checked_is_passed_on() -> None:
    process = start("--fix", "-", stdin=subprocess.PIPE)
    out, err = process.communicate(b"\x89PNG\0\0", timeout=60)

    assert (process.returncode, out) == (2, b"\x89PNG\0\0")
    assert err == b"bibwright: -: is not a text file\n"


def test_a_text_that_is_excluded_is_passed_on() -> None:
    put(".bibwrightignore", "out/")
    process = start("--fix", "--force-exclude", "--stdin-filename", "out/a.bib", "-", stdin=subprocess.PIPE)

    assert process.communicate(RANGE.encode(), timeout=60) == (RANGE.encode(), b"")
    assert process.returncode == 0


def test_standard_input_may_be_shown_as_a_diff(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from_stdin(monkeypatch, RANGE)

    assert main(["check", "--diff", "--stdin-filename", "a.bib", "-"]) == 1
    assert capsys.readouterr().out.startswith("--- a.bib\n+++ a.bib\n@@ ")


def without(*streams: int) -> subprocess.CompletedProcess[bytes]:
    """`check --fix -` in a shell that closes some of the standard streams."""
    closed = " ".join(f"{stream}>&-" if stream else "<&-" for stream in streams)
    command = f'exec "$0" -m bibwright check --fix --output concise - {closed}'
    return subprocess.run(["sh", "-c", command, sys.executable], input=RANGE.encode(), capture_output=True, timeout=60)


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
def test_closed_streams_are_empty_and_take_everything() -> None:
    nothing_read = b"bibwright: -: is neither BibTeX nor RIS\n"

    assert (without(0).returncode, without(0).stderr) == (2, nothing_read)
    assert (without(1).returncode, without(1).stderr.splitlines()[0]) == (0, b"-: fixed 1 finding: V408")
    assert (without(2).returncode, without(2).stdout.decode()) == (0, CLEAN)
    assert (without(0, 1, 2).returncode, without(0, 1, 2).stdout, without(0, 1, 2).stderr) == (2, b"", b"")


class _Unreadable(io.RawIOBase):
    def readable(self) -> bool:
        return True

    def readall(self) -> bytes:
        raise OSError(errno.EIO, "Input/output error")


def test_standard_input_that_cannot_be_read_is_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(_Unreadable())))

    assert main(["check", "--fix", "-"]) == 2
    assert capsys.readouterr() == ("", "bibwright: standard input: Input/output error\n")


# --- Wrong use


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-", "a.bib"], "- stands for standard input"),
        (["--stdin-filename", "b.bib", "a.bib"], "--stdin-filename goes with -"),
        (["--diff", "--output", "json", "a.bib"], "--diff prints diffs"),
        (["--statistics", "--output", "sarif", "a.bib"], "--statistics cannot be printed as sarif"),
        (["--jobs", "-1", "a.bib"], '"-1" is not a whole number from 0 on'),
        (["--unsafe-fixes", "a.bib"], "--unsafe-fixes needs --fix or --diff"),
        (["--select", "", "a.bib"], "--select names no rule"),
    ],
)
def test_contradictions_are_told(arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments])

    assert ended.value.code == 2
    assert complaint in capsys.readouterr().err


# --- Several processes


def many_files() -> None:
    for number in range(30):
        text = [CLEAN, RANGE, CLOSED, BLANK][number % 4].replace("lang", f"lang{number}x")
        put(f"{number % 3}/{number}.bib", text)
    put("0/noise.bib", b"\x89PNG\0\0")


@pytest.mark.parametrize("output", ["text", "json", "sarif", "github", "junit"])
def test_several_processes_print_what_one_does(output: str, capsys: pytest.CaptureFixture[str]) -> None:
    many_files()

    def printed(number: str) -> tuple[int, str, str]:
        status = main(["check", "--output", output, "--jobs", number, "."])
        return status, *capsys.readouterr()

    assert printed("3") == printed("1")


def test_several_processes_fix_what_one_does(capsys: pytest.CaptureFixture[str]) -> None:
    many_files()

    assert main(["check", "--fix", "--jobs", "2", "."]) == 2
    assert capsys.readouterr().out.count(": fixed ") == 15
    assert main(["check", "--diff", "--jobs", "0", "0", "1", "2"]) == 2
    assert capsys.readouterr().out == ""


def test_small_files_are_checked_in_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_in_processes", lambda *_: pytest.fail("started processes"))
    many_files()

    assert main(["check", "."]) == 2
    assert main(["check", "--jobs", "0", "1/1.bib"]) == 0


def test_many_large_files_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "count_cores", lambda: 4)
    put("a.bib", " " * 1_500_000)
    put("b.bib", " " * 1_500_000)
    used: list[int] = []
    monkeypatch.setattr(jobs, "_in_processes", lambda paths, how, number, *_: used.append(number) or iter(()))

    main(["check", "."])

    assert used == [2]


def test_a_fault_of_ours_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.bib", RANGE)
    put("b.bib", RANGE)
    real = checked.open_file

    def fail(path: str, *rest: object) -> object:
        if path == "a.bib":
            raise RuntimeError("so it goes")
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(checked, "open_file", fail)

    assert main(["check", "--output", "concise", "a.bib", "b.bib"]) == 2
    out, err = capsys.readouterr()
    assert "b.bib:6:15: hint V408" in out
    assert err.startswith("bibwright: a.bib: internal error: RuntimeError: so it goes (test_check_files.py:")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_is_killed_is_one_line() -> None:
    script = (
        "import os, sys\n"
        "from bibwright.cli import checked, main\n"
        "real = checked.open_file\n"
        "checked.open_file = lambda path, *rest: os._exit(9) if 'b.bib' in path else real(path, *rest)\n"
        "sys.exit(main.main(['check', '--output', 'json', '--jobs', '2', 'a.bib', 'b.bib', 'c.bib']))\n"
    )
    for name in "abc":
        put(f"{name}.bib", RANGE)

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 2
    assert done.stdout.rstrip().endswith("]")
    assert done.stderr == "bibwright: b.bib: the process that checked it ended unexpectedly\n"
    assert {finding["path"] for finding in json.loads(done.stdout)} == {"a.bib", "c.bib"}


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("seconds", [0.0, 0.2, 1.0])
def test_ctrl_c_ends_all_processes_in_silence(seconds: float) -> None:
    put("0.bib", RANGE)
    for number in range(1, 8):
        put(f"{number}.bib", RANGE * 6_000)
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = start("--jobs", "2", "--output", "concise", ".", start_new_session=True, env=unbuffered)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"./0.bib:")
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)

    assert (process.returncode, errors) == (130, b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


# --- The progress bar


@pytest.mark.skipif(sys.platform == "win32", reason="terminals")
@pytest.mark.parametrize(("environment", "shown"), [({}, True), ({"CI": "true"}, False), ({"TERM": "dumb"}, False)])
def test_a_bar_shows_progress_in_a_terminal(environment: dict[str, str], shown: bool) -> None:
    import pty
    import termios

    many_files()
    script = (
        "import sys\n"
        "from bibwright.cli import progress, main\n"
        "progress._DELAY = 0\n"
        "sys.exit(main.main(['check', '--output', 'json', '.']))\n"
    )
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**kept, "TERM": "xterm", **environment},
        timeout=60,
        check=False,
    )
    os.close(theirs)
    written = os.read(ours, 100_000).decode()
    os.close(ours)

    assert done.returncode == 2
    assert ("checking" in written) is shown
