"""The extension in a real VS Code, with a real browser before it.

What a person sees (squiggles, the Problems panel, hovers, menus, new documents) is driven through the window;
what can be asked without it, a probe extension asks in the extension host. Screenshots go to `build/e2e/`.
"""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "clients" / "vscode"
BUILD = ROOT / "build" / "e2e"
SEED = Path(os.environ.get("BIBWRIGHT_SHARED", ROOT.parent / "shared")) / "seed" / "kci-export.txt"

HOW_TO_INSTALL = "npm --prefix clients/vscode run e2e -- --prepare (or bash .ci/prepare) installs them"

# A window without greetings, questions and anything that asks the network.
USER_SETTINGS: dict[str, object] = {
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": False,
    "workbench.enableExperiments": False,
    "workbench.reduceMotion": "on",
    "workbench.colorTheme": "Default Light Modern",
    "security.workspace.trust.enabled": False,
    "telemetry.telemetryLevel": "off",
    "extensions.autoUpdate": False,
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "update.mode": "none",
    "editor.minimap.enabled": False,
    "editor.hover.delay": 100,
    "git.enabled": False,
    "files.autoSave": "off",
    "files.simpleDialog.enable": True,
}

#: Those that `expectations` works out.
KCI_STYLES: dict[str, object] = {"bibwright.styles": ["kci-apa", "kci-vancouver", "kci-chicago"]}

#: Unused: a macro. Wrong: three page ranges and a comma that is not there. The macro `tug` stands in another file.
RULES_BIB = """\
@string{leftover = {Never used}}

@article{lee2020,
  author  = {Lee, Ada},
  title   = {A study of things: the beginning},
  journal = tug,
  year    = {2020},
  volume  = {41},
  pages   = {1-9},
}

@article{kim2021,
  author  = {Kim, Bora},
  title   = {A study of other things},
  journal = tug,
  year    = {2021},
  volume  = {42},
  pages   = {10-19},
}

@article{roy2022,
  author  = {Roy, Cleo},
  title   = {The end of things}
  journal = tug,
  year    = {2022},
  volume  = {43},
  pages   = {20-29},
}
"""

CONVERTED_BIB = """\
% Imaginary things
@string{jip = {Imaginary Physics}}

@article{lee2020,
  author  = "Lee, Ada",
  title   = {A study of {DNA}},
  journal = jip # { B},
  year    = 2020,
}

@phdthesis{roe2021,
  author = {Roe, Cleo},
  title  = {The end of things},
  school = {U},
  year   = {2021},
  type   = {Dissertation},
}
"""
AS_BIBLATEX = """\
% Imaginary things
@string{jip = {Imaginary Physics}}

@article{lee2020,
  author  = "Lee, Ada",
  title   = {A study of {DNA}},
  journaltitle = jip # { B},
  date    = 2020,
}

@thesis{roe2021,
  author = {Roe, Cleo},
  title  = {The end of things},
  institution = {U},
  date   = {2021},
  type   = {Dissertation},
}
"""
#: BibTeX cannot say all of the first date, and CSL has no place for what stands before the record.
LOSSY_BIB = """\
@article{lee2020, author = {Lee, Ada}, title = {T}, journaltitle = {J}, date = {2020-01/2021-02}}
@article{kim2019, author = {Kim, Bora}, title = {U}, journaltitle = {J}, date = {2019}}
"""
LOSSY_RIS = "From the library\n\nTY  - JOUR\nID  - lee2020\nAU  - Lee, Ada\nTI  - On Things\nPY  - 2020\nER  - \n"

#: Two works that read alike in the text, one with a comma that is not there, and one whose author stands behind theirs.
CITED_BIB = """\
@article{roe,
  author  = {Roe, Ann},
  title   = {Zeta and $x^2$},
  journal = {Journal of Tests},
  year    = {2001},
  doi     = {10.1000/zeta},
}

@article{doe1,
  author  = {Doe, Bo},
  title   = {Beta},
  journal = {Journal of Tests},
  year    = {2000},
}
@article{doe2,
  author  = {Doe, Bo},
  title   = {Alpha}
  journal = {Journal of Tests},
  year    = {2000},
}
"""

Window = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="session")
def parts() -> dict[str, Any]:
    """Where code-server and the browser are; skips the test where something is missing."""
    if shutil.which("node") is None:
        return unavailable("Node.js 20")
    found: dict[str, Any] = json.loads(run(["node", EXTENSION / "scripts" / "parts.mjs"]))
    return unavailable(", ".join(found["missing"])) if found["missing"] else found


def unavailable(missing: str) -> dict[str, Any]:
    message = f"the end-to-end tests lack {missing}: {HOW_TO_INSTALL}"
    if os.environ.get("BIBWRIGHT_REQUIRE_E2E") == "1":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def vsix(parts: dict[str, Any]) -> Path:
    """The extension as it would be published, packaged from the sources as they are now."""
    if given := os.environ.get("BIBWRIGHT_VSIX"):
        return Path(given)
    BUILD.mkdir(parents=True, exist_ok=True)
    target = BUILD / "bibwright.vsix"
    # Two runs at once would bundle the server into the same folder.
    with (BUILD / "package.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run(["node", EXTENSION / "scripts" / "package.mjs", "--out", target])
    return target


@pytest.fixture(scope="session")
def probe_vsix(parts: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("probe") / "probe.vsix"
    vsce = EXTENSION / "node_modules" / ".bin" / "vsce"
    quiet = ["--no-dependencies", "--skip-license", "--allow-missing-repository"]
    run([vsce, "package", *quiet, "--out", target], cwd=EXTENSION / "test" / "probe")
    return target


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with one article as the portal exports it, in both formats."""
    folder = tmp_path / "my bibliography"
    folder.mkdir()
    if SEED.exists():
        lines = SEED.read_text("utf-8").splitlines(keepends=True)
        bib, ris = "".join(lines[:9]), "".join(lines[9:27])
    else:
        bib = (ROOT / "examples" / "kci.bib").read_text("utf-8")
        ris = (ROOT / "examples" / "kci.ris").read_text("utf-8")
    (folder / "seed.bib").write_text(bib, "utf-8")
    (folder / "seed.ris").write_text(ris, "utf-8")
    return folder


@pytest.fixture
def window(parts: dict[str, Any], vsix: Path, tmp_path: Path) -> Window:
    """Starts a VS Code of its own on a folder, with a profile and a home that are thrown away."""

    @contextmanager
    def serve(
        folder: Path,
        *,
        settings: dict[str, object] | None = None,
        search_path: str | None = None,
        also_install: tuple[Path, ...] = (),
    ) -> Iterator[str]:
        profile = tmp_path / "profile"
        user = profile / "data" / "User"
        user.mkdir(parents=True)
        (user / "settings.json").write_text(json.dumps(USER_SETTINGS | (settings or {})), "utf-8")
        environment = environment_of(tmp_path / "home", search_path or python_path())
        base = [
            "node",
            parts["codeServer"],
            "--user-data-dir",
            profile / "data",
            "--extensions-dir",
            profile / "ext",
        ]
        for extension in (vsix, *also_install):
            run([*base, "--install-extension", extension], env=environment)
        port = free_port()
        base += ["--bind-addr", f"127.0.0.1:{port}", "--auth", "none", "--config", profile / "config.yaml"]
        base += ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"]
        with (tmp_path / "code-server.log").open("w") as log:
            process = subprocess.Popen(
                [*base, folder],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                wait_until_ready(process, port)
                yield f"http://127.0.0.1:{port}/?folder={urllib.request.pathname2url(str(folder))}"
            except BaseException:
                for written in (profile / "data" / "logs").glob("**/bibwright.log"):
                    print(written.read_text("utf-8"))
                raise
            finally:
                # The whole group: it has children that outlive it.
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(timeout=30)

    return serve


def test_a_bib_file_is_checked_cited_mended_and_converted(
    parts: dict[str, Any], window: Window, workspace: Path
) -> None:
    with window(workspace, settings=KCI_STYLES) as url:
        drive(parts, "bib", url=url, workspace=workspace, expected=expectations(workspace))


def test_a_ris_file_is_checked_mended_cited_and_converted(
    parts: dict[str, Any], window: Window, workspace: Path
) -> None:
    with window(workspace, settings=KCI_STYLES) as url:
        drive(parts, "ris", url=url, workspace=workspace, expected=expectations(workspace))


def test_rules_are_explained_ignored_and_fixed(parts: dict[str, Any], window: Window, tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "refs.bib").write_text(RULES_BIB, "utf-8")
    (folder / "strings.bib").write_text("@string{tug = {TUGboat}}\n", "utf-8")
    (folder / "more.bib").write_text("@misc{sol2023,\n  pages = {30-39},\n}\n", "utf-8")
    settings: dict[str, object] = {
        "bibwright.ignore": ["T611"],
        "bibwright.severity": {"V408": "warning"},
        "editor.codeActionsOnSave": {"source.fixAll.bibwright": "explicit"},
    }
    with window(folder, settings=settings) as url:
        drive(parts, "rules", url=url, workspace=folder, expected={})


def test_a_file_is_converted_in_place_and_losses_are_told_before(
    parts: dict[str, Any], window: Window, tmp_path: Path
) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    for name, text in (("refs.bib", CONVERTED_BIB), ("lossy.bib", LOSSY_BIB), ("refs.ris", LOSSY_RIS)):
        (folder / name).write_text(text, "utf-8")
    with window(folder) as url:
        drive(parts, "convert", url=url, workspace=folder, expected={"biblatex": AS_BIBLATEX})


def test_citations_are_shown_previewed_and_written(parts: dict[str, Any], window: Window, tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "refs.bib").write_text(CITED_BIB, "utf-8")
    hover = ["APA Style 7th edition", "MLA", "Chicago", "(Roe, 2001)", "(Roe 2001)", "Roe, A. (2001). Zeta"]
    with window(folder) as url:
        drive(parts, "citations", url=url, workspace=folder, expected={"hover": hover})


def test_the_extension_host_gets_what_it_asks_for(
    parts: dict[str, Any], window: Window, workspace: Path, probe_vsix: Path
) -> None:
    shutil.copyfile(workspace / "seed.ris", workspace / "second.ris")
    with window(workspace, also_install=(probe_vsix,)) as url:
        drive(parts, "report", url=url, workspace=workspace, expected={})

    report = json.loads((workspace / "probe-read.json").read_text("utf-8"))

    assert len(report["results"]) >= 13
    failures = [each for each in report["results"] if each["problem"]]
    assert not failures


def test_no_python_gives_one_message(parts: dict[str, Any], window: Window, workspace: Path) -> None:
    with window(workspace, search_path="/var/empty") as url:
        drive(parts, "no-python", url=url, workspace=workspace, expected={"also": "none was found"})


def test_an_old_python_gives_one_message_that_names_it(
    parts: dict[str, Any], window: Window, workspace: Path, tmp_path: Path
) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\necho 3.9\n")
    old.chmod(0o755)
    expected = {"also": r"python3\.9, which is Python 3\.9"}
    with window(workspace, settings={"bibwright.interpreter": [str(old)]}) as url:
        drive(parts, "no-python", url=url, workspace=workspace, expected=expected, prefix="old-python")


def test_the_package_is_for_every_platform_and_keeps_the_licences(vsix: Path) -> None:
    names = zipfile.ZipFile(vsix).namelist()

    assert "extension/bundled/launch.py" in names
    assert "extension/bundled/libs/bibwright/__main__.py" in names
    assert any(re.search(r"/libs/pygls-[^/]*\.dist-info/METADATA$", name) for name in names)
    assert not [name for name in names if re.search(r"\.(so|pyd|pyc|dll)$|/direct_url\.json$|node_modules", name)]


def test_the_grammar_colours_both_forms_of_ris(parts: dict[str, Any]) -> None:
    run(["npm", "run", "--silent", "test:grammar"], cwd=EXTENSION)


def expectations(workspace: Path) -> dict[str, object]:
    """What the window must show of the article in the workspace."""
    bib = (workspace / "seed.bib").read_text("utf-8")
    fields = dict(line.rstrip(",\n").split("=", 1) for line in bib.splitlines()[1:])
    value = {name: text.strip("{}") for name, text in fields.items()}
    author, year, number, pages = (value[name] for name in ("author", "year", "number", "pages"))
    title, journal, doi = (value[name] for name in ("title", "journal", "doi"))
    return {
        "citations": [
            f"{author}. ({year}). {title}. {journal}, {number}, {pages}.",
            f"{author}. {title}. {year}; {number} : {pages}. Available from: doi:{doi}",
            f'{author}. "{title}" {journal} no.{number}({year}) : {pages}.doi: {doi}',
        ],
        "labels": ["apa", "vancouver", "chicago"],
        "braceColumn": bib.index("}") + 1,
        "doi": doi,
    }


def drive(parts: dict[str, Any], scenario: str, **given: object) -> None:
    """Plays a scenario in a browser; a failure brings its output and a screenshot."""
    shots = BUILD / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    script = EXTENSION / "test" / "e2e" / "drive.mjs"
    given |= {"browser": parts["browser"], "shots": shots}
    print(run(["node", script, scenario], input=json.dumps(given, default=str)))


def run(command: list[str | Path], **options: Any) -> str:
    if "input" not in options:
        options["stdin"] = subprocess.DEVNULL
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, **options)
    if done.returncode != 0:
        pytest.fail(f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return str(done.stdout)


def environment_of(home: Path, search_path: str) -> dict[str, str]:
    """VS Code takes the PATH of a login shell, so the shell's own files in an own home must set it."""
    home.mkdir()
    for name in (".profile", ".bash_profile", ".bashrc"):
        (home / name).write_text(f'export PATH="{search_path}"\n')
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "TMPDIR")}
    return kept | {"HOME": str(home), "SHELL": "/bin/bash"}


def python_path() -> str:
    """The PATH, with the plain interpreter first: one that has no bibwright installed."""
    return os.pathsep.join([str(Path(sys.base_prefix) / "bin"), os.environ.get("PATH", "")])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("code-server did not start")
