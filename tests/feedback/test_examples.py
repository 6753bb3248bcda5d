"""What a student is shown of failures, all within one budget."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from grader.engines.compare import compare
from grader.engines.observation import Observation
from grader.engines.oracles.expected import expect
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.exercises.check_recorder import record
from grader.feedback.examples import (
    OUT_OF_BUDGET,
    UNSTEADY,
    ExampleOracles,
    Examples,
    SubmissionNames,
)
from grader.feedback.shrinking.smallest import AskSubject, FailingProgram
from grader.grading.gradable import within_time
from grader.sandbox.subject import AskOptions
from tests.feedback.shrinking.test_smallest import ask_oracle, long, overwriting

WORDS = SubmissionNames({"Value": "Scalar"}, lambda *_: None, ("add", "mul"))


def failing() -> FailingProgram:
    program = record(long)
    asked = expect(program, [Textbook()])
    mismatch = compare(program, asked.by_oracle["reference"], overwriting([program])[0])
    assert mismatch is not None
    return FailingProgram(program, mismatch, asked.by_oracle)


def examples(
    subject: Callable[[Sequence[Program]], Sequence[Observation]] = overwriting,
    seconds: float = 10.0,
    clock: Callable[[], float] = lambda: 0.0,
) -> Examples:
    return Examples(lambda _: subject, ExampleOracles(ask_oracle), WORDS, seconds, clock)


def test_a_failure_is_shown_by_the_smallest_program_in_the_submission_s_words() -> None:
    told, wrong = examples().of(failing())

    assert told.message == "a.grad is 1.0, expected 2.0"
    assert told.counterexample.source == ("a = Scalar(1.0)\nb = a + a\nb.backward()\nprint(a.grad)")
    assert told.counterexample.expected == {"reference": 2.0}
    assert told.counterexample.note == ""
    assert wrong is not None
    assert wrong.nodes[0].expression == "Scalar(1.0)"
    assert wrong.says.startswith("from b 1, from b 1, together 2; got 1")


def test_without_any_time_the_check_s_own_program_is_shown_and_nobody_asked() -> None:
    def nobody(_: Sequence[Program]) -> Sequence[Observation]:
        raise AssertionError("it was asked")

    told, wrong = examples(nobody, seconds=0.0).of(failing())

    assert told.message == "x.grad is 1.0, expected 2.0"
    assert told.counterexample.note == ""
    assert wrong is None


def test_a_search_cut_off_by_the_clock_says_that_a_smaller_example_may_exist() -> None:
    ticks: Iterator[int] = count()

    told, _ = examples(seconds=4.0, clock=lambda: float(next(ticks))).of(failing())

    assert told.counterexample.note == OUT_OF_BUDGET


def test_all_failures_of_a_submission_share_one_deadline() -> None:
    ticks: Iterator[int] = count()
    shared = examples(seconds=6.0, clock=lambda: float(next(ticks)))

    notes = [shared.of(failing())[0].message for _ in range(3)]

    assert notes[-1] == "x.grad is 1.0, expected 2.0"


def test_a_submission_that_is_right_by_now_is_shown_its_first_failure_and_told_so() -> None:
    right = Textbook()

    told, wrong = examples(lambda programs: list(map(right.answer, programs))).of(failing())

    assert told.message == "x.grad is 1.0, expected 2.0"
    assert told.counterexample.note == UNSTEADY
    assert wrong is None


class Slow:
    """A submission that is asked nothing more once time is up."""

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        for key, program in programs.items():
            if wanted(key):
                done(key, Textbook().answer(program))


def test_what_was_not_asked_for_lack_of_time_is_observed_as_that() -> None:
    programs = [record(long)] * 3
    answers = iter((True, True, False))
    ask: AskSubject = within_time(Slow(), AskOptions({}, {}))(lambda: next(answers))

    assert [seen.ended for seen in ask(programs)] == ["answered", "answered", "not asked"]
