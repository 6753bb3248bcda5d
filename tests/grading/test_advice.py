"""Advisories: remarks that cost nothing, made where they apply and nowhere else."""

from grader.exercises import catalogue
from tests.exercises.shipped.inprocess import graded

EX9 = catalogue.load(catalogue.find("ex9"))
SOLUTION = catalogue.solution(EX9)
OWN_POWER = """\
    def __pow__(self, exponent):
        other = exponent if isinstance(exponent, Value) else Value(exponent)
        out = Value(self.data**other.data, (self, other))

        def _backward():
            self.grad += other.data * self.data ** (other.data - 1) * out.grad
            other.grad += EXPONENT * out.grad

        out._backward = _backward
        return out

"""
EXPONENT, ELEGANT = (advisory.says for advisory in EX9.advisories)


def with_power(gradient_of_exponent: str) -> str:
    before, _, rest = SOLUTION.partition("    def __pow__")
    after = rest[rest.index("    def backward") :]
    return before + OWN_POWER.replace("EXPONENT", gradient_of_exponent) + after


def test_a_wrong_gradient_of_an_exponent_is_a_note_and_costs_nothing() -> None:
    report = graded(EX9, with_power("self.data**other.data"))

    assert report.passed
    assert EXPONENT in report.notes


def test_a_right_gradient_of_an_exponent_needs_no_note() -> None:
    right = "(out.data * __import__('math').log(self.data) if self.data > 0 else 0.0)"

    report = graded(EX9, with_power(right))

    assert report.passed
    assert EXPONENT not in report.notes


def test_an_exponent_that_has_to_be_a_number_needs_no_note() -> None:
    report = graded(EX9, SOLUTION)

    assert report.passed
    assert EXPONENT not in report.notes


def test_an_engine_that_answers_something_else_altogether_gets_no_remark() -> None:
    broken = with_power("0.0").replace("self.grad = 0.0", "self.grad = 'zero'")

    report = graded(EX9, broken)

    assert not report.passed
    assert EXPONENT not in report.notes


def test_subtraction_by_way_of_negation_is_remarked_and_an_own_rule_is_not() -> None:
    own = SOLUTION.replace(
        "        return self + (-other)\n",
        """\
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad -= out.grad

        out._backward = _backward
        return out
""",
    )

    assert ELEGANT in graded(EX9, SOLUTION).notes
    assert graded(EX9, own).passed
    assert ELEGANT not in graded(EX9, own).notes


def test_there_is_no_praise_under_what_is_wrong() -> None:
    wrong = SOLUTION.replace("exponent * self.data ** (exponent - 1)", "self.data ** exponent")

    right, failing = graded(EX9, SOLUTION), graded(EX9, wrong)

    assert ELEGANT in right.notes
    assert not failing.passed
    assert ELEGANT not in failing.notes
