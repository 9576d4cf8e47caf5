"""SARIF 2.1.0, which GitHub's code scanning and many other programs read.

Lines and columns count from 1, columns in UTF-16 units. Safe fixes are told as replacements; what needs a second look
is not, since a reader may apply what it finds here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from bibwright import __version__
from bibwright.analysis.diagnostics import Fix, Safety, Severity
from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.cli.outputs.fingerprints import with_fingerprints
from bibwright.cli.outputs.json import edit_range
from bibwright.cli.outputs.paths import file_uri, folder_uri, relative_uri
from bibwright.cli.report import readable, to_json
from bibwright.features.check import Finding, Range
from bibwright.features.rule_docs import find_rule, make_text
from bibwright.text.columns import LineTable

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}

_Object = dict[str, object]


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """One run, when everything is known."""
    rules: dict[str, int] = {}
    descriptors: list[_Object] = []
    results: list[_Object] = []
    notifications: list[_Object] = []
    root = os.getcwd()
    for file in files:
        location = _artifact(root, file.path)
        if file.error:
            notifications.append(_notification(file, location))
        table = LineTable(file.text)
        for finding, fingerprint in with_fingerprints(file):
            code = finding.diagnostic.code
            if code not in rules:
                rules[code] = len(rules)
                descriptors.append(_descriptor(finding))
            results.append(_result(finding, rules[code], fingerprint, location, table))
    invocation: _Object = {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}
    driver: _Object = {"name": "bibwright", "version": __version__, "semanticVersion": __version__}
    run: _Object = {
        "tool": {"driver": {**driver, "rules": descriptors}},
        "invocations": [invocation],
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_ROOT: {"uri": folder_uri(root)}},
        "results": results,
    }
    yield f"{to_json({'$schema': _SCHEMA, 'version': '2.1.0', 'runs': [run]})}\n"


def _artifact(root: str, path: str) -> _Object:
    relative = relative_uri(root, path)
    return {"uri": file_uri(path)} if relative is None else {"uri": relative, "uriBaseId": _ROOT}


def _descriptor(finding: Finding) -> _Object:
    diagnostic = finding.diagnostic
    rule = find_rule(diagnostic.code)
    if rule is None:
        return {"id": diagnostic.code, "name": diagnostic.name}
    text = make_text(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.documentation, "markdown": text},
        "defaultConfiguration": {"level": _level(rule.severity), "enabled": rule.default},
        "properties": {"tags": sorted(rule.formats)},
    }


def _level(severity: Severity) -> str:
    return _LEVELS.get(severity, "note")


def _result(finding: Finding, index: int, fingerprint: str, location: _Object, table: LineTable) -> _Object:
    diagnostic = finding.diagnostic
    result: _Object = {
        "ruleId": diagnostic.code,
        "ruleIndex": index,
        "level": _level(diagnostic.severity),
        "message": {"text": readable(diagnostic.message)},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": _region(finding.range)}}],
        "partialFingerprints": {"bibwrightFinding/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": readable(place.message)},
                "physicalLocation": {"artifactLocation": location, "region": _region(place.range)},
            }
            for number, place in enumerate(finding.related, start=1)
        ]
    safe = [fix for fix in diagnostic.fixes if fix.safety is Safety.SAFE and fix.edits]
    if safe:
        result["fixes"] = [_fix(finding, fix, location, table) for fix in safe]
    return result


def _fix(finding: Finding, fix: Fix, location: _Object, table: LineTable) -> _Object:
    replacements = [
        {
            "deletedRegion": _region(edit_range(table, edit.start, edit.end)),
            "insertedContent": {"text": edit.new_text},
        }
        for edit in finding.edits_of(fix)
    ]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": location, "replacements": replacements}],
    }


def _region(place: Range) -> _Object:
    start, end = place
    return {
        "startLine": start.line + 1,
        "startColumn": start.character + 1,
        "endLine": end.line + 1,
        "endColumn": end.character + 1,
    }


def _notification(file: CheckedFile, location: _Object) -> _Object:
    return {
        "level": "error",
        "message": {"text": readable(file.error)},
        "locations": [{"physicalLocation": {"artifactLocation": location}}],
    }
