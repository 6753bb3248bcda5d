"""What comes over the line is an entry of a record, or it is refused."""

from typing import Any

import pytest

from grader.engines.encoding import Malformed
from grader.sandbox.protocol import record_codes as codes
from grader.sandbox.recording import record as record_module
from grader.sandbox.recording.record import Record
from tests.sandbox.recording.recorded import ENGINE, Recorded

PLACE = [[1], [7], "value.py", "<module>", 0]
TWO_LEAVES = [codes.LEAF, 2.0, 0, codes.LEAF, 3, 0]


def test_the_last_entry_is_answered() -> None:
    record = Record()
    record.take([*TWO_LEAVES, codes.MULTIPLY, 1, 2, codes.BACKWARD, 3, [1.0, False, PLACE]])

    assert record.take([codes.DATA, 3, 0]) == 6.0
    assert record.take([codes.GRAD, 1, 0]) == 3.0
    assert record.take([codes.LOOK, [1, 3], 0]) == [[2.0, 3.0, ""], [6.0, 1.0, "*"]]


def test_a_plain_number_stands_on_either_side() -> None:
    record = Record()
    record.take([*TWO_LEAVES, codes.SUBTRACT + codes.RIGHT, 1, 5, codes.DIVIDE + codes.LEFT, 6, 2])

    assert [record.take([codes.DATA, node, 0]) for node in (3, 4)] == [-3.0, 2.0]


def test_a_pass_waits_for_the_rules_of_its_own_nodes() -> None:
    record = Record()
    record.take([codes.LEAF, 2.0, 0, codes.OWN, 4.0, ["square", [1], None]])

    assert record.take([codes.BACKWARD, 2, [1.0, False, PLACE]]) == [2, []]
    record.take([codes.SET_GRAD, 1, 4.0])
    assert record.take([codes.DONE, 0, 0])[0] is None
    assert [one.passes[0].rows[0].after for one in record.passes.trainings] == [4.0]


@pytest.mark.parametrize(
    "entries",
    [
        "text",
        [codes.LEAF, 2.0],
        ["0", 2.0, 0],
        [True, 2.0, 0],
        [codes.LEAF, "2.0", 0],
        [codes.LEAF, None, 0],
        [codes.LEAF, 1 << 2000, 0],
        [codes.ADD, 1, 2],
        [codes.ADD, True, 1],
        [codes.TANH, 7, 0],
        [40, 1, 1],
        [999, 1, 1],
        [-1, 1, 1],
        [codes.OWN, 1.0, None],
        [codes.OWN, 1.0, ["f", [3], None]],
        [codes.LEAF, 1.0, 0, codes.BECOME, 1, ["f", [1], None]],
        [codes.LEAF, 1.0, 0, codes.OWN, 1.0, ["f", [1], [1.0, 2.0]]],
        [codes.LEAF, 1.0, 0, codes.BACKWARD, 1, None],
        [codes.LEAF, 1.0, 0, codes.BACKWARD, 1, [1.0, False, [[1], [2, 3], "", "", 0]]],
        [codes.LEAF, 1.0, 0, codes.BACKWARD, 1, [1.0, False, [[], [], "", "", 0]]],
        [codes.LEAF, 1.0, 0, codes.BACKWARD, 1, [1.0, False, [[-1], [2], "", "", 0]]],
        [codes.DONE, 0, 0],
        [codes.LOOK, 3, 0],
        [codes.LEAF, 1.0, 0, codes.FREE, 1, 0],
        [codes.LEAF, 1.0, 0, codes.FREE, [1, [2]], 0],
        [codes.LEAF, 1.0, 0, codes.FREE, [1.0], 0],
        [codes.DATA, 1, 0],
    ],
)
def test_what_is_no_entry_is_refused(entries: Any) -> None:
    with pytest.raises(Malformed):
        Record().take(entries)


def test_a_node_that_is_free_is_gone() -> None:
    record = Record()
    record.take([*TWO_LEAVES, codes.FREE, [1, 99], 0])

    with pytest.raises(Malformed, match="named a node that is not there"):
        record.take([codes.DATA, 1, 0])


def test_a_run_that_keeps_too_many_nodes_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "MOST_NODES", 2)
    record = Record()
    record.take([*TWO_LEAVES, codes.LEAF, 1.0, 0])

    assert record.unfit == "its graphs are too large"
    assert record.take([codes.DATA, 1, 0]) is None


def test_nodes_that_others_hold_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_module, "MOST_BLOCKS", 20_000)
    record = Record()
    record.take([codes.LEAF, 1.0, 0])
    for number in range(1, 20_000):
        record.take([codes.ADD + codes.RIGHT, number, 1.0, codes.FREE, [number], 0])
        if record.unfit:
            break

    assert record.unfit == "its graphs are too large"


def test_why_a_run_cannot_be_recorded_is_kept() -> None:
    record = Record()
    record.take([codes.UNFIT, "its objects hold something else", 0])

    assert record.unfit == "its objects hold something else"


TRAINED = """
w, v = Value(2.0), Value(-1.0)
seen = []
for step in range(4):
    loss = (w * v + 0.5) ** 2
    loss.backward()
    seen.append((loss.data, w.data, w.grad, v.data, v.grad, loss.grad))
    w.data -= 0.1 * w.grad
    v.data -= 0.1 * v.grad
    if step % 2:
        w.grad = v.grad = 0.0
    seen.append((w.data, v.data, w.grad, v.grad))
"""


def test_what_is_read_in_a_recorded_run_is_what_an_engine_holds() -> None:
    names: dict[str, Any] = {}
    exec(f"{ENGINE}\n{TRAINED}", names)

    recorded = Recorded(TRAINED)

    assert recorded.names["seen"] == [pytest.approx(one) for one in names["seen"]]


def test_after_the_first_steps_one_turn_makes_a_pass() -> None:
    turns = []
    for steps in (10, 20):
        recorded = Recorded(TRAINED.replace("range(4)", f"range({steps})"))
        turns.append(recorded.turns)

    assert turns[1] - turns[0] == 10
