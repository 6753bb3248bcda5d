"""What is kept of many passes: the first, the last, the losses, as much as a reply holds."""

import json
import textwrap

from tests.sandbox.child.tracing.scripts import ENGINE, FILE, Seen


def test_a_hundred_thousand_steps_are_counted_in_little_memory() -> None:
    code = """
    def train(steps):
        w = Value(1.0)
        for _ in range(steps):
            w.grad = 0.0
            (w * w).backward()
            w.data -= 1e-6 * w.grad
    """
    seen = Seen(ENGINE + textwrap.dedent(code) + "\n\ntrain(100_000)")

    (training,) = seen.watch.trainings
    assert training.count == 100_000
    assert [number for number, *_ in training.to_json(FILE, 256)[3]] == [
        *range(1, 17),
        *range(99_997, 100_001),
    ]
    assert len(training.losses) <= 4096


def test_many_trainings_of_a_large_network_fit_into_a_reply() -> None:
    code = """
    weights = [Value(0.5 + n) for n in range(300)]
    def total():
        result = Value(0.0)
        for weight in weights:
            result = result + weight * weight
        return result
    """
    loop = """
    for _ in range(20):
        loss = total()
        for weight in weights:
            weight.grad = 0.0
        loss.backward()
        for weight in weights:
            weight.data -= 0.01 * weight.grad
    """
    deep = "import sys\nsys.setrecursionlimit(9000)\n" + ENGINE
    seen = Seen(deep + textwrap.dedent(code) + textwrap.dedent(loop) * 12)

    told = seen.watch.to_json()

    assert len(json.dumps(told)) < 1 << 19
    assert [made for _, _, made, *_ in told] == [20] * 12
    assert min(len(leaves) for *_, passes, _, _, _, _ in told for *_, leaves in passes) >= 12
    assert all(is_cut for *_, is_cut in told)
