"""Programs and Observations travel as JSON; of what comes back, nothing is believed unchecked."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.engines.encoding import (
    LONGEST_FIELD,
    MOST_ITEMS,
    Malformed,
    fault_from,
    fault_to,
    observation_from,
    observation_to,
)
from grader.engines.observation import (
    ENDINGS,
    HALF,
    NODES,
    NOTHING,
    NUMBER,
    ORDER,
    OTHER,
    SINGLE,
    TEXT,
    TRUTH,
    Answer,
    BorrowedPackage,
    Fault,
    Observation,
    Place,
    PrintedText,
    Traversal,
)
from grader.engines.program import Program, Step
from grader.engines.program_encoding import program_from, program_to
from tests.drawn import any_programs, observations

STEPS = 8
PROGRAM = Program((Step("make", "Value", (2.0,)),) * STEPS, ())
OBSERVATION = Observation(
    "raised",
    {
        0: Answer(NUMBER, 2.5),
        1: Answer(TRUTH, True),
        2: Answer(NODES, (0, -1), "{}._prev"),
        3: Answer(ORDER, Traversal((0, 1), ((0, -0.5),), True), "topo({})"),
        4: Answer(TEXT, PrintedText("Value(2.5)", False)),
        5: Answer(NOTHING, None),
        6: Answer(OTHER, "a list of 3"),
    },
    7,
    Fault("TypeError", "no", Place("value.py", 12, "__add__")),
    "more",
    {},
    BorrowedPackage("Value", "torch", Place("value.py", 7, "tanh"), "Tensor"),
)
REPLY: dict[str, Any] = {
    "ended": "raised",
    "answers": [
        [0, "number", "0x1.4000000000000p+1", ""],
        [1, "truth", True, ""],
        [2, "nodes", [0, -1], "{}._prev"],
        [3, "order", [[0, 1], [[0, "-0x1.0000000000000p-1"]], True], "topo({})"],
        [4, "text", ["Value(2.5)", False], ""],
        [5, "nothing", None, ""],
        [6, "other", "a list of 3", ""],
    ],
    "step": 7,
    "fault": ["TypeError", "no", ["value.py", 12, "__add__"]],
    "detail": "more",
    "borrowed": ["Value", "torch", ["value.py", 7, "tanh"], "Tensor"],
}


def over_the_line(message: Any) -> Any:
    return json.loads(json.dumps(message))


def with_part(path: tuple[Any, ...], part: object) -> dict[str, Any]:
    """REPLY with another part at `path`."""
    reply = deepcopy(REPLY)
    at: Any = reply
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = part
    return reply


@given(any_programs())
def test_a_program_arrives_as_it_left_without_its_names_and_labels(program: Program) -> None:
    arrived = program_from(over_the_line(program_to(program)))

    assert repr(arrived) == repr(program)


def test_a_program_s_names_and_labels_stay_behind() -> None:
    program = Program(PROGRAM.steps, (), {0: "a secret"})

    assert "secret" not in json.dumps(program_to(program))


@given(observations(STEPS))
def test_an_observation_arrives_as_it_left(observation: Observation) -> None:
    arrived = observation_from(over_the_line(observation_to(observation)), PROGRAM)

    assert repr(arrived) == repr(observation)


def test_an_observation_is_written_as_agreed() -> None:
    assert over_the_line(observation_to(OBSERVATION)) == REPLY
    assert observation_from(REPLY, PROGRAM) == OBSERVATION


@given(st.floats())
def test_a_number_arrives_to_the_last_bit(number: float) -> None:
    sent = Observation("answered", {0: Answer(NUMBER, number)})

    arrived = observation_from(over_the_line(observation_to(sent)), PROGRAM)

    assert arrived.answers[0].value == number or repr(arrived) == repr(sent)


def test_text_is_bounded_and_without_control_characters() -> None:
    reply = with_part(("detail",), "a\n\x1b[2J" + "b" * 10_000)

    arrived = observation_from(reply, PROGRAM)

    assert arrived.detail == "a  [2J" + "b" * (LONGEST_FIELD - 6)


def test_lists_are_bounded() -> None:
    reply = with_part(("answers", 2, 2), [0] * (MOST_ITEMS + 5))

    arrived = observation_from(reply, PROGRAM)

    assert arrived.answers[2].value == (0,) * MOST_ITEMS


WHERE = "replied with a {} where a {} belongs"
NO_STEP = "replied about a step that was not asked"
NO_NUMBER = "replied with a number that is none"
NO_KIND = "replied with an answer of a kind that does not exist"
NO_ENDING = "replied with an ending that does not exist"

MALFORMED: list[tuple[tuple[Any, ...], object, str]] = [
    (("ended",), "passed", NO_ENDING),
    (("ended",), None, NO_ENDING),
    (("ended",), ["answered"], NO_ENDING),
    (("answers",), None, WHERE.format("NoneType", "list")),
    (("answers",), {}, WHERE.format("dict", "list")),
    (("answers", 0), "0123", WHERE.format("str", "list")),
    (("answers", 0), [0, "number", "0x1p0"], "replied with 3 fields where 4 belong"),
    (("answers", 0), [], "replied with 0 fields where 4 belong"),
    (("answers", 0, 0), STEPS, NO_STEP),
    (("answers", 0, 0), -1, NO_STEP),
    (("answers", 0, 0), "0", WHERE.format("str", "int")),
    (("answers", 0, 0), False, WHERE.format("bool", "int")),
    (("answers", 0, 0), 0.0, WHERE.format("float", "int")),
    (("answers", 0, 1), "complex", NO_KIND),
    (("answers", 0, 1), None, WHERE.format("NoneType", "str")),
    (("answers", 0, 1), [], WHERE.format("list", "str")),
    (("answers", 0, 1), {}, WHERE.format("dict", "str")),
    (("answers", 0, 2), 2.5, WHERE.format("float", "str")),
    (("answers", 0, 2), 2, WHERE.format("int", "str")),
    (("answers", 0, 2), True, WHERE.format("bool", "str")),
    (("answers", 0, 2), None, WHERE.format("NoneType", "str")),
    (("answers", 0, 2), "2,5", NO_NUMBER),
    (("answers", 0, 2), "", NO_NUMBER),
    (("answers", 0, 2), "0x1p+99999", NO_NUMBER),
    (("answers", 0, 2), "0x1." + "0" * 61, NO_NUMBER),
    (("answers", 0, 3), None, WHERE.format("NoneType", "str")),
    (("answers", 1, 2), 1, WHERE.format("int", "bool")),
    (("answers", 1, 2), "true", WHERE.format("str", "bool")),
    (("answers", 2, 2), "01", WHERE.format("str", "list")),
    (("answers", 2, 2, 0), STEPS, NO_STEP),
    (("answers", 2, 2, 0), -2, NO_STEP),
    (("answers", 2, 2, 0), -1.0, WHERE.format("float", "int")),
    (("answers", 2, 2, 0), True, WHERE.format("bool", "int")),
    (("answers", 3, 2), [[0], []], "replied with 2 fields where 3 belong"),
    (("answers", 3, 2, 0), 0, WHERE.format("int", "list")),
    (("answers", 3, 2, 0, 1), 99, NO_STEP),
    (("answers", 3, 2, 1), None, WHERE.format("NoneType", "list")),
    (("answers", 3, 2, 1, 0), 0, WHERE.format("int", "list")),
    (("answers", 3, 2, 1, 0), [0], "replied with 1 fields where 2 belong"),
    (("answers", 3, 2, 1, 0, 0), -1, NO_STEP),
    (("answers", 3, 2, 1, 0, 1), 0.5, WHERE.format("float", "str")),
    (("answers", 3, 2, 2), 1, WHERE.format("int", "bool")),
    (("answers", 4, 2), "Value(2.5)", WHERE.format("str", "list")),
    (("answers", 4, 2, 0), None, WHERE.format("NoneType", "str")),
    (("answers", 4, 2, 1), 0, WHERE.format("int", "bool")),
    (("answers", 6, 2), ["a list"], WHERE.format("list", "str")),
    (("step",), STEPS, NO_STEP),
    (("step",), "7", WHERE.format("str", "int")),
    (("step",), True, WHERE.format("bool", "int")),
    (("fault",), "TypeError", WHERE.format("str", "list")),
    (("fault",), ["TypeError"], "replied with 1 fields where 3 belong"),
    (("fault", 0), None, WHERE.format("NoneType", "str")),
    (("fault", 1), 3, WHERE.format("int", "str")),
    (("fault", 2), "value.py", WHERE.format("str", "list")),
    (("fault", 2), ["value.py", 12], "replied with 2 fields where 3 belong"),
    (("fault", 2, 0), None, WHERE.format("NoneType", "str")),
    (("fault", 2, 1), "12", WHERE.format("str", "int")),
    (("fault", 2, 2), [], WHERE.format("list", "str")),
    (("detail",), None, WHERE.format("NoneType", "str")),
    (("borrowed",), None, WHERE.format("NoneType", "list")),
    (("borrowed",), ["Value", "torch"], "replied with 2 fields where 4 belong"),
    (("borrowed", 0), "a b", "replied with a name that is none"),
    (("borrowed", 1), "", "replied with a name that is none"),
    (("borrowed", 1), 7, WHERE.format("int", "str")),
    (("borrowed", 2), ["value.py", 12], "replied with 2 fields where 3 belong"),
    (("borrowed", 3), None, WHERE.format("NoneType", "str")),
]


@pytest.mark.parametrize(("path", "part", "says"), MALFORMED)
def test_a_reply_with_another_part_is_malformed(
    path: tuple[Any, ...], part: object, says: str
) -> None:
    with pytest.raises(Malformed) as e:
        observation_from(with_part(path, part), PROGRAM)

    assert str(e.value) == says


@pytest.mark.parametrize("field", ["ended", "answers", "detail"])
def test_a_reply_without_a_field_is_malformed(field: str) -> None:
    reply = {key: part for key, part in REPLY.items() if key != field}

    with pytest.raises(Malformed):
        observation_from(reply, PROGRAM)


@pytest.mark.parametrize("reply", [None, [], "answered", 3, [REPLY]])
def test_a_reply_that_is_no_object_is_malformed(reply: object) -> None:
    with pytest.raises(Malformed, match=r"^replied with a \w+ where a dict belongs$"):
        observation_from(reply, PROGRAM)


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=8,
)
paths = st.sampled_from([path for path, _, _ in MALFORMED])


@given(paths, any_json | st.sampled_from([part for _, part, _ in MALFORMED]))
def test_nothing_of_another_type_gets_through(path: tuple[Any, ...], part: object) -> None:
    try:
        observation = observation_from(with_part(path, part), PROGRAM)
    except Malformed:
        return

    assert is_plain(observation)


def is_plain(observation: Observation) -> bool:
    """Return whether every part of an Observation is of the very type it should be."""
    ended, answers, step, fault, detail, members, borrowed, use, precision = observation
    place = fault.place if fault else None
    return (
        ended in ENDINGS
        and use is None
        and precision in ("", SINGLE, HALF)
        and all(type(at) is int and 0 <= at < STEPS for at in answers)
        and all(is_plain_answer(*answer) for answer in answers.values())
        and (step is None or (type(step) is int and 0 <= step < STEPS))
        and (fault is None or types_of(fault[:2]) == (str, str))
        and (place is None or types_of(place) == (str, int, str))
        and type(detail) is str
        and all(types_of(pair) == (str, str) for pair in members.items())
        and (borrowed is None or types_of((*borrowed[:2], borrowed.held_class)) == (str, str, str))
    )


def is_plain_answer(kind: str, value: Any, how: str) -> bool:
    shapes: dict[str, Callable[[], bool]] = {
        NUMBER: lambda: type(value) is float,
        TRUTH: lambda: type(value) is bool,
        NODES: lambda: are_nodes(value),
        ORDER: lambda: (
            type(value) is Traversal
            and (value.order is None or are_nodes(value.order))
            and all(types_of(pair) == (int, float) for pair in value.gradients)
            and type(value.reversible) is bool
        ),
        TEXT: lambda: type(value) is PrintedText and types_of(value) == (str, bool),
        NOTHING: lambda: value is None,
        OTHER: lambda: type(value) is str,
    }
    return type(how) is str and shapes[kind]()


def are_nodes(value: object) -> bool:
    return type(value) is tuple and all(type(at) is int and -1 <= at < STEPS for at in value)


def types_of(parts: tuple[object, ...]) -> tuple[type, ...]:
    return tuple(type(part) for part in parts)


@pytest.mark.parametrize("fault", [OBSERVATION.fault, Fault("E", ""), Fault("E", "m", None)])
def test_a_fault_arrives_as_it_left(fault: Fault) -> None:
    assert fault_from(over_the_line(fault_to(fault))) == fault


@pytest.mark.parametrize("plain", [None, [], ["E", "m"], ["E", "m", None, None], {"type": "E"}])
def test_what_is_no_fault_is_malformed(plain: object) -> None:
    with pytest.raises(Malformed):
        fault_from(plain)
