"""What is read from a file has the types of its fields, or it is said where it has not."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import pytest

from grader.reports.report import Outcome
from grader.reports.typed_fields import misfit


class Inner(NamedTuple):
    """A part with a name."""

    word: str = "a"
    number: float | None = 1


class Outer(NamedTuple):
    """What has parts of every form."""

    kind: Literal["one", "two"] = "one"
    inner: Inner | None = Inner()
    many: tuple[Inner, ...] = (Inner(),)
    pair: tuple[str, int] = ("a", 1)
    table: Mapping[str, float | str] = {"a": 1}
    outcome: Outcome = Outcome.PASSED
    yes: bool = True


@pytest.mark.parametrize(
    "value",
    [Outer(), Outer(inner=None), Outer(many=(), table={"b": "x"}), Outer(inner=Inner(number=None))],
)
def test_what_has_the_types_of_its_fields_fits(value: Outer) -> None:
    assert misfit(value, Outer, "it") == ""


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": "three"}, "kind is 'three'"),
        ({"kind": []}, "kind is a list"),
        ({"inner": "a"}, "inner is 'a'"),
        ({"many": (Inner(word=3),)}, "word is a int"),  # type: ignore[arg-type]
        ({"many": [Inner()]}, "many is a list"),
        ({"pair": ("a",)}, "pair is a tuple"),
        ({"table": {3: 1}}, "table is a int"),
        ({"table": {"a": float("nan")}}, "table is nan"),
        ({"table": "a"}, "table is 'a'"),
        ({"outcome": "passed well"}, "outcome is 'passed well'"),
        ({"yes": 1}, "yes is a int"),
        ({"many": (Inner(number=10**400),)}, "number is a int"),
        ({"many": (Inner(number=True),)}, "number is True"),
        ({"kind": "x" * 100}, "kind is a str"),
    ],
)
def test_what_has_not_is_said_with_its_place(changed: dict[str, Any], says: str) -> None:
    assert misfit(Outer(**changed), Outer, "it") == says


def test_something_else_altogether_is_said_too() -> None:
    assert misfit({}, Outer, "the report") == "the report is a dict"
