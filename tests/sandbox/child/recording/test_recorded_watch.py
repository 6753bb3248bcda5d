"""While a run is recorded its frames are numbered, and its variables read at each new place."""

from tests.sandbox.recording.recorded import Recorded

CODE = """
def step(w):
    (w * w).backward()

w = Value(1.0)
for _ in range(3):
    step(w)
step(w)
"""


def test_one_frame_has_one_number_and_the_next_call_another() -> None:
    (loop, after) = Recorded(CODE).record.passes.trainings

    stacks = [one.place.stack for one in (*loop.passes, *after.passes)]
    outer, inner = ([stack[at][0] for stack in stacks] for at in (0, 1))
    assert len(set(outer)) == 1
    assert len(set(inner)) == 4


def test_variables_are_read_once_at_each_place() -> None:
    assert len(Recorded(CODE).looked) == 2


def test_nodes_are_described_in_one_turn() -> None:
    recorded = Recorded("w = Value(2.0)\nv = w * 3.0\n")
    names = recorded.names

    assert recorded.watch.describe([names["v"], names["w"]]) == [[6.0, 0.0, "*"], [2.0, 0.0, ""]]
    assert recorded.watch.describe([]) == []


def test_it_keeps_no_trainings_itself() -> None:
    assert Recorded(CODE).watch.to_json() == []
