"""An edited source is defined in a copy of a submission's names."""

from types import SimpleNamespace
from typing import Any

from grader.engines.interpreter.execute import TooMuchOutput
from grader.engines.program_encoding import program_to
from grader.sandbox.child.edits.edited_code import EditedCode
from grader.sandbox.child.edits.edited_source import SlowAnswers, answers
from tests.sandbox.edits.test_edited_runs import SOURCE, TWO_AND_ONE


class Loaded(SimpleNamespace):
    """A submission that has run, as far as edits need it."""

    def turn(self, _: float, run: Any) -> Any:
        """Run code, without an alarm."""
        return run()


def loaded(**names: object) -> Any:
    edited = EditedCode("value.py")
    return Loaded(names=names, forms={}, edited=edited, student_file=lambda _: None)


def asked(*sources: str) -> dict[str, Any]:
    return {
        "edited": [[source] for source in sources],
        "programs": [program_to(TWO_AND_ONE)],
        "given": {"Value": "Value"},
        "accepts": {},
        "by_name": [],
        "scalars": ("Value",),
        "seconds": 1.0,
    }


TAPE: Any = SimpleNamespace(count=0, forget_count=lambda: None)


def test_the_names_of_the_submission_stay_as_they_are() -> None:
    submission = loaded(Value="its own", tape=[])

    (observation,) = answers(submission, TAPE, asked(SOURCE.replace("-", "+")), SlowAnswers())

    assert observation.answers[3].value == 3.0
    assert submission.names == {"Value": "its own", "tape": []}


def test_what_an_edit_does_not_define_is_taken_from_the_submission() -> None:
    source = SOURCE.replace("self.data - other.data", "plus(self.data, other.data)")

    (observation,) = answers(loaded(plus=lambda a, b: a + b), TAPE, asked(source), SlowAnswers())

    assert observation.answers[3].value == 3.0


def test_a_source_that_raises_is_not_asked() -> None:
    first, second = answers(loaded(), TAPE, asked("1 / 0", SOURCE), SlowAnswers())

    assert first.ended == "not asked"
    assert second.answers[3].value == 1.0


def test_what_takes_long_is_counted() -> None:
    takes_long = SOURCE.replace("return Value(self", "sum(range(3_000_000)); return Value(self")
    slow = SlowAnswers()

    first, second = answers(loaded(), TAPE, asked(takes_long, SOURCE), slow)

    assert (first.ended, second.ended, slow.count) == ("answered", "answered", 1)


def test_after_what_prints_without_end_no_other_source_is_asked() -> None:
    def flood() -> None:
        raise TooMuchOutput

    flooding = SOURCE.replace("return Value(self", "flood(); return Value(self")

    (observation,) = answers(loaded(flood=flood), TAPE, asked(flooding, SOURCE), SlowAnswers())

    assert observation.ended == "flooded"
