"""What the edits of one function have in common."""

import ast

import pytest

from grader.feedback.repair.conventions import conventions
from grader.feedback.repair.outline import outline
from grader.feedback.repair.rules.function_edits import FunctionEdits, names_in_scope
from tests.feedback.repair.engine import ENGINE

PARTS = outline((ENGINE,))
METHODS = {place.node.name: place for place in PARTS.functions}


def edits(name: str) -> FunctionEdits:
    return FunctionEdits(METHODS[name], conventions(PARTS))


def test_names_are_those_of_nodes_and_numbers_and_none_of_functions() -> None:
    assert names_in_scope(METHODS["__add__"]) == ("self", "other", "out")
    assert names_in_scope(METHODS["topological_order"]) == (
        "root",
        "node",
        "order",
        "visited",
        "child",
    )


def test_the_result_of_a_method_is_known_by_its_name() -> None:
    assert edits("__mul__").made == "out"
    assert edits("__sub__").made == ""


@pytest.mark.parametrize(
    ("text", "closed"), [("a", "a"), ("a + b", "(a + b)"), ("a ** b", "a ** b"), ("f(a)", "f(a)")]
)
def test_an_expression_is_closed_where_another_could_bind_tighter(text: str, closed: str) -> None:
    source = f"def f(a, b):\n    return {text}\n"
    place = outline((source,)).functions[0]
    result = place.body[0]
    assert isinstance(result, ast.Return)
    assert result.value is not None

    assert FunctionEdits(place, None).closed(result.value) == closed
