"""What students are shown, over all mutants: small, true when pasted, with a node to look at."""

from contextlib import redirect_stdout, suppress
from functools import cache
from inspect import signature
from io import StringIO

import pytest

from grader.engines.observation import NOTHING, NUMBER, TRUTH, WORD, Answer, PrintedText
from grader.exercises import catalogue
from grader.feedback.shrinking.size import size
from grader.feedback.wording.source import source
from tests.quality.counterexamples import GOAL, Example, examples

pytestmark = pytest.mark.xdist_group("counterexamples")  # found once, for all claims about them


@cache
def held() -> tuple[Example, ...]:
    return tuple(examples())


@cache
def asks_an_object(exercise: str, check: str) -> bool:
    """Whether a check makes an object of a class of the author's, a layer or an optimizer say.

    What such an object does within is one step, and no node of it is shown.
    """
    asked = catalogue.load(catalogue.find(exercise))
    classes = {one.name for one in asked.definitions if isinstance(one.plain, type)}
    (function,) = [one.function for one in asked.checks if one.id == check]
    return bool(classes & signature(function).parameters.keys())


def mean(numbers: list[int]) -> float:
    return sum(numbers) / len(numbers)


@cache
def names_of(code: str) -> dict[str, object]:
    """What a submission has defined when it has run."""
    names: dict[str, object] = {"__name__": "submission"}
    with redirect_stdout(StringIO()), suppress(Exception):  # a training may overflow
        exec(code, names)
    return names


def printed(code: str, example: Example) -> str:
    """What the example prints below `code`, or the exception that it ends in."""
    out, names = StringIO(), {**names_of(code)}
    try:
        with redirect_stdout(out):
            exec(source(example.least.failing.program), names)
    except Exception as error:  # some mutants raise whatever
        return f"raises {type(error).__name__}: {error}"
    return out.getvalue().rstrip("\n").rpartition("\n")[2]


def says(answer: Answer | None, text: str) -> bool:
    """Whether a printed line is this answer; objects print as they like."""
    if answer is None:
        return False
    if answer.kind == NUMBER:
        return float(text) == pytest.approx(answer.value)
    if isinstance(answer.value, PrintedText):
        return text == answer.value.text
    return text == str(answer.value) if answer.kind in (TRUTH, NOTHING, WORD) else bool(text)


def pasted() -> list[Example]:
    """The examples that are pasted as they stand, in the names that checks use.

    The track `scalar` has names of its own, and numpy prints arrays in its own way.
    """
    tracks = ("my475", "sri", "dl4ds")
    return [one for one in held() if one.exercise.partition("/")[0] in tracks]


def test_an_example_has_no_more_operations_than_the_goal_on_average() -> None:
    assert mean([one.before for one in held()]) > 5
    assert mean([one.after for one in held()]) <= GOAL
    assert max(one.after for one in held() if not asks_an_object(one.exercise, one.check)) <= 5
    assert max(one.after for one in held()) <= 12


def test_no_search_runs_out_of_patience_or_finds_its_submission_unsteady() -> None:
    assert not [one.mutant for one in held() if one.least.out_of_budget or one.least.unsteady]


def test_a_search_asks_a_few_dozen_programs() -> None:
    assert mean([one.least.programs_asked for one in held()]) <= 60
    plain = [one for one in held() if not asks_an_object(one.exercise, one.check)]
    assert max(one.least.programs_asked for one in plain) <= 600
    assert max(one.least.programs_asked for one in held()) <= 1000


def test_below_the_mutant_an_example_prints_what_is_claimed_of_it() -> None:
    for one in pasted():
        mismatch, text = one.least.failing.mismatch, printed(one.code, one)

        if mismatch.got is None:
            fault = mismatch.observation.fault
            assert fault is not None
            assert text == f"raises {fault.type}: {fault.message}", (one.mutant, text)
        else:
            assert says(mismatch.got, text), (one.mutant, text)


def test_below_the_solution_an_example_prints_what_is_expected() -> None:
    solutions = {
        entry.path: catalogue.solution(catalogue.load(entry)) for entry in catalogue.entries()
    }
    for one in pasted():
        mismatch, text = one.least.failing.mismatch, printed(solutions[one.exercise], one)

        if mismatch.got and mismatch.got.how and text.startswith("raises AttributeError"):
            continue  # it looks at something that the solution calls otherwise
        assert not text.startswith("raises"), (one.mutant, text)
        assert mismatch.want is None or says(mismatch.want, text), (one.mutant, text)


def test_where_a_number_is_wrong_a_node_is_found_first() -> None:
    """In a graph of tensors only what is a single number can be told node by node."""
    graphs = [
        one
        for one in held()
        if one.is_graph
        and not one.exercise.startswith("tensor/")
        and not asks_an_object(one.exercise, one.check)
    ]

    assert len(graphs) > 250
    assert [(one.exercise, one.mutant) for one in graphs if one.located is None] == []


def test_what_is_found_first_is_wrong_and_marked_once() -> None:
    for one in held():
        if one.located is not None:
            wrong, _ = one.located

            assert wrong.expected != wrong.got
            assert [node.state for node in wrong.nodes].count("first wrong") == 1


def test_the_same_programs_are_found_every_time() -> None:
    of_sri = [one for one in held() if one.exercise.startswith("sri/")]

    assert len(of_sri) > 100
    for one, again in zip(of_sri, examples("sri/"), strict=True):
        assert one.least == again.least
        assert size(one.least.failing.program) == size(again.least.failing.program)
