"""Recorded answers are those of the oracle that was asked; a file of another form is refused."""

from pathlib import Path

import pytest

from grader.engines.oracles.recorded_answers import RecordedOracle, recorded_text
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.errors import BrokenExercise

SUM = Program(
    (
        Step("make", "Value", (2.0,)),
        Step("make", "Value", (3,)),
        Step("operate", "add", (Ref(0), Ref(1))),
        Step("read", "data", (Ref(2),)),
    ),
    (ObservedStep("sum", 3),),
)


def test_a_program_that_was_never_asked_has_no_recorded_answer(tmp_path: Path) -> None:
    file = tmp_path / "torch.json"
    file.write_text(recorded_text(Textbook(), []))

    assert RecordedOracle(file).answer(SUM) is None


def test_what_was_written_is_what_is_answered(tmp_path: Path) -> None:
    file = tmp_path / "torch.json"
    file.write_text(recorded_text(Textbook(), [SUM]))

    oracle = RecordedOracle(file)

    assert oracle.label == "reference"
    assert oracle.answer(SUM) == Textbook().answer(SUM)


def test_the_order_of_the_programs_does_not_change_what_is_written() -> None:
    other = SUM._replace(observed=(ObservedStep("", 2),))

    assert recorded_text(Textbook(), [SUM, other]) == recorded_text(Textbook(), [other, SUM])


ANSWER = '{"ended": "answered", "answers": [], "step": null, "fault": null, "detail": ""}'


def beside_an_exercise(home: Path) -> Path:
    folder = home / "my475" / "09_ex9"
    folder.mkdir(parents=True)
    return folder / "torch.json"


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "3", "null", "{}", '{"oracle": "torch"}', '{"answers": {}}', "\xff"]
    + [f'{{"oracle": "torch", "answers": {held}}}' for held in ("[]", "null", "3", '"text"')],
)
def test_a_file_of_another_form_is_a_broken_exercise(tmp_path: Path, content: str) -> None:
    file = beside_an_exercise(tmp_path)
    file.write_bytes(content.encode("latin-1"))

    with pytest.raises(BrokenExercise, match=r"torch\.json: cannot be read: ") as e:
        RecordedOracle(file)

    home = file.parent.parent.parent
    assert e.value.hint == f"record it again: grade verify my475/ex9 --record --exercises {home}"


def test_a_missing_file_is_a_broken_exercise(tmp_path: Path) -> None:
    with pytest.raises(BrokenExercise, match=r"torch\.json: cannot be read: .*No such file"):
        RecordedOracle(tmp_path / "torch.json")


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ("3", "replied with a int where a dict belongs"),
        ("{}", "replied with an ending that does not exist"),
        (ANSWER.replace("[]", "[[9, 3]]"), "replied with 2 fields where 4 belong"),
        (ANSWER.replace("[]", '[[9, "truth", true, ""]]'), "replied about a step"),
        (ANSWER.replace("[]", '[[3, [], true, ""]]'), "replied with a list where a str belongs"),
    ],
)
def test_a_recorded_answer_of_another_form_is_a_broken_exercise(
    tmp_path: Path, held: str, reason: str
) -> None:
    file = beside_an_exercise(tmp_path)
    file.write_text(f'{{"oracle": "torch", "answers": {{"{SUM.fingerprint()}": {held}}}}}')

    with pytest.raises(BrokenExercise, match=rf"torch\.json: {reason}") as e:
        RecordedOracle(file).answer(SUM)

    home = file.parent.parent.parent
    assert e.value.hint == f"record it again: grade verify my475/ex9 --record --exercises {home}"
