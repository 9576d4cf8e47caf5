"""Breaks a sound file in one place, again and again, and lists where biber and bibwright disagree about the pieces.

nice -n 19 python tests/oracles/mutants.py [--count 200] [--seed 1] [--cache DIR]

What the corpus does not hold shows here: a fault that biber rejects and we do not call an error, and the reverse. Biber
takes half a second for each file; its answers are kept, so the same seed costs nothing the next time.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from tests.oracles.corpus import CorpusFile, default_cache  # noqa: E402
from tests.oracles.messages import parse_biber  # noqa: E402
from tests.oracles.ours import find_all, print_failures, watch_failures  # noqa: E402
from tests.oracles.programs import ORACLES, ask, find_verdict  # noqa: E402

#: What mostly goes wrong: what has a meaning, and what looks as if it had.
_SIGNS = '{}",=@#()'
_INSERTED = _SIGNS + "%\\ ~'\n"

SOUND = """\
@string{acm = "ACM Press"}

@article{smith2020,
  author = {Smith, Ann and Jones, Bob},
  title = "On {T}rees",
  journal = acm # { Journal},
  year = 2020,
  pages = {1--9}
}

@book(jones2021,
  author = {Jones, Bob},
  title = {Leaves (and {roots})},
  publisher = acm,
  year = {2021},
  month = jan,
)

@comment{note {x}}

@misc{lee2022, title = {A "q" B}, author = "Lee, C.", year = "2022", note = {a} # "b" # {c},}
@misc{kim2023, title = {K}, author = {Kim, D.}, year = {2023}}
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cache", type=Path, default=default_cache())
    arguments = parser.parse_args()
    failures = watch_failures()
    mutants = make_mutants(arguments.count, arguments.seed)
    rejected = silent = disagreements = 0
    with tempfile.TemporaryDirectory(prefix="bibwright-mutants-") as folder:
        for text in mutants:
            path = Path(folder) / "mutant.bib"
            path.write_text(text, "utf-8")
            file = CorpusFile(path, path.name)
            verdict = find_verdict(ORACLES["biber"], file, arguments.cache)
            verdict = verdict or ask(ORACLES["biber"], file, arguments.cache)
            messages = parse_biber(verdict.messages)
            errors = [one for one in find_all(file) if one.severity == "error"]
            rejects = verdict.status != 0 or any(message.level == "error" for message in messages)
            rejected += rejects
            silent += not rejects and not messages
            if rejects and not errors:
                print(f"- rejected, no error of ours: {_changed(text)}\n    {messages[0].text if messages else ''}")
            elif not rejects and not messages and any(one.code.startswith("S") for one in errors):
                print(f"+ read in silence: {_changed(text)}\n    {errors[0].code} {errors[0].message}")
            else:
                continue
            disagreements += 1
    print(f"{len(mutants)} files: biber rejects {rejected}, reads {silent} in silence; {disagreements} disagreements")
    print_failures(failures)
    return 0


def make_mutants(count: int, seed: int) -> list[str]:
    """So many different texts with one fault each, the same ones for the same seed."""
    generator = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        made[_mutant(generator)] = None
    return list(made)


def _mutant(generator: random.Random) -> str:
    signs = [at for at, sign in enumerate(SOUND) if sign in _SIGNS]
    match generator.choices(("delete", "insert", "exchange", "cut"), (9, 6, 3, 2))[0]:
        case "delete":
            at = generator.choice(signs)
            return SOUND[:at] + SOUND[at + 1 :]
        case "insert":
            at = generator.randrange(len(SOUND))
            return SOUND[:at] + generator.choice(_INSERTED) + SOUND[at:]
        case "exchange":
            at = generator.choice(signs)
            return SOUND[:at] + generator.choice(_SIGNS) + SOUND[at + 1 :]
        case _:
            at = generator.randrange(len(SOUND) - 10)
            return SOUND[:at] + SOUND[at + generator.randrange(1, 9) :]


def _changed(text: str) -> str:
    """The lines that differ from the sound text."""
    old, new = SOUND.splitlines(), text.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return repr("\n".join(new))


if __name__ == "__main__":
    sys.exit(main())
