"""Reports in every shape that a reporter has to show."""

from grader.reports.report import (
    SCHEMA,
    CheckResult,
    Counterexample,
    Diagnosis,
    Frame,
    HandedIn,
    Held,
    LossCurve,
    LossPoint,
    Node,
    Outcome,
    Plane,
    Report,
    Share,
    SourceLine,
    Spot,
    WrongNode,
    track_report,
)

PASSED = CheckResult("adds", "Addition adds", Outcome.PASSED, 1.0, 1.0)
FAILED = CheckResult(
    "minus",
    "Subtraction sends a minus to its right operand",
    Outcome.FAILED,
    0.0,
    1.5,
    message="b.grad is 1.0, expected -1.0",
    counterexample=Counterexample(
        "a = Value(1.0)\nb = Value(2.0)\nc = a - b\nc.backward()\nprint(b.grad)",
        {"reference": -1.0, "torch": -1.0},
        1.0,
    ),
    diagnosis=Diagnosis(
        "S1",
        "Both operands of a difference are sent the same sign.",
        "What happens to a - b when b grows?",
    ),
)
RAISED = CheckResult(
    "power",
    "A power holds the right number, also for negative and for fractional exponents",
    Outcome.FAILED,
    0.0,
    1.0,
    message="`square = v**2` raises TypeError: <b>not</b> a & b (value.py, line 31)",
    counterexample=Counterexample(
        "v = Value(3.0)\nsquare = v ** 2\nprint(square.data)",
        {"reference": 9.0, "torch": 9.0},
        "raises TypeError: <b>not</b> a & b",
        SourceLine("value.py", 31, "__pow__", "raise TypeError('<b>not</b> a & b')"),
    ),
)
WRONG = WrongNode(
    "b",
    "grad",
    -1.0,
    1.0,
    "-",
    "from c -1; got 1: the rule of - sends 1 for -1",
    (Share("c", -1.0),),
    (
        Node("a", "Value(1.0)", "", (), Held(1.0, 1.0), Held(1.0, 1.0), "right"),
        Node("b", "Value(2.0)", "", (), Held(2.0, 2.0), Held(-1.0, 1.0), "first wrong"),
        Node("c", "a - b", "-", ("a", "b"), Held(-1.0, -1.0), Held(1.0, 1.0), "right"),
    ),
    Frame(
        "value.py",
        "_backward",
        30,
        (
            "        def _backward():",
            "            self.grad += out.grad",
            "            other.grad += out.grad",
        ),
        32,
    ),
)
LOCATED = FAILED._replace(first_wrong_node=WRONG)
CURVE = LossCurve(
    (
        LossPoint(1, 4.0, 4.0),
        LossPoint(2, 1.44, 1.44),
        LossPoint(3, 0.5184, 3.2),
        LossPoint(4, None, "inf"),
    ),
    made=4,
    asked=3,
    differs_at=2,
    rate=0.1,
    implied_rate=None,
    suggests="w.grad -6.4 is -2.4 of this step and -4 left over from the one before",
    plane=Plane(
        ("w", "b"),
        (Spot(0.0, 0.0), Spot(0.4, 0.4), Spot(0.64, 0.64)),
        (Spot(0.0, 0.0), Spot(0.4, 0.4), Spot(1.04, 1.04)),
        (Spot(1.0, 1.0), Spot(0.3, 1.7)),
        "the loss is least all along the line w + b = 2",
    ),
)
TRAINED = CheckResult(
    "steps",
    "Three steps down the gradient, at a rate of 0.1",
    Outcome.FAILED,
    0.0,
    2.0,
    message="w.grad is -6.4 in step 2, expected -2.4 (value.py, line 40)",
    diagnosis=Diagnosis(
        "K1",
        "The gradient of the step before is still there when the next one arrives.",
        "What does a gradient hold when a step begins?",
    ),
    training=CURVE,
)
UNSTEADY = FAILED._replace(
    id="unsteady",
    message="b.grad is 3.0, expected -1.0",
    counterexample=Counterexample(
        "print(b.grad)", {"reference": -1.0}, 3.0, note="asked again, it answers differently"
    ),
)
BY_TWO = FAILED._replace(
    id="squares",
    message="a.grad is 16.0, expected 4.0",
    diagnosis=Diagnosis(
        "P1", "The exponent stays as it was.", "What is left of the exponent after the power rule?"
    ),
    further=(FAILED.diagnosis,) if FAILED.diagnosis else (),
)
SKIPPED = CheckResult(
    "inside",
    "Gradients pass through differences inside larger expressions",
    Outcome.SKIPPED,
    0.0,
    1.0,
    message="asked when “Subtraction sends a minus to its right operand” holds",
)
BROKEN = CheckResult(
    "quarrel",
    "The oracles agree",
    Outcome.BROKEN,
    1.0,
    1.0,
    message="not your fault: reference and torch disagree",
)
STOPPED = CheckResult(
    "all", "Everything works", Outcome.FAILED, 0.0, 2.0, message="no class named Value is defined"
)


def report(*checks: CheckResult, notes: tuple[str, ...] = ()) -> Report:
    """Return a Report of `checks`, with totals that fit."""
    return Report(
        schema=SCHEMA,
        exercise="my475/ex9",
        title="Subtraction and powers",
        submission=HandedIn("value.py", "ab" * 32, "script"),
        score=sum(check.score for check in checks),
        max_score=sum(check.max_score for check in checks),
        passed=all(check.outcome is Outcome.PASSED for check in checks),
        checks=checks,
        notes=notes,
        oracles=("reference", "torch 2.13.0"),
        isolation="limits",
        seed=0,
        duration_s=0.0421,
    )


NOTES = (
    "** with a Value as exponent: the exponent's own gradient lacks ln x; the exercise does not "
    "ask for it",
    "cell 5 raises NameError: name 'n' is not defined (line 1: `n.grad = 1`)",
)
ALL_RIGHT = report(PASSED, PASSED._replace(id="more"), notes=NOTES)
SOME_WRONG = report(PASSED, FAILED, RAISED, SKIPPED, notes=NOTES)
NOTHING_WORKS = report(STOPPED, STOPPED._replace(id="more"))
OURS = report(PASSED, BROKEN)
SHAPES = {
    "all right": ALL_RIGHT,
    "some wrong": SOME_WRONG,
    "nothing works": NOTHING_WORKS,
    "the grader's fault": OURS,
    "a wrong node": report(PASSED, LOCATED, UNSTEADY),
    "a training": report(TRAINED),
    "two faults": report(PASSED, BY_TWO, FAILED),
}


def named(sample: Report, name: str, title: str) -> Report:
    return sample._replace(exercise=f"my475/{name}", title=title)


TRACKS = {
    "some wrong": track_report(
        "my475",
        [
            named(ALL_RIGHT, "ex1", "A number in a box"),
            named(SOME_WRONG, "ex2", "Sums & <products>"),
            named(NOTHING_WORKS, "ex3", "Gradients begin at zero"),
            named(OURS, "ex4", "Rules"),
        ],
    ),
    "all right": track_report("my475", [named(ALL_RIGHT, "ex1", "A number in a box")]),
}
