"""What each vendor's rules allow, and a setting in which all of their formats can be made."""

import json
import re
from base64 import b64decode
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from grader.reports.context import Setting
from grader.reports.report import Report, TrackReport
from grader.reports.vendors import autolab, classroom50, classroom_legacy, github, gradescope, junit
from grader.reports.vendors.check_list import reports_of

RUNNER = {
    "CLASSROOM": "cs1",
    "ASSIGNMENT": "autograd",
    "ASSIGNMENT_TYPE": "individual",
    "OWNER": "octocat",
    "SUBMISSION_TAG": "submit/2026-11-23T08-00-00Z",
    "COMMIT_URL": "https://example.org/commit",
    "RELEASE_URL": "https://example.org/release",
    "REVIEW_URL": "https://example.org/review",
}
TOKEN = "5ad1e8f0c2b94b6f"
SETTING = Setting(
    path="/lab/here/src/value.py",
    here="/lab/here",
    environment=RUNNER,
    now=1_792_000_000.9,
    token=TOKEN,
)
COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>.*?)::(?P<message>.*)")
STATUSES = {"passed": "pass", "failed": "fail", "skipped": "fail", "broken": "error"}
Reported = Report | TrackReport


def count(report: Reported) -> int:
    return sum(len(one.checks) for one in reports_of(report))


def junit_of(report: Reported, setting: Setting = SETTING) -> ElementTree.Element:
    """Return JUnit's document, after its rules: names, counts, times, and what a case holds."""
    root = ElementTree.fromstring(junit.render(report, setting).encode())
    assert root.tag == "testsuites"
    cases = [case for suite in root for case in suite.iter("testcase")]
    assert len(cases) == count(report) == int(root.attrib["tests"])
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)
    for case in cases:
        assert set(case.attrib) - {"line"} == {"classname", "name", "file", "time"}
        assert float(case.attrib["time"]) >= 0
        assert len(case) <= 1
    for suite in root:
        assert suite.tag == "testsuite"
        assert [part.tag for part in suite][:1] == ["properties"]
        for counted, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[counted]) == len(list(suite.iter(tag)))
    return root


def gradescope_of(report: Reported, setting: Setting = SETTING) -> dict[str, Any]:
    """Return Gradescope's results, after its rules: known keys and words, sums that are exact."""
    results = gradescope_of_text(gradescope.render(report, setting))
    assert len(results["tests"]) == count(report)
    return results


def gradescope_of_text(text: str) -> dict[str, Any]:
    """Return the same of a results.json."""
    results: dict[str, Any] = json.loads(text, parse_float=Decimal)
    assert set(results) <= {
        *("score", "execution_time", "output", "output_format", "test_output_format"),
        *("test_name_format", "visibility", "stdout_visibility", "extra_data", "leaderboard"),
        "tests",
    }
    assert sum(test["score"] for test in results["tests"]) == results["score"]
    for test in results["tests"]:
        assert set(test) <= {
            *("score", "max_score", "status", "name", "name_format", "number", "output"),
            *("output_format", "tags", "visibility", "extra_data"),
        }
        assert test.get("status") in ("passed", "failed", None)
        assert test["visibility"] == "visible"
        assert test["output_format"] in ("text", "html", "simple_format", "md", "ansi")
        assert 0 <= test["score"] <= test["max_score"]
        assert all(isinstance(tag, str) for tag in test["tags"])
    return results


def classroom50_of(report: Reported, setting: Setting = SETTING) -> dict[str, Any]:
    """Return Classroom 50's result, after its rules: exactly these keys, integers, a UTC time."""
    result = classroom50_of_text(classroom50.render(report, setting))
    assert len(result["tests"]) == count(report)
    return result


def classroom50_of_text(text: str) -> dict[str, Any]:
    """Return the same of a result.json."""
    result: dict[str, Any] = json.loads(text)
    assert set(result) == {
        *("schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit"),
        *("release", "review", "datetime", "score", "max-score", "tests"),
    }
    assert result["schema"] == "classroom50/result/v1"
    assert result["submission"].startswith("submit/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", result["datetime"])
    for part in (result, *result["tests"]):
        assert type(part["score"]) is type(part["max-score"]) is int
        assert 0 <= part["score"] <= part["max-score"]
    for test in result["tests"]:
        assert isinstance(test["test-name"], str)
        assert isinstance(test["passed"], bool)
    assert result["score"] == sum(test["score"] for test in result["tests"])
    return result


def legacy_of(report: Reported, setting: Setting = SETTING) -> dict[str, Any]:
    """Return what the older reporter reads: one line of base64, with these keys in each test."""
    text = classroom_legacy.render(report, setting)
    assert text.count("\n") == 1
    result: dict[str, Any] = json.loads(b64decode(text.strip(), validate=True))
    assert set(result) == {"version", "status", "max_score", "tests"}
    assert result["status"] in ("pass", "fail", "error")
    assert len(result["tests"]) == count(report)
    for test in result["tests"]:
        assert set(test) == {
            *("name", "status", "message", "test_code", "filename", "line_no", "duration", "score")
        }
        assert test["status"] in STATUSES.values()
        assert isinstance(test["line_no"], int)
    return result


def github_of(report: Reported, setting: Setting = SETTING) -> list[dict[str, str]]:
    """Return the commands that GitHub obeys, after its rules: at most ten of a kind."""
    lines = github.render(report, setting).split("\n")
    assert lines[0] == f"::stop-commands::{setting.token}"
    end = lines.index(f"::{setting.token}::")
    obeyed = [_command(line) for line in lines[end + 1 : -1]]
    kinds = [command["command"] for command in obeyed]
    assert max(kinds.count("error"), kinds.count("warning")) <= 10
    assert kinds.count("notice") == 1
    assert lines[-1] == ""
    return obeyed


def _command(line: str) -> dict[str, str]:
    found = COMMAND.fullmatch(line)
    assert found, line
    pairs = dict(pair.split("=", 1) for pair in found["properties"].split(","))
    assert set(pairs) <= {"file", "line", "endLine", "title"}
    assert not any(":" in value for value in pairs.values())
    values = pairs | {"message": found["message"], "command": found["name"]}
    return {key: _unescaped(value) for key, value in values.items()}


def _unescaped(text: str) -> str:
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    return re.sub("|".join(signs), lambda found: signs[found[0]], text)


def autolab_of(report: Reported, setting: Setting = SETTING) -> dict[str, Any]:
    """Return what Autolab reads: the last line, as JSON."""
    found: dict[str, Any] = json.loads(autolab.render(report, setting).splitlines()[-1])
    assert set(found) == {"scores"}
    assert all(isinstance(score, int | float) for score in found["scores"].values())
    return found


RENDERERS = {
    "junit": junit.render,
    "github": github.render,
    "gradescope": gradescope.render,
    "classroom50": classroom50.render,
    "classroom-legacy": classroom_legacy.render,
    "autolab": autolab.render,
}
READERS: dict[str, Callable[[Reported, Setting], object]] = {
    "junit": junit_of,
    "github": github_of,
    "gradescope": gradescope_of,
    "classroom50": classroom50_of,
    "classroom-legacy": legacy_of,
    "autolab": autolab_of,
}
