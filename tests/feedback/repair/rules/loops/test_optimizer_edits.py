"""The edits of a loop whose steps an optimizer makes hold what gives the right one back."""

import pytest

from grader.feedback.repair.edit import edited
from grader.feedback.repair.rules.loops.loop_task import LoopTask
from tests.feedback.repair.rules.loops.loop import candidates

LOOP = """\
class SGD:
    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters = parameters


w, b = Value(0.0), Value(0.0)
optimizer = SGD([w, b], lr=0.02, momentum=0.9)
for epoch in range(10):
    for x, y in zip(xs, ys):
        optimizer.zero_grad()
        loss = (w * x + b - y) ** 2
        loss.backward()
        clip(w, b, 2.0)
        optimizer.step()
print(w.data)
"""
TASK = LoopTask(("w", "b"), 0.02, 10, {"momentum": 0.9}, (2.0,))
PASS, STEP = "        loss.backward()\n", "        optimizer.step()\n"
CLIP = "        clip(w, b, 2.0)\n"


def kind_mending(right: str, wrong: str, label: str) -> tuple[str, int] | None:
    assert LOOP.count(right) == 1, right
    source = LOOP.replace(right, wrong)
    for at, one in enumerate(candidates(source, label, TASK)):
        if edited((source,), one.edits) == (LOOP,):
            return one.kind, at
    return None


@pytest.mark.parametrize(
    ("right", "wrong", "label", "kind"),
    [
        ("lr=0.02", "lr=0.2", "w before step 2", "rate"),
        (", momentum=0.9)", ")", "w before step 3", "constant"),
        ("momentum=0.9)", "momentum=0.5)", "w before step 3", "constant"),
        ("SGD([w, b]", "SGD([w]", "b before step 2", "parameter forgotten"),
        (PASS + CLIP + STEP, PASS + STEP + CLIP, "w before step 2", "order in the loop"),
        (CLIP + STEP, CLIP.replace("2.0", "1.0") + STEP, "w before step 2", "constant"),
        (CLIP + STEP, CLIP + STEP[4:], "w before step 2", "order in the loop"),
    ],
)
def test_what_an_optimizer_is_made_with_and_when_it_steps(
    right: str, wrong: str, label: str, kind: str
) -> None:
    found = kind_mending(right, wrong, label)

    assert found is not None
    assert found[0] == kind
    assert found[1] < 5  # near the front: each of those before it is a run


def test_a_step_before_the_pass_comes_after_it() -> None:
    source = LOOP.replace(CLIP, "").replace(PASS + STEP, STEP + PASS)

    found = [edited((source,), one.edits)[0] for one in candidates(source, "still", TASK)]

    assert LOOP.replace(CLIP, "") in found


def test_gradients_that_stay_are_zeroed_by_the_optimizer() -> None:
    source = LOOP.replace("        optimizer.zero_grad()\n", "")

    first, *_ = candidates(source, "w.grad in step 2", TASK)

    (after,) = edited((source,), first.edits)
    assert "        optimizer.zero_grad()\n        loss.backward()\n" in after
