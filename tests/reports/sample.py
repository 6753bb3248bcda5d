"""Reports in every shape that a reporter has to show."""

from grader.results import (
    SCHEMA,
    CheckResult,
    Counterexample,
    Diagnosis,
    Frame,
    HandedIn,
    Held,
    Node,
    Outcome,
    Report,
    Share,
    SourceLine,
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
UNSTEADY = FAILED._replace(
    id="unsteady",
    message="b.grad is 3.0, expected -1.0",
    counterexample=Counterexample(
        "print(b.grad)", {"reference": -1.0}, 3.0, note="asked again, it answers differently"
    ),
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
