"""Quantities: what a formula may be made of, and what nothing reads."""

import ast

from grader.feedback.repair.rules.formulas.quantities import FormulaEdits, rest_of
from tests.feedback.repair.rules.formulas.parts import SOURCE, place_of


def quantities_of(name: str, kind: str = "", source: str = SOURCE) -> FormulaEdits:
    return FormulaEdits(place_of(name, kind, source), None)


def test_a_method_has_what_its_object_keeps_and_what_it_sets() -> None:
    edits = quantities_of("step", "SGD")

    assert {"self.lr", "self.momentum", "self.velocities[at]", "parameter.grad"} <= {
        *edits.quantities
    }
    assert edits.unread == ()


def test_what_nothing_reads_comes_first() -> None:
    source = SOURCE.replace("self.momentum * self.velocities", "self.velocities")

    edits = quantities_of("step", "SGD", source)

    assert edits.unread == ("self.momentum",)
    assert edits.quantities[0] == "self.momentum"


def test_a_parameter_that_nothing_reads_is_one_of_those() -> None:
    source = SOURCE.replace("factor ** (made // every)", "factor ** made")

    assert quantities_of("rate", source=source).unread == ("every",)


def test_the_share_that_stays_is_read_off_one_minus_it() -> None:
    rest = rest_of(ast.parse("1 - beta", mode="eval").body)

    assert isinstance(rest, ast.Name)
    assert rest.id == "beta"
    assert rest_of(ast.parse("2 - beta", mode="eval").body) is None


def test_what_is_kept_and_read_nowhere_else_is_one_of_those() -> None:
    source = SOURCE.replace("self.lr * self.velocities[at]", "self.lr * parameter.grad")

    assert quantities_of("step", "SGD", source).unread == ("self.velocities[at]",)


def test_what_a_part_with_a_star_sets_leaves_the_others_their_values() -> None:
    source = SOURCE.replace("        self.t = 0\n", "").replace(
        "        self.eps = eps\n", "        self.eps, self.b1, self.b2, self.t = eps, *betas, 0\n"
    )

    kept = quantities_of("step", "Adam", source).kept

    assert ast.unparse(kept["self.t"]) == "0"
    assert ast.unparse(kept["self.eps"]) == "eps"
