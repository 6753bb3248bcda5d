"""The edits of a loop's steps: of both that are wrong in one way, and of one alone."""

import pytest

from tests.feedback.repair.rules.loops.loop import LOOP, candidates, kinds_mending

BOTH = "        w.data -= rate * w.grad\n        b.data -= rate * b.grad\n"


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        (BOTH.replace("-=", "+="), "step uphill"),
        (BOTH.replace("-= rate", "=- rate"), "step uphill"),
        (BOTH.replace("b.data -=", "b.data +="), "step uphill"),
        (BOTH.replace("data", "grad"), "step of a parameter"),
        (BOTH.replace("-=", "="), "step of a parameter"),
        (BOTH.replace("rate * b.grad", "rate * w.grad"), "step of a parameter"),
        (BOTH.replace("rate * b.grad", "rate * b.data"), "step of a parameter"),
        (
            "        w = w - Value(rate * w.grad)\n        b = b - Value(rate * b.grad)\n",
            "step of a parameter",
        ),
        ("        w.data -= rate * w.grad\n", "parameter forgotten"),
    ],
)
def test_a_step_that_is_wrong_is_mended(wrong: str, kind: str) -> None:
    found = kinds_mending(BOTH, wrong, "w before step 2")

    assert found is not None
    assert found[0] == kind


@pytest.mark.parametrize(
    ("right", "wrong"), [("rate = 0.1\n", "rate = 0.01\n"), ("rate = 0.1\n", "rate = 1\n")]
)
def test_a_rate_that_has_a_name_is_mended_where_it_is_set(right: str, wrong: str) -> None:
    found = kinds_mending(right, wrong, "w before step 2")

    assert found is not None
    assert found[0] == "rate"


def test_a_rate_that_is_missing_is_put_there() -> None:
    source = LOOP.replace(BOTH, BOTH.replace("rate * ", ""))

    texts = [edit.text for one in candidates(source, "w before step 2") for edit in one.edits]

    assert {"0.1 * w.grad", "0.1 * b.grad"} <= {*texts}


def test_a_step_below_the_loop_over_examples_is_taken_into_it() -> None:
    moved = BOTH.replace("        ", "    ")

    found = kinds_mending(BOTH, moved, "w before step 2")

    assert found is not None
    assert found[0] == "order in the loop"


def test_a_step_before_the_pass_comes_after_it() -> None:
    right = "        loss.backward()\n" + BOTH

    found = kinds_mending(right, BOTH + "        loss.backward()\n", "w before step 2")

    assert found is not None
    assert found[0] == "order in the loop"
