"""A Trace comes from a student's process, and is believed only after every part was looked at."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.engines.encoding import Malformed
from grader.engines.observation import NUMBER, OTHER, Answer, Place
from grader.sandbox.trace import (
    DEEPEST,
    MOST_ITEMS,
    MOST_MOMENTS,
    MOST_PASSES,
    MOST_TRAININGS,
    HeldNode,
    Leaf,
    Moment,
    Pass,
    Trace,
    Training,
    trace_from,
)

TWO = ["number", (2.0).hex()]
NODE = ["node", 7, TWO, ["number", (0.5).hex()], "w", "+", [8, 9]]
PLACE = ["value.py", 12, "train"]
LEAF = [1, 7, 2, TWO, TWO, TWO]
PASS = [1, TWO, 5, [LEAF]]
TRAINING = [PLACE, 3, 1, [PASS], [(2.0).hex()], [[1, TWO, TWO]], ["Add", "*"], True]


def moment(*changed: Any, gone: Any = (), **fields: Any) -> list[Any]:
    return [
        fields.get("where", "line 3"),
        fields.get("cell", 0),
        fields.get("after_pass", False),
        fields.get("printed", ""),
        list(changed),
        list(gone),
    ]


def test_a_moment_holds_what_has_not_changed_since_the_one_before() -> None:
    first = moment(["a", ["answer", *TWO]], ["b", NODE])
    second = moment(["c", ["list", [["answer", *TWO]]]], gone=["a"], after_pass=True, cell=4)

    trace = trace_from([[first, second], []])

    two = Answer(NUMBER, 2.0)
    node = HeldNode(7, two, Answer(NUMBER, 0.5), "w", "+", (8, 9))
    assert trace == Trace(
        (
            Moment("line 3", 0, False, "", {"a": two, "b": node}),
            Moment("line 3", 4, True, "", {"b": node, "c": (two,)}),
        )
    )


def test_a_training_arrives_as_it_left() -> None:
    two = Answer(NUMBER, 2.0)

    trace = trace_from([[], [TRAINING]])

    assert trace.trainings == (
        Training(
            Place("value.py", 12, "train"),
            3,
            1,
            (Pass(1, two, 5, (Leaf(1, 7, 2, two, two, two),)),),
            (2.0,),
            {1: (two, two)},
            frozenset({"add", "*"}),
            is_cut=True,
        ),
    )


def test_colours_are_no_part_of_what_is_printed() -> None:
    printed = "\x1b[1;32m14.0\x1b[0m\n\x1b]8;;link\x07-2\x1b[38:5:1m\n"

    (only,) = trace_from([[moment(printed=printed)], []]).moments

    assert only.printed == "14.0\n-2\n"


def test_a_dict_is_held_by_its_keys() -> None:
    held = ["dict", [["h", ["answer", *TWO]], ["f", ["answer", "other", "a list of 3"]]]]

    (only,) = trace_from([[moment(["answers", held])], []]).moments

    assert only.variables["answers"] == {
        "h": Answer(NUMBER, 2.0),
        "f": Answer(OTHER, "a list of 3"),
    }


def test_what_is_printed_keeps_its_lines_and_loses_its_control_characters() -> None:
    (only,) = trace_from([[moment(printed="1.0\n\x08\x1b2.0")], []]).moments

    assert only.printed == "1.0\n  2.0"


def nested(depth: int) -> list[Any]:
    return ["list", [nested(depth - 1)]] if depth else ["answer", *TWO]


def changed(plain: object, *path: int, to: object) -> Any:
    """`plain` with one part replaced."""
    if not path:
        return to
    assert isinstance(plain, list)
    first, *rest = path
    return [changed(item, *rest, to=to) if n == first else item for n, item in enumerate(plain)]


def training(*path: int, to: object) -> list[Any]:
    return [[], [changed(TRAINING, *path, to=to)]]


def held(variable: object) -> list[Any]:
    return [[moment(["a", variable])], []]


MALFORMED: dict[str, Any] = {
    "nothing": None,
    "a text": "[]",
    "one part": [[]],
    "three parts": [[], [], []],
    "a dict of moments": [{}, []],
    "too many moments": [[moment()] * (MOST_MOMENTS + 1), []],
    "too many trainings": [[], [TRAINING] * (MOST_TRAININGS + 1)],
    "a moment of five fields": [[moment()[:5]], []],
    "a place that is no text": [[moment(where=3)], []],
    "a cell that is a truth": [[moment(cell=True)], []],
    "a cell below 0": [[moment(cell=-1)], []],
    "a cell beyond 64 bits": [[moment(cell=1 << 63)], []],
    "a print that is no text": [[moment(printed=b"x".hex)], []],
    "names that have gone, in a number": [[changed(moment(), 5, to=3)], []],
    "names that have gone, and are lists": [[moment(["a", NODE]), moment(gone=[["a"]])], []],
    "a variable without a value": [[moment(["a"])], []],
    "a variable with a number for a name": [[moment([1, NODE])], []],
    "a kind that does not exist": held(["set", []]),
    "a kind that is no text": held([["node"], []]),
    "a kind alone": held(["answer"]),
    "no kind": held([]),
    "an answer of a kind that belongs to a Program": held(["answer", "nodes", [1]]),
    "a number that is none": held(["answer", "number", "two"]),
    "a number as such": held(["answer", "number", 2.0]),
    "a node that lacks a field": held(NODE[:-1]),
    "a node whose id is a float": held(changed(NODE, 1, to=7.0)),
    "a node whose label is None": held(changed(NODE, 4, to=None)),
    "a node with children that are names": held(changed(NODE, 6, to=["a"])),
    "a node with too many children": held(changed(NODE, 6, to=[1] * (MOST_ITEMS + 1))),
    "a list of lists too deep": held(nested(DEEPEST)),
    "a list of two parts": held(["list", [], []]),
    "a dict of three parts": held(["dict", [["a", NODE, NODE]]]),
    "a dict with a number for a key": held(["dict", [[1, NODE]]]),
    "too many items": held(["list", [["answer", *TWO]] * (MOST_ITEMS + 1)]),
    "a training of six fields": [[], [TRAINING[:6]]],
    "a line that cannot be": training(0, 1, to=-1),
    "a count that is none": training(2, to="1"),
    "too many passes": training(3, to=[PASS] * (MOST_PASSES + 1)),
    "a pass without its leaves": training(3, to=[PASS[:3]]),
    "a leaf of five fields": training(3, 0, 3, 0, to=LEAF[:5]),
    "a leaf whose gradient is no answer": training(3, 0, 3, 0, 5, to=2.0),
    "a loss that is no text": training(4, to=[2.0]),
    "a loss that is none": training(4, to=["x"]),
    "an end of two fields": training(5, to=[[1, TWO]]),
    "too many operations": training(6, to=["+"] * (MOST_PASSES + 1)),
    "an operation that is a number": training(6, to=[1]),
}


@pytest.mark.parametrize("fault", MALFORMED)
def test_what_is_not_of_the_form_agreed_is_malformed(fault: str) -> None:
    with pytest.raises(Malformed, match=r"replied (with|about)"):
        trace_from(MALFORMED[fault])


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=20,
)


@given(JSON)
def test_no_json_raises_anything_but_malformed(plain: object) -> None:
    believed(plain)


GOOD = [[moment(["a", NODE], ["b", nested(3)]), moment(gone=["a"])], [TRAINING]]


def paths(plain: object) -> list[tuple[int, ...]]:
    """The way to every part of a reply."""
    if not isinstance(plain, list):
        return [()]
    return [()] + [(n, *rest) for n, item in enumerate(plain) for rest in paths(item)]


@given(st.sampled_from(paths(GOOD)), JSON)
def test_a_reply_with_any_part_replaced_raises_nothing_but_malformed(
    path: tuple[int, ...], plain: object
) -> None:
    believed(changed(GOOD, *path, to=plain))


def believed(plain: object) -> None:
    try:
        trace = trace_from(json.loads(json.dumps(plain)))
    except Malformed:
        return
    assert isinstance(trace, Trace)
    hash(trace.trainings and trace.trainings[0].place)


def test_a_small_reply_does_not_become_more_variables_than_memory_has_room_for() -> None:
    many = moment(*([f"a{number}", ["answer", *TWO]] for number in range(MOST_ITEMS)))
    one = moment(["a0", ["answer", *TWO]])

    moments = [many, *[one] * (MOST_MOMENTS - 1)]
    assert len(json.dumps(moments)) < 1 << 19
    with pytest.raises(Malformed, match="replied with more variables than a run has"):
        trace_from([moments, []])


def test_a_moment_in_which_nothing_changes_takes_no_room() -> None:
    many = moment(*([f"a{number}", ["answer", *TWO]] for number in range(MOST_ITEMS)))

    trace = trace_from([[many, *[moment()] * (MOST_MOMENTS - 1)], []])

    assert trace.moments[-1].variables is trace.moments[0].variables
