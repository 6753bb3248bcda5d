"""What an author defines is known to the first oracle, as a function and as a method."""

from typing import Any

from grader import Definition
from grader.engines.oracles.definition import textbook_with, uses
from grader.engines.oracles.textbook import Textbook
from grader.exercises.check_recorder import record


def softplus(x: Any) -> Any:
    return (1 + x.exp()).log()


SOFTPLUS = Definition("softplus", plain=softplus)


def both_ways(Value: Any, softplus: Any) -> dict[str, Any]:
    a, b = Value(0.0), Value(0.0)
    softplus(a).backward()
    b.softplus().backward()
    return {"a.grad": a.grad, "b.grad": b.grad}


def test_a_definition_is_a_function_and_a_method() -> None:
    answers = textbook_with([SOFTPLUS]).answer(record(both_ways)).answers.values()

    assert [answer.value for answer in answers] == [0.5, 0.5]


def test_without_definitions_the_textbook_is_the_usual_one() -> None:
    assert type(textbook_with([])) is Textbook
    assert textbook_with([]).answer(record(both_ways)).ended == "raised"


def test_a_program_uses_what_it_takes_and_what_it_calls() -> None:
    program = record(both_ways)

    assert uses(program, ["softplus"])
    assert uses(program, ["backward"])
    assert not uses(program, ["tan"])
