"""JUnit's XML, which most build servers read: a test suite for each file, a test case for each finding.

A finding that does not make the check fail is a test that passes and has something to say. A file without findings
is one test that passes: build servers take a report without tests for a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bibwright.cli.checked import CheckedFile
from bibwright.cli.outputs import Rendering
from bibwright.features.check import Finding

#: What cannot stand in XML 1.0, escaped or not.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(files: Iterable[CheckedFile], rendering: Rendering) -> Iterator[str]:
    """One document, when everything is known."""
    root = Element("testsuites", name="bibwright")
    for file in files:
        suite = SubElement(root, "testsuite", name=_xml(file.path))
        if file.error:
            case = SubElement(suite, "testcase", name="readable", classname=_xml(file.path))
            SubElement(case, "error", message=_xml(file.error))
        for finding in file.findings:
            _add_case(suite, file.path, finding, rendering)
        if not len(suite):
            SubElement(suite, "testcase", name="no findings", classname=_xml(file.path))
        _count(suite, (suite,))
    _count(root, tuple(root))
    indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"{tostring(root, encoding='unicode')}\n"


def _add_case(suite: Element, path: str, finding: Finding, rendering: Rendering) -> None:
    diagnostic, start = finding.diagnostic, finding.range.start
    place = f"{start.line + 1}:{start.character + 1}"
    name = f"{diagnostic.code} {diagnostic.name} {place}"
    case = SubElement(suite, "testcase", name=name, classname=_xml(path), line=str(start.line + 1))
    text = _xml(f"{path}:{place}: {diagnostic.severity.label} {diagnostic.code} {diagnostic.message}")
    if diagnostic.severity <= rendering.fail_on:
        failure = SubElement(case, "failure", message=_xml(diagnostic.message), type=diagnostic.severity.label)
        failure.text = text
    else:
        SubElement(case, "system-out").text = text


def _count(element: Element, suites: tuple[Element, ...]) -> None:
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        element.set(attribute, str(sum(1 for suite in suites for _ in suite.iter(tag))))
    element.set("skipped", "0")


def _xml(text: str) -> str:
    return _NOT_IN_XML.sub("�", text)
