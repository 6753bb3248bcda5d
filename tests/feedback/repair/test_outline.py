"""The outline of a source, and where its parts stand."""

import ast

from grader.feedback.repair.outline import PieceText, outline
from tests.feedback.repair.engine import ENGINE


def test_methods_and_functions_are_listed_with_their_class() -> None:
    parts = outline((ENGINE,))

    named = [(place.node.name, place.kind.name if place.kind else "") for place in parts.functions]
    assert ("__add__", "Value") in named
    assert named[-1] == ("topological_order", "")


def test_a_cell_that_cannot_be_parsed_is_left_out() -> None:
    parts = outline(("%matplotlib inline\n", "def f():\n    pass\n"))

    assert [piece.number for piece in parts.pieces] == [1]


def test_a_place_counts_characters_where_python_counts_bytes() -> None:
    piece = PieceText(0, 'größe = "ß" + x\n')
    (statement,) = ast.parse(piece.text).body
    assert isinstance(statement, ast.Assign)
    assert isinstance(statement.value, ast.BinOp)

    assert piece.of(statement.value.right) == "x"


def test_lines_go_in_above_and_below_a_statement_also_at_the_end() -> None:
    piece = PieceText(0, "if x:\n    y = 1")
    (statement,) = ast.parse(piece.text).body

    assert piece.inserting_after(statement, "z = 2\n").text == "\nz = 2\n"
    assert piece.inserting_before(statement, "z = 2\n")[1:3] == (0, 0)


def test_a_text_that_documents_is_none_of_the_statements() -> None:
    (place,) = outline(('def f(a):\n    """Says."""\n    return a\n',)).functions

    assert [type(one) for one in place.body] == [ast.Return]
    assert place.parameters == ["a"]
