"""Of several classes the one that answers most rightly is taken; trying is bounded."""

from collections.abc import Callable, Mapping
from typing import Any

from grader.engines.observation import NUMBER, Answer, Observation
from grader.engines.oracles.expected import Expected
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.grading.found_engine.engine_trial import MOST_CLASSES, EngineTrial
from grader.sandbox.subject import AskOptions


def adds(Value: Any) -> dict[str, Any]:
    a = Value(1.0) + Value(2.0)
    return {"a.data": a.data}


PROGRAM = record(adds)
EXPECTED = {"adds": Expected(PROGRAM, {"reference": Textbook().answer(PROGRAM)})}
AT = PROGRAM.observed[0].at


class Classes:
    """A submission whose classes answer as a test says."""

    def __init__(self, answers: Mapping[str, Observation]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        self.asked.append(asked.given["Value"])
        for key in programs:
            if wanted(key):
                done(key, self.answers.get(asked.given["Value"], Observation("raised")))


def number(value: float) -> Observation:
    return Observation("answered", {AT: Answer(NUMBER, value)})


def best(answers: Mapping[str, Observation], *more: str) -> tuple[list[str], list[str]]:
    classes = Classes(answers)
    trial = EngineTrial(classes, EXPECTED, "Value", AskOptions({}, {}))
    return trial.best([*answers, *more]), classes.asked


def test_a_right_answer_counts_more_than_a_wrong_one() -> None:
    assert best({"A": number(7.0), "B": number(3.0)})[0] == ["B"]


def test_equals_are_all_given_back() -> None:
    assert best({"A": number(3.0), "B": number(3.0)})[0] == ["A", "B"]


def test_a_wrong_answer_counts_more_than_none() -> None:
    assert best({"A": Observation("raised"), "B": number(7.0)})[0] == ["B"]


def test_where_none_answers_there_is_none() -> None:
    assert best({"A": Observation("raised")})[0] == []


def test_after_two_that_come_to_no_end_no_other_is_tried() -> None:
    endless = {name: Observation("timed out") for name in ("A", "B")}

    found, asked = best({**endless, "C": number(3.0)})

    assert (found, asked) == ([], ["A", "B"])


def test_few_classes_are_tried_however_many_there_are() -> None:
    assert len(best({}, *(f"Class{count}" for count in range(1000)))[1]) == MOST_CLASSES
