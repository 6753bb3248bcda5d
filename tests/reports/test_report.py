"""Results cannot contradict themselves, and arrive from JSON as they left."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.reports.report import (
    SCHEMA,
    CheckResult,
    Contradiction,
    Counterexample,
    Diagnosis,
    Frame,
    HandedIn,
    HeldValue,
    LossCurve,
    LossPoint,
    Node,
    Outcome,
    Plane,
    Report,
    Share,
    Shown,
    SourceLine,
    Spot,
    WrongNode,
    shown,
    verdict,
)
from grader.reports.report_json import plain, report_from, to_json

EXAMPLE = Counterexample(
    "a = Value(1.0)\nprint(a.grad)",
    {"reference": -1.0, "torch": "nan"},
    "raises TypeError: no",
    SourceLine("value.py", 31, "__sub__", "other.grad += out.grad"),
)
WRONG = WrongNode(
    "b",
    "grad",
    -1.0,
    "nan",
    "-",
    "from c -1; got nan",
    (Share("c", -1.0),),
    (
        Node("a", "Value(1.0)", "", (), HeldValue(1.0, 1.0), None, "right"),
        Node("b", "-a", "-", ("a",), HeldValue(1.0, 1.0), HeldValue(-1.0, "nan"), "first wrong"),
    ),
    Frame("value.py", "_backward", 30, ("def _backward():", "    pass"), 31),
)
CURVE = LossCurve(
    (LossPoint(1, 4.0, 4.0), LossPoint(2, 1.44, "inf"), LossPoint(3, None, 0.5)),
    made=3,
    asked=2,
    differs_at=1,
    rate=0.1,
    implied_rate=-0.1,
    suggests="uphill",
    plane=Plane(
        ("w", "b"), (Spot(0.0, 0.5),), (), (Spot(1.0, 1.0),), "the loss is least at w = 1, b = 1"
    ),
)
DIAGNOSIS = Diagnosis("S1", "Both are sent one sign.", "What happens when b grows?")
PASSED = CheckResult("adds", "Addition adds", Outcome.PASSED, 1.0, 1.0)
FAILED = CheckResult(
    "minus",
    "Subtraction sends a minus",
    Outcome.FAILED,
    0.5,
    2.0,
    "public",
    "b.grad is 1.0, expected -1.0",
    EXAMPLE,
    WRONG,
    DIAGNOSIS,
    CURVE,
    (Diagnosis("P1", "It stays as it was.", "What is left of it?"),),
)
HIDDEN = CheckResult("secret", "Hidden", Outcome.FAILED, 0.0, 1.0, "hidden", "it fails")
SKIPPED = CheckResult("later", "Later", Outcome.SKIPPED, 0.0, 1.0, message="asked later")
BROKEN = CheckResult("ours", "Ours", Outcome.BROKEN, 1.0, 1.0, message="not your fault")


def report(*checks: CheckResult, **changed: Any) -> Report:
    fields: dict[str, Any] = {
        "schema": SCHEMA,
        "exercise": "my475/ex9",
        "title": "Subtraction",
        "submission": HandedIn("value.py", "0" * 64, "script"),
        "score": sum(check.score for check in checks),
        "max_score": sum(check.max_score for check in checks),
        "passed": all(check.outcome is Outcome.PASSED for check in checks),
        "checks": checks,
        "notes": ("it replaces abs", "größer"),
        "oracles": ("reference", "torch 2.13.0"),
        "isolation": "full",
        "seed": 7,
        "duration_s": 0.021,
    }
    return Report(**fields | changed)


REPORT = report(PASSED, FAILED, SKIPPED, BROKEN)


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
        *("checks", "notes", "oracles", "isolation", "seed", "duration_s"),
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
            "further": [{"id": "P1", "says": "It stays as it was.", "hint": "What is left of it?"}],
        }
    ]


def test_the_json_keeps_letters_and_ends_with_a_newline() -> None:
    text = to_json(REPORT)

    assert "größer" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("number", "value"),
    [
        (1.5, 1.5),
        (-0.0, -0.0),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (float("-inf"), "-inf"),
    ],
)
def test_numbers_that_json_lacks_are_text(number: float, value: Shown) -> None:
    assert shown(number) == value


@given(st.floats(), st.floats())
def test_any_number_that_is_shown_can_be_written(want: float, got: float) -> None:
    example = Counterexample("print(a)", {"reference": shown(want)}, shown(got))
    failed = FAILED._replace(counterexample=example)

    assert report_from(json.loads(to_json(report(failed)))).checks == (failed,)


def test_a_number_that_json_lacks_is_never_written() -> None:
    failed = FAILED._replace(counterexample=EXAMPLE._replace(got=float("nan")))

    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(report(failed))


def test_results_are_plain_all_the_way_down() -> None:
    assert plain((PASSED, ("a", 1))) == [plain(PASSED), ["a", 1]]


CHECKS: list[tuple[CheckResult, dict[str, Any], str]] = [
    (PASSED, {"score": 0.5}, "adds passed with 0.5 of 1.0"),
    (PASSED, {"score": 2.0}, "adds passed with 2.0 of 1.0"),
    (PASSED, {"counterexample": EXAMPLE}, "adds passed, and shows a fault"),
    (PASSED, {"diagnosis": DIAGNOSIS}, "adds passed, and shows a fault"),
    (FAILED, {"diagnosis": None}, "minus has a further diagnosis, and no first one"),
    (FAILED, {"message": ""}, "minus failed with nothing to show for it"),
    (SKIPPED, {"message": ""}, "later skipped with nothing to show for it"),
    (BROKEN, {"message": ""}, "ours broken with nothing to show for it"),
    (FAILED, {"score": 2.0}, "minus failed with full points"),
    (SKIPPED, {"score": 1.5}, "later skipped with full points"),
    (BROKEN, {"score": 0.5}, "ours is the grader's fault, and costs points"),
    (HIDDEN, {"counterexample": EXAMPLE}, "secret is hidden, and shows what it asks"),
    (HIDDEN, {"first_wrong_node": WRONG}, "secret is hidden, and shows what it asks"),
    (HIDDEN, {"training": CURVE}, "secret is hidden, and shows what it asks"),
]


@pytest.mark.parametrize(("check", "changed", "says"), CHECKS)
def test_a_check_s_result_cannot_say_two_things_at_once(
    check: CheckResult, changed: dict[str, Any], says: str
) -> None:
    with pytest.raises(Contradiction) as made:
        CheckResult(**check._asdict() | changed)
    with pytest.raises(Contradiction) as replaced:
        check._replace(**changed)

    assert str(made.value) == str(replaced.value) == says


def test_a_check_worth_nothing_may_fail() -> None:
    failed = CheckResult("free", "Free", Outcome.FAILED, 0.0, 0.0, message="wrong")

    assert failed.score == failed.max_score == 0.0


TOTALS: list[tuple[dict[str, Any], str]] = [
    ({"score": 2.0}, "my475/ex9: the score is not the sum of the checks'"),
    ({"max_score": 4.0}, "my475/ex9: the points are not the sum of the checks'"),
    ({"passed": True}, "my475/ex9: passed is True, the checks differ"),
]


@pytest.mark.parametrize(("changed", "says"), TOTALS)
def test_a_report_cannot_differ_from_its_checks(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(Contradiction) as made:
        report(PASSED, FAILED, **changed)
    with pytest.raises(Contradiction) as replaced:
        report(PASSED, FAILED)._replace(**changed)

    assert str(made.value) == str(replaced.value) == says


def test_a_report_whose_checks_passed_has_passed() -> None:
    with pytest.raises(Contradiction, match=r"passed is False, the checks differ$"):
        report(PASSED, passed=False)


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


def test_the_verdict_is_the_worst_and_an_exercise_that_was_not_asked_has_not_passed() -> None:
    assert verdict(report(PASSED)) is Outcome.PASSED
    assert verdict(report(PASSED, SKIPPED)) is Outcome.SKIPPED
    assert verdict(report(SKIPPED, BROKEN)) is Outcome.BROKEN
    assert verdict(report(BROKEN, FAILED, SKIPPED)) is Outcome.FAILED
