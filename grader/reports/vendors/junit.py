"""The report as JUnit's XML, which Jenkins, GitLab and most others read.

A check is a test case, an exercise a suite. The checks of an exercise are asked together, so that
the time is known of the suite alone: its cases that were asked share it evenly.

Source: https://docs.gitlab.com/ci/testing/unit_test_reports/, Jenkins' junit-10.xsd.
"""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.reports.context import ReportContext
from grader.reports.report import CheckResult, Outcome, Report, TrackReport
from grader.reports.vendors.check_list import distinct, points, reports_of, words
from grader.reports.vendors.location import FaultLocation, fault_location

FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAGS = {Outcome.FAILED: "failure", Outcome.BROKEN: "error", Outcome.SKIPPED: "skipped"}


def render(report: Report | TrackReport, context: ReportContext) -> str:
    """Return the report as an XML document, ending in a newline."""
    reports = reports_of(report)
    name = report.exercise if isinstance(report, Report) else report.track
    root = Element("testsuites", name=_legal(name))
    classes = distinct(one.exercise.replace("/", ".") for one in reports)
    for one, class_name in zip(reports, classes, strict=True):
        root.append(_suite(one, class_name, context))
    _count(root, [check for one in reports for check in one.checks])
    root.set("time", f"{sum(one.duration_s for one in reports):.6f}")
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(report: Report, class_name: str, context: ReportContext) -> Element:
    suite = Element("testsuite", name=_legal(report.exercise))
    _count(suite, report.checks)
    suite.set("time", f"{report.duration_s:.6f}")
    properties = SubElement(suite, "properties")
    for name, value in _properties(report):
        SubElement(properties, "property", name=_legal(name), value=_legal(value))
    asked = sum(check.outcome is not Outcome.SKIPPED for check in report.checks)
    names = distinct(_legal(check.title) for check in report.checks)
    for check, name in zip(report.checks, names, strict=True):
        case = SubElement(suite, "testcase", classname=_legal(class_name), name=name)
        is_skipped = check.outcome is Outcome.SKIPPED
        case.set("time", f"{0.0 if is_skipped else report.duration_s / asked:.6f}")
        _fill(case, check, fault_location(report, check, context), hints=context.hints)
    SubElement(suite, "system-out").text = _legal("\n".join((points(report), *report.notes)))
    return suite


def _count(element: Element, checks: list[CheckResult] | tuple[CheckResult, ...]) -> None:
    outcomes = [check.outcome for check in checks]
    element.set("tests", str(len(outcomes)))
    element.set("failures", str(outcomes.count(Outcome.FAILED)))
    element.set("errors", str(outcomes.count(Outcome.BROKEN)))
    element.set("skipped", str(outcomes.count(Outcome.SKIPPED)))


def _properties(report: Report) -> list[tuple[str, str]]:
    """Return the properties of a suite; a test case may have none by the schema."""
    properties = [("score", f"{report.score:g}"), ("max_score", f"{report.max_score:g}")]
    for check in report.checks:
        properties.append((f"{check.id}.score", f"{check.score:g}"))
        properties.append((f"{check.id}.max_score", f"{check.max_score:g}"))
    properties.append(("oracles", ", ".join(report.oracles)))
    return [*properties, ("seed", str(report.seed)), ("schema", report.schema)]


def _fill(case: Element, check: CheckResult, place: FaultLocation, *, hints: bool) -> None:
    case.set("file", _legal(place.file))
    if place.line is not None:
        case.set("line", str(place.line))
    if check.outcome in TAGS:
        element = SubElement(case, TAGS[check.outcome], message=_legal(check.message))
        if check.outcome is not Outcome.SKIPPED:
            element.set("type", _legal(check.diagnosis.id if check.diagnosis else check.outcome))
        at = f"at {place.says}\n\n" if place.says else ""
        element.text = _legal(at + words(check, hints=hints))


def _legal(text: str) -> str:
    """Return a text with what XML forbids as Python writes it."""
    return FORBIDDEN.sub(lambda sign: ascii(sign.group())[1:-1], text)
