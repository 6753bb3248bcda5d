"""A report as JSON, and back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.report import (
    CheckResult,
    Contradiction,
    Counterexample,
    Diagnosis,
    HandedIn,
    Outcome,
    SourceLine,
    shown,
)
from grader.reports.report_json import report_from, to_json
from tests.reports.test_report import (
    EXAMPLE,
    FAILED,
    PASSED,
    REPORT,
    report,
)


def test_a_report_arrives_as_it_left() -> None:
    assert report_from(json.loads(to_json(REPORT))) == REPORT


def test_a_report_that_passed_arrives_as_it_left() -> None:
    assert report_from(json.loads(to_json(report(PASSED)))) == report(PASSED)


def test_the_parts_that_arrive_are_of_their_own_types() -> None:
    arrived = report_from(json.loads(to_json(REPORT)))

    failed = arrived.checks[1]
    assert [type(check) for check in arrived.checks] == [CheckResult] * 4
    assert type(failed.outcome) is Outcome
    assert type(failed.counterexample) is Counterexample
    assert type(failed.counterexample.where) is SourceLine
    assert type(failed.diagnosis) is type(failed.further[0]) is Diagnosis
    assert type(arrived.submission) is HandedIn


def test_the_json_is_the_agreed_one() -> None:
    fields = json.loads(to_json(report(FAILED)))

    assert list(fields) == [
        *("schema", "exercise", "title", "submission", "score", "max_score", "passed"),
        *("checks", "notes", "oracles", "isolation", "seed", "duration_s", "by_hand"),
    ]
    assert fields["submission"] == {"name": "value.py", "sha256": "0" * 64, "kind": "script"}
    assert fields["checks"] == [
        {
            "id": "minus",
            "title": "Subtraction sends a minus",
            "outcome": "failed",
            "score": 0.5,
            "max_score": 2.0,
            "visibility": "public",
            "message": "b.grad is 1.0, expected -1.0",
            "counterexample": {
                "source": "a = Value(1.0)\nprint(a.grad)",
                "expected": {"reference": -1.0, "torch": "nan"},
                "got": "raises TypeError: no",
                "where": {
                    "file": "value.py",
                    "line": 31,
                    "function": "__sub__",
                    "text": "other.grad += out.grad",
                },
                "note": "",
            },
            "first_wrong_node": {
                "name": "b",
                "field": "grad",
                "expected": -1.0,
                "got": "nan",
                "made_by": "-",
                "says": "from c -1; got nan",
                "shares": [{"source": "c", "share": -1.0}],
                "nodes": [
                    {
                        "name": "a",
                        "expression": "Value(1.0)",
                        "operation": "",
                        "operands": [],
                        "data": {"expected": 1.0, "got": 1.0},
                        "grad": None,
                        "state": "right",
                    },
                    {
                        "name": "b",
                        "expression": "-a",
                        "operation": "-",
                        "operands": ["a"],
                        "data": {"expected": 1.0, "got": 1.0},
                        "grad": {"expected": -1.0, "got": "nan"},
                        "state": "first wrong",
                    },
                ],
                "where": {
                    "file": "value.py",
                    "function": "_backward",
                    "start": 30,
                    "lines": ["def _backward():", "    pass"],
                    "marked": 31,
                },
            },
            "diagnosis": {
                "id": "S1",
                "says": "Both are sent one sign.",
                "hint": "What happens when b grows?",
                "where": None,
                "edit": "",
            },
            "training": {
                "points": [
                    {"step": 1, "expected": 4.0, "got": 4.0},
                    {"step": 2, "expected": 1.44, "got": "inf"},
                    {"step": 3, "expected": None, "got": 0.5},
                ],
                "made": 3,
                "asked": 2,
                "differs_at": 1,
                "rate": 0.1,
                "implied_rate": -0.1,
                "suggests": "uphill",
                "plane": {
                    "names": ["w", "b"],
                    "expected": [{"x": 0.0, "y": 0.5}],
                    "got": [],
                    "minimisers": [{"x": 1.0, "y": 1.0}],
                    "says": "the loss is least at w = 1, b = 1",
                },
            },
            "further": [
                {
                    "id": "P1",
                    "says": "It stays as it was.",
                    "hint": "What is left of it?",
                    "where": None,
                    "edit": "",
                }
            ],
        }
    ]


def test_the_json_keeps_letters_and_ends_with_a_newline() -> None:
    text = to_json(REPORT)

    assert "größer" in text
    assert text.endswith("}\n")


@given(st.floats(), st.floats())
def test_any_number_that_is_shown_can_be_written(want: float, got: float) -> None:
    example = Counterexample("print(a)", {"reference": shown(want)}, shown(got))
    failed = FAILED._replace(counterexample=example)

    assert report_from(json.loads(to_json(report(failed)))).checks == (failed,)


def test_a_number_that_json_lacks_is_never_written() -> None:
    failed = FAILED._replace(counterexample=EXAMPLE._replace(got=float("nan")))

    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(report(failed))


def test_a_contradiction_in_json_is_one_too() -> None:
    text = to_json(report(PASSED)).replace('"passed": true', '"passed": false')

    with pytest.raises(Contradiction):
        report_from(json.loads(text))


def without(field: str) -> str:
    fields = json.loads(to_json(REPORT))
    del fields[field]
    return json.dumps(fields)


NO_REPORTS = [
    "",
    "{",
    "[]",
    "null",
    "3",
    '"grade/report/1"',
    "{}",
    '{"schema": "grade/report/2"}',
    '{"schema": "grade/report/1"}',
    to_json(REPORT).replace("grade/report/1", "grade/report/2"),
    to_json(REPORT).replace('"failed"', '"hopeless"'),
    to_json(REPORT).replace('"seed": 7', '"seed": 7, "extra": 1'),
    to_json(REPORT).replace('"function"', '"place"'),
    *(without(field) for field in REPORT._fields),
]


@pytest.mark.parametrize("text", NO_REPORTS, ids=range(len(NO_REPORTS)))
def test_what_is_no_report_of_version_1_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not a grade/report/1|Expecting|is not a valid Outcome"):
        report_from(json.loads(text))
