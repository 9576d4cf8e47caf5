"""Lays the kept verdicts of the oracles beside `bibwright check`, and lists where they disagree.

python tests/oracles/compare.py [--cache DIR] [--corpus DIR] [--only TEXT] [--part syntax|model|others ...]
                                [--output text|json] [--all]

Ask first (`ask.py`); what has not been asked is counted as such. Runs in a few minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT / "server"), str(_ROOT)]

from tests.oracles.corpus import (  # noqa: E402
    VALIDATED,
    CorpusFile,
    corpus_files,
    default_cache,
    default_corpus,
    named,
    validated_files,
)
from tests.oracles.judged import find_judgement  # noqa: E402
from tests.oracles.matching import match_messages  # noqa: E402
from tests.oracles.messages import (  # noqa: E402
    Message,
    parse_bibclean,
    parse_biber,
    parse_bibutils,
    parse_pandoc,
)
from tests.oracles.ours import Found, find_all, is_serious, print_failures, watch_failures  # noqa: E402
from tests.oracles.programs import ORACLES, Verdict, find_verdict  # noqa: E402

#: Shown of each list unless all are asked for.
_SHOWN = 12
_COLUMNS = (
    "agreed",
    "agreed, a hint",
    "other code",
    "only biber",
    "only biber, judged",
    "only ours",
    "only ours, judged",
    "only ours, a hint",
)

Table = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=default_cache())
    parser.add_argument("--corpus", type=Path, default=default_corpus())
    parser.add_argument("--only", default="", help="files whose path contains this text")
    parser.add_argument("--part", action="append", choices=("syntax", "model", "others"))
    parser.add_argument("--validated", type=int, default=VALIDATED, help="files for the data model (%(default)s)")
    parser.add_argument("--output", choices=("text", "json"), default="text")
    parser.add_argument("--all", action="store_true", help="list every disagreement, those that were judged too")
    arguments = parser.parse_args()
    bib = named(corpus_files(arguments.corpus, ".bib"), arguments.only)
    ris = named(corpus_files(arguments.corpus, ".ris"), arguments.only)
    failures = watch_failures()
    parts = arguments.part or ["syntax", "model", "others"]
    result: Table = {}
    if "syntax" in parts:
        result["syntax"] = compare_syntax(bib, arguments.cache)
    if "model" in parts:
        result["model"] = compare_model(validated_files(bib, arguments.validated), arguments.cache)
    if "others" in parts:
        result["others"] = compare_others(bib, ris, arguments.cache)
    if arguments.output == "json":
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        _print(result, None if arguments.all else _SHOWN)
        print_failures(failures)
    return 0


# --- Syntax: biber's reading


def compare_syntax(files: Sequence[CorpusFile], cache: Path) -> Table:
    """Whether a file that biber reads in silence has an error of ours, and one that it rejects has none."""
    counts: Counter[str] = Counter()
    false_alarms, value_errors, missed, uncovered, alone = [], [], [], [], []
    for file in files:
        verdict = find_verdict(ORACLES["biber"], file, cache)
        if verdict is None:
            counts["not asked"] += 1
            continue
        messages = parse_biber(verdict.messages)
        errors = [message for message in messages if message.level == "error"]
        if verdict.status is None:
            counts["no answer in time"] += 1
        elif not file.is_utf8 or any(message.kind == "encoding" for message in messages):
            counts["not in UTF-8"] += 1
        elif verdict.status == 0 and not messages:
            counts["read in silence"] += 1
            ours = [found for found in find_all(file) if found.severity == "error"]
            syntax = [found for found in ours if found.code.startswith("S")]
            others = [found for found in ours if not found.code.startswith("S")]
            if syntax:
                false_alarms.append(_disagreement("biber", file, [], syntax))
            if others:
                value_errors.append(_disagreement("biber", file, [], others))
        elif verdict.status != 0 or errors:
            counts["rejected"] += 1
            ours = [found for found in find_all(file) if found.severity == "error"]
            if not ours:
                missed.append(
                    _disagreement("biber", file, errors or messages, [f for f in find_all(file) if is_serious(f)])
                )
            else:
                far = [message for message in errors if message.line and not _is_near(message.line, ours)]
                if far:
                    uncovered.append(_disagreement("biber", file, far, ours))
        else:
            counts["read with warnings"] += 1
            lines = [message.line for message in messages if message.line]
            ours = [f for f in find_all(file) if f.severity == "error" and f.code.startswith("S")]
            far_ours = [found for found in ours if not any(_is_near(line, [found]) for line in lines)]
            if far_ours:
                alone.append(_disagreement("biber", file, messages, far_ours))
    return {
        "files": len(files),
        "counts": dict(counts),
        "silent for biber, a syntax error for us": false_alarms,
        "silent for biber, another error for us": value_errors,
        "rejected by biber, no error of ours": missed,
        "an error of biber with none of ours near it": uncovered,
        "read with warnings, a syntax error of ours where there is none": alone,
    }


def _is_near(line: int, ours: Iterable[Found]) -> bool:
    # btparse notices where the next thing does not fit, which may be the line after, or the end of the entry.
    return any(found.line - 1 <= line <= max(found.last_line, found.line) + 3 for found in ours)


def _is_about_reading(found: Found) -> bool:
    return found.code[0] in "SXE" and found.code not in ("S120", "S121")


def _touches(found: Found, line: int) -> bool:
    return found.line - 1 <= line <= found.line + 1


def _disagreement(oracle: str, file: CorpusFile, messages: Iterable[Message], ours: Iterable[Found]) -> Table:
    theirs = [f"{message.level}: {message.text}" for message in messages]
    own = [f"{found.line}: {found.code} {found.severity}: {found.message}" for found in ours]
    judged = find_judgement(oracle, file.name, [*theirs, *own])
    return {"file": file.name, "oracle": theirs, "ours": own, "judged": judged}


# --- The data model: biber's validation, message by message


def compare_model(files: Sequence[CorpusFile], cache: Path) -> Table:
    """Which messages of biber we have too, which it alone has and which we alone have, by kind."""
    counts: Counter[str] = Counter()
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[str, list[str]] = defaultdict(list)
    for file in files:
        verdict = find_verdict(ORACLES["biber-model"], file, cache)
        if verdict is None or verdict.status is None:
            counts["not asked" if verdict is None else "no answer in time"] += 1
            continue
        counts["compared"] += 1
        ours = find_all(file, every_rule=True, dialect="biblatex")
        matched = match_messages(parse_biber(verdict.messages), ours)
        for kind, _, found in matched.agreed:
            rows[kind]["agreed, a hint" if found.severity == "hint" else "agreed"] += 1
        for kind, message, found in matched.otherwise:
            rows[kind]["other code"] += 1
            examples[f"{kind}: other code"].append(f"{file.name}: {message.text} | {found.code} {found.message}")
        for kind, message in matched.theirs:
            judged = find_judgement("biber-model", file.name, [f"{message.level}: {message.text}"], kind)
            rows[kind]["only biber, judged" if judged else "only biber"] += 1
            examples[f"{kind}: only biber" + (f" ({judged})" if judged else "")].append(f"{file.name}: {message.text}")
        for kind, found in matched.ours:
            text = f"{found.line}: [{found.key}] {found.code} {found.severity}: {found.message}"
            judged = find_judgement("biber-model", file.name, [text], kind)
            if found.severity == "hint":
                rows[kind]["only ours, a hint"] += 1
                continue
            rows[kind]["only ours, judged" if judged else "only ours"] += 1
            title = f"{kind}: only ours" + (f" ({judged})" if judged else "")
            examples[title].append(f"{file.name}:{text}")
    return {
        "files": len(files),
        "counts": dict(counts),
        "kinds": {kind: dict(row) for kind, row in sorted(rows.items())},
        "examples": dict(sorted(examples.items())),
    }


# --- The others: where they fail a file


def compare_others(bib: Sequence[CorpusFile], ris: Sequence[CorpusFile], cache: Path) -> Table:
    """For every file that a program cannot read, whether we have an error or warning there."""
    parsers: Mapping[str, Callable[[Verdict], list[Message]]] = {
        "bibclean": lambda verdict: parse_bibclean(verdict.messages),
        "pandoc-bibtex": lambda verdict: parse_pandoc(verdict.messages, verdict.status),
        "pandoc-biblatex": lambda verdict: parse_pandoc(verdict.messages, verdict.status),
        "pandoc-ris": lambda verdict: parse_pandoc(verdict.messages, verdict.status),
        "bibutils": lambda verdict: parse_bibutils(verdict.messages, verdict.status, verdict.records),
    }
    serious: dict[str, list[Found]] = {}
    result: Table = {}
    for name, parse in parsers.items():
        counts: Counter[str] = Counter()
        silent, softer = [], []
        kinds: Counter[str] = Counter()
        for file in bib if ORACLES[name].suffix == ".bib" else ris:
            verdict = find_verdict(ORACLES[name], file, cache)
            if verdict is None or verdict.status is None:
                counts["not asked" if verdict is None else "no answer in time"] += 1
                continue
            messages = parse(verdict)
            kinds.update(f"{message.level} {message.kind}" for message in messages)
            fatal = [m for m in messages if m.level == "error" or m.kind in ("outside", "unknown-type")]
            if not fatal:
                counts["read"] += 1
                continue
            if file.digest not in serious:
                serious[file.digest] = find_all(file, every_rule=True)
            # A missing field somewhere is no answer to a file that cannot be read.
            own = [found for found in serious[file.digest] if _is_about_reading(found)]
            ours = [found for found in own if is_serious(found)]
            near = [found for found in own if any(_touches(found, message.line) for message in fatal)]
            if ours:
                counts["failed, and we report"] += 1
            elif near:
                counts["failed, and we say less there"] += 1
                softer.append(_disagreement(name, file, fatal, near))
            else:
                counts["failed, and we are silent"] += 1
                silent.append(_disagreement(name, file, fatal, []))
        table = {"counts": dict(counts), "messages": dict(kinds.most_common())}
        result[name] = {**table, "we say less there": softer, "we are silent": silent}
    return result


# --- Text


def _print(result: Table, shown: int | None) -> None:
    if syntax := result.get("syntax"):
        _heading("Syntax: biber reads the file", syntax)
        for title, disagreements in syntax.items():
            if isinstance(disagreements, list):
                _print_disagreements(title, disagreements, shown)
    if model := result.get("model"):
        _heading("Data model: biber validates", model)
        print(f"  {'':20}" + "".join(f"{column:>20}" for column in _COLUMNS))
        for kind, row in model["kinds"].items():
            print(f"  {kind:20}" + "".join(f"{row.get(column, 0):20}" for column in _COLUMNS))
        for title, lines in model["examples"].items():
            print(f"\n  {title} ({len(lines)})")
            for line in lines[:shown]:
                print(f"    {line[:300]}")
    for name, table in result.get("others", {}).items():
        print(f"\n== {name}: {table['counts']}\n   {table['messages']}")
        for title in ("we say less there", "we are silent"):
            _print_disagreements(title, table[title], shown)


def _heading(title: str, table: Table) -> None:
    counts = ", ".join(f"{count} {name}" for name, count in table["counts"].items())
    print(f"\n== {title}: {table['files']} files ({counts})")


def _print_disagreements(title: str, disagreements: Sequence[Table], shown: int | None) -> None:
    judged = sum(bool(one["judged"]) for one in disagreements)
    print(f"\n  {title}: {len(disagreements)}, judged: {judged}")
    for one in sorted(disagreements, key=lambda one: bool(one["judged"])):
        if one["judged"] and shown is not None:
            continue
        print(f"    {one['file']}")
        for text in one["oracle"][: shown and 4]:
            print(f"      - {text[:240]}")
        for text in one["ours"][: shown and 4]:
            print(f"      + {text[:240]}")
        if one["judged"]:
            print(f"      = {one['judged']}")


if __name__ == "__main__":
    sys.exit(main())
