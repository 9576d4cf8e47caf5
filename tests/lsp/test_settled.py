"""Whatever happens in a session, in whatever order: once it is quiet, it has found what a fresh server finds."""

from __future__ import annotations

import random
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.support.lsp_client import CAPABILITIES, PUSH_CAPABILITIES, Client, Json

PIECES = (
    "@string{tug = {TUGboat}}\n",
    "@string{sib = tug # { II}}\n",
    "@misc{k, note = tug, title = {A & B}}\n",
    "@misc{k, note = sib}\n",
    "@book{parent, title = {T}, doi = {10.1000/182}, date = {2020}}\n",
    "@inbook{child, crossref = {parent}, pages = {1-2},}\n",
    "@inbook{child, crossref = {k}, title = {C} year = 2020}\n",
    "% bibwright: ignore[V408]\n@misc{l, pages = {3-4}, doi = {10.1000/182}}\n",
    "% bibwright: ignore-file[X701, T611]\n",
    "@misc{open, title = {no end\n",
    "}\n",
    "\n",
    "TY  - JOUR\nID  - k\nDO  - 10.1000/182\nPY  - 2020\nER  - \n",
    "TY - JOUR\nTI - A\nSP - 1-2\nER -\n",
)
TOMLS = (
    "",
    'ignore = ["V408", "S"]\n',
    'dialect = "biblatex"\nextend-select = ["ALL"]\n',
    'macro-files = ["../outside.bib"]\n',
    'exclude = ["b.bib"]\n',
    "not toml",
)
TEXS = (
    "\\bibliography{a,b}\n",
    "\\usepackage{biblatex}\\addbibresource{a.bib}\\addbibresource{sub/c.bib}\n",
    "\\bibliographystyle{plain}\\bibliography{b}\n",
    "",
)
BIBS = ("a.bib", "b.bib", "sub/c.bib", "d.ris")
SETTINGS: tuple[Json, ...] = (
    {},
    {"ignore": ["T611"]},
    {"dialect": "bibtex", "severity": {"V408": "error"}},
    {"macroFiles": ["../outside.bib"]},
)


class Session:
    """A session in which random things happen, and what the files and documents are like by then."""

    def __init__(self, folder: Path, seed: int, capabilities: Json) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.capabilities = capabilities
        self.settings: Json = {}
        self.client = self._new_client()
        self.open: dict[str, str] = {}
        self.log: list[str] = []

    def _new_client(self) -> Client:
        client = Client(self.capabilities, folder=self.folder)
        client.answers["workspace/configuration"] = lambda params: [self.settings for _ in params["items"]]
        client.notify("workspace/didChangeConfiguration", {"settings": {"bibwright": self.settings}})
        return client

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def happen(self) -> None:
        """One thing that an editor tells a server of."""
        kind, names = self.random, list(BIBS)
        action = kind.choices(
            (
                self.edit,
                self.open_one,
                self.close_one,
                self.save,
                self.touch,
                self.configure,
                self.rename,
                self.type_away,
            ),
            (10, 3, 2, 2, 4, 3, 1, 4),
        )[0]
        action(kind.choice(names))

    def text(self) -> str:
        return "".join(self.random.choices(PIECES, k=self.random.randrange(6)))

    def open_one(self, name: str) -> None:
        if name not in self.open:
            path = self.folder / name
            self.open[name] = path.read_text() if path.exists() else self.text()
            self.log.append(f"open {name}")
            self.client.open(self.uri(name), self.open[name], "ris" if name.endswith(".ris") else "bibtex")

    def close_one(self, name: str) -> None:
        if self.open.pop(name, None) is not None:
            self.log.append(f"close {name}")
            self.client.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})

    def edit(self, name: str) -> None:
        if name not in self.open:
            self.open_one(name)
            return
        lines = self.open[name].splitlines(keepends=True)
        first = self.random.randrange(len(lines) + 1)
        last = min(len(lines), first + self.random.randrange(3))
        self.log.append(f"edit {name} {first}-{last}")
        self._change(name, (first, 0), (last, 0), self.text(), "".join(lines[:first]), "".join(lines[last:]))

    def type_away(self, name: str) -> None:
        """One letter more or less, in the middle of a line."""
        if not self.open.get(name):
            return
        lines = self.open[name].splitlines(keepends=True)
        at = self.random.randrange(len(lines))
        column = self.random.randrange(len(lines[at]))
        end = column + self.random.randrange(2) if column + 1 < len(lines[at]) else column
        before, behind = "".join(lines[:at]) + lines[at][:column], lines[at][end:] + "".join(lines[at + 1 :])
        self.log.append(f"type {name} {at}:{column}")
        self._change(name, (at, column), (at, end), self.random.choice(("", "{", "}", "k", "@", ",")), before, behind)

    def _change(
        self, name: str, start: tuple[int, int], end: tuple[int, int], new: str, before: str, behind: str
    ) -> None:
        self.open[name] = before + new + behind
        self.client.change(self.uri(name), start, end, new)

    def save(self, name: str) -> None:
        if name in self.open:
            self._write(name, self.open[name])
            self.client.notify("textDocument/didSave", {"textDocument": {"uri": self.uri(name)}})

    def touch(self, name: str) -> None:
        """Another program makes, changes or deletes a file."""
        if self.random.random() < 0.3 and (self.folder / name).exists():
            self._write(name, None)
        else:
            self._write(name, self.text())

    def configure(self, _: str) -> None:
        what = self.random.randrange(3)
        if what == 0:
            self._write("bibwright.toml", self.random.choice(TOMLS))
        elif what == 1:
            self._write(self.random.choice(("main.tex", "sub/main.tex")), self.random.choice(TEXS))
        else:
            self.settings = self.random.choice(SETTINGS)
            self.log.append(f"settings {self.settings}")
            params = {"settings": {"bibwright": self.settings}}
            self.client.notify("workspace/didChangeConfiguration", params)

    def rename(self, name: str) -> None:
        """As editors do: the open document is closed, the file moved, and another one opened."""
        other = self.random.choice([one for one in BIBS if one != name and one[-4:] == name[-4:]] or [name])
        if other == name or not (self.folder / name).exists() or other in self.open:
            return
        was_open = name in self.open
        self.close_one(name)
        text = (self.folder / name).read_text()
        self._write(name, None)
        self._write(other, text)
        if was_open:
            self.open_one(other)

    def _write(self, name: str, text: str | None) -> None:
        path = self.folder / name
        existed = path.exists()
        self.log.append(f"{'delete' if text is None else 'write'} {name}")
        if text is None:
            path.unlink()
        else:
            path.write_text(text)
        change = {"uri": path.as_uri(), "type": 3 if text is None else 2 if existed else 1}
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})

    def found(self, client: Client) -> dict[str, list[Json]]:
        """What a server has found in the open documents, by now."""
        if "diagnostic" in self.capabilities["textDocument"]:
            return {name: client.diagnostics(self.uri(name)) for name in self.open}
        client.request("textDocument/hover", {"textDocument": {"uri": "x:"}, "position": {"line": 0, "character": 0}})
        last = {}
        for message in client.received:
            if message["method"] == "textDocument/publishDiagnostics":
                last[message["params"]["uri"]] = message["params"]["diagnostics"]
        return {name: last.get(self.uri(name), []) for name in self.open}

    def compare(self) -> None:
        """The session finds, in the end, what a server finds that has only just been told of the same files."""
        with self._new_client() as fresh:
            for name, text in self.open.items():
                fresh.open(self.uri(name), text, "ris" if name.endswith(".ris") else "bibtex")
            end = monotonic() + 60
            sleep(0.3)
            while (ours := self.found(self.client)) != (theirs := self.found(fresh)):
                if monotonic() > end:
                    for name in self.open:
                        assert ours[name] == theirs[name], (name, self.open[name], self.log)
                sleep(0.05)
            assert fresh.stderr == self.client.stderr == b""


@pytest.mark.parametrize(
    ("seed", "capabilities"), [(0, CAPABILITIES), (1, CAPABILITIES), (2, PUSH_CAPABILITIES)], ids=["0", "1", "2-push"]
)
def test_what_is_found_in_the_end_does_not_depend_on_the_way(tmp_path: Path, seed: int, capabilities: Json) -> None:
    folder = tmp_path / "refs"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "outside.bib").write_text("@string{tug = {From outside}}\n")
    for name in BIBS[:2]:
        (folder / name).write_text("".join(PIECES[:6]))
    session = Session(folder, seed, capabilities)
    with session.client:
        for _ in range(2):
            for _ in range(25):
                session.happen()
            session.compare()
