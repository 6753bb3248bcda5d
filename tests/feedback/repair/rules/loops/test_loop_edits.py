"""The edits of a training loop hold what gives the right one back, where the failure shows it."""

import pytest

from grader.feedback.repair.edit import edited
from grader.feedback.repair.rules.loops.loop_edits import likely_at
from grader.feedback.repair.rules.loops.loop_task import LoopTask
from tests.feedback.repair.rules.loops.loop import LOOP, candidates, kinds_mending

ZEROS = "        w.grad = 0.0\n        b.grad = 0.0\n"
PASS = "        loss.backward()\n"
STEPS = "        w.data -= rate * w.grad\n        b.data -= rate * b.grad\n"


@pytest.mark.parametrize(
    ("right", "wrong", "label", "kind"),
    [
        (ZEROS + PASS, PASS, "w.grad in step 2", "zeroing"),
        (ZEROS + PASS, PASS + ZEROS, "w before step 2", "order in the loop"),
        ("range(100)", "range(50)", "w before step 101", "number of passes"),
        ("range(100)", "range(101)", "w at the end", "number of passes"),
        ("loss.backward()", "y_pred.backward()", "w.grad in step 1", "pass from elsewhere"),
        (PASS, PASS + PASS, "w.grad in step 1", "pass too much"),
    ],
)
def test_the_right_loop_is_among_its_edits(right: str, wrong: str, label: str, kind: str) -> None:
    found = kinds_mending(right, wrong, label)

    assert found is not None
    assert found[0] == kind
    assert found[1] < 7  # near the front: each of those before it is a run


def test_gradients_are_zeroed_as_the_steps_are_made_over_a_list() -> None:
    source = (
        "for _ in range(20):\n"
        "    loss = model(xs)\n"
        "    loss.backward()\n"
        "    for p in net.parameters():\n"
        "        p.data -= 0.05 * p.grad\n"
    )

    first, *_ = candidates(source, "not zeroed", LoopTask((), None, 10))

    (after,) = edited((source,), first.edits)
    assert "    for p in net.parameters():\n        p.grad = 0.0\n    loss.backward()\n" in after


def test_a_loop_for_zeros_alone_that_comes_too_late_is_moved_as_a_whole() -> None:
    zeros = "    for p in net.parameters():\n        p.grad = 0.0\n"
    step = "    for p in net.parameters():\n        p.data -= 0.05 * p.grad\n"
    head, back = "for _ in range(20):\n    loss = model(xs)\n", "    loss.backward()\n"
    source = head + back + zeros + step

    found = [edited((source,), one.edits)[0] for one in candidates(source, "still")]

    assert head + zeros + back + step in found


def test_where_there_is_no_loop_there_is_no_edit() -> None:
    assert candidates("loss = model(x)\nloss.backward()\n", "w.grad in step 1") == []
    assert candidates(LOOP.replace("for epoch in", "for epoch on"), "w.grad in step 1") == []


@pytest.mark.parametrize(
    ("label", "likely"),
    [
        ("w.grad in step 1", "pass"),
        ("w.grad in step 7", "zeroing"),
        ("b before step 2", "step"),
        ("the loss of step 1", "pass"),
        ("w at the end", "count"),
        ("uphill", "step"),
        ("still, True", "step"),
    ],
)
def test_the_first_difference_says_which_edits_are_likely(label: str, likely: str) -> None:
    assert likely_at(label) == likely
