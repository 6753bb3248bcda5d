"""Which of a submission's classes is the engine."""

from pathlib import Path

import pytest

from grader.sandbox.engine_class import Candidate, SeveralEngines, UnknownClass, choose
from tests.sandbox.conftest import Command, GradeSource
from tests.sandbox.engines import RIGHT, messages

ENGINE = ("backward", "arithmetic")


def candidate(name: str, *has: str) -> Candidate:
    return Candidate(name, "backward" in has, "arithmetic" in has)


def test_the_name_that_the_exercise_uses_comes_first() -> None:
    classes = [candidate("Tensor", *ENGINE), candidate("Value"), candidate("Mine", *ENGINE)]

    assert choose(classes, "Value") == "Value"


@pytest.mark.parametrize("name", ["Scalar", "Tensor"])
def test_a_usual_name_comes_before_any_other(name: str) -> None:
    assert choose([candidate("Mine", *ENGINE), candidate(name)], "Value") == name


def test_one_class_with_backward_and_arithmetic_is_the_engine() -> None:
    classes = [candidate("Layer", "backward"), candidate("Vector", "arithmetic")]

    assert choose([*classes, candidate("Mine", *ENGINE)], "Value") == "Mine"


def test_a_class_named_on_the_command_line_is_taken() -> None:
    assert choose([candidate("Value", *ENGINE), candidate("Mine")], "Value", "Mine") == "Mine"


def test_a_class_that_does_not_exist_is_a_misuse() -> None:
    with pytest.raises(UnknownClass, match="the submission defines no class named 'Vaule'") as told:
        choose([candidate("Value"), candidate("Layer")], "Value", "Vaule")

    assert told.value.hint == "it defines Value, Layer"


def test_a_class_named_where_there_is_none_is_a_misuse() -> None:
    with pytest.raises(UnknownClass) as told:
        choose([], "Value", "Value")

    assert told.value.hint == "it defines no class at all"


def test_two_engines_must_be_told_apart() -> None:
    with pytest.raises(SeveralEngines, match="two classes could be the engine: A, B") as told:
        choose([candidate("A", *ENGINE), candidate("B", *ENGINE)], "Value")

    assert told.value.hint == "name the one to grade: --class A"


def test_no_class_at_all_is_said(grade_source: GradeSource) -> None:
    report = grade_source("print('hello')")

    assert report.score == 0
    assert messages(report) == [
        "no class named Value (or Scalar, or Tensor): no class is defined at all"
    ]


def test_other_classes_are_named(grade_source: GradeSource) -> None:
    report = grade_source("class Valeu:\n    pass\n\nclass Layer:\n    pass")

    assert report.score == 0
    assert messages(report) == [
        "no class named Value (or Scalar, or Tensor); defined here: Valeu, Layer"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "from fractions import Fraction as Value",
        "from decimal import Decimal as Value",
        "from collections import Counter as Value, OrderedDict as Scalar",
        "Value = float",
        "Value = lambda data: data",
    ],
)
def test_a_class_of_somebody_else_is_not_the_student_s(
    grade_source: GradeSource, line: str
) -> None:
    report = grade_source(line)

    assert report.score == 0
    assert messages(report) == [
        "no class named Value (or Scalar, or Tensor): no class is defined at all"
    ]


def test_a_class_that_claims_to_be_the_library_s_is_not_found(grade_source: GradeSource) -> None:
    report = grade_source(RIGHT + "\n\nValue.__module__ = 'fractions'")

    assert report.score == 0


def test_two_engines_are_no_grade_until_one_is_named(command: Command, tmp_path: Path) -> None:
    source = RIGHT.replace("Value", "A") + "\n\n" + RIGHT.replace("Value", "B")
    (tmp_path / "value.py").write_text(source, encoding="utf-8")

    unnamed = command("ex9")
    named = command("ex9", "--class", "B")

    assert unnamed.returncode == 4
    assert unnamed.stderr == (
        "Error: two classes could be the engine: A, B\nHint: name the one to grade: --class A\n"
    )
    assert named.returncode == 0
