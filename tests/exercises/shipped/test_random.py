"""Random graphs find what nobody listed, and a hard-coded answer passes one seed at most."""

import pytest

from grader.engines.oracles.textbook import Engine
from grader.exercises import catalogue
from grader.exercises.exercise_programs import DEFAULT_SEED, programs
from grader.grading.prepared_exercise import questionnaire
from grader.grading.stages import grade
from grader.reports.report import Outcome, Report
from grader.submissions.submission import Submission
from tests.exercises.shipped.inprocess import InProcess, graded

EX7 = catalogue.load(catalogue.find("ex7"))
SOLUTION = catalogue.solution(EX7)
UNLISTED = {
    "numbers rounded to four digits": (
        "self.data * other.data, (self, other)",
        "round(self.data * other.data, 4), (self, other)",
    ),
    "large gradients clipped": (
        "self.grad += other.data * out.grad",
        "self.grad += max(-40.0, min(40.0, other.data * out.grad))",
    ),
}


@pytest.mark.parametrize("fault", UNLISTED)
def test_a_fault_that_nobody_listed_is_caught(fault: str) -> None:
    right, wrong = UNLISTED[fault]
    assert right in SOLUTION

    report = graded(EX7, SOLUTION.replace(right, wrong))

    assert not report.passed


def test_a_random_graph_that_fails_is_shown_as_a_program_to_paste() -> None:
    right, wrong = UNLISTED["large gradients clipped"]

    report = graded(EX7, SOLUTION.replace(right, wrong))

    failed = next(check for check in report.checks if check.outcome is Outcome.FAILED)
    assert failed.id == "skip_connection"
    assert failed.counterexample is not None
    namespace: dict[str, object] = {}
    exec(SOLUTION + "\n" + failed.counterexample.source, namespace)


def test_the_seed_changes_the_random_graphs_and_nothing_else() -> None:
    one, other = programs(EX7, seed=1), programs(EX7, seed=2)

    same = {key for key in one if one[key] == other[key]}

    assert same == {key for key in one if "#" not in key}


def test_everyone_gets_the_same_graphs_unless_a_seed_is_given() -> None:
    assert programs(EX7) == programs(EX7, seed=DEFAULT_SEED)


def test_an_answer_that_knows_one_seed_s_graphs_fails_another() -> None:
    """The engine notices the inputs of the default seed, and is wrong about all others."""
    known = {
        operand
        for program in programs(EX7).values()
        for step in program.steps
        if step.kind == "make"
        for operand in step.operands
    }
    cheat = SOLUTION.replace(
        "self.grad += other.data * out.grad",
        f"self.grad += other.data * out.grad * (1 if leaves(self) <= {known!r} else 2)",
    )
    leaves = (
        "\n\ndef leaves(node):\n"
        "    return {node.data} if not node._children else set().union("
        "*(leaves(child) for child in node._children))\n"
    )

    assert with_seed(cheat + leaves, DEFAULT_SEED).passed
    assert not with_seed(cheat + leaves, 7).passed


def with_seed(source: str, seed: int) -> Report:
    submission = Submission("value.py", "/", "script", "", source)
    return grade(questionnaire(EX7, [Engine()], seed), submission, InProcess(source))
