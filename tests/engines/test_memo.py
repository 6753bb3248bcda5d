"""What was worked out about an object is given again, until there is no room left."""

from grader.engines.memo import Memo, Recent


def test_an_object_is_worked_out_once() -> None:
    seen: list[str] = []
    known: Memo[str, None] = Memo()

    for text in ("ab",) * 3:
        known.of(text, seen.append)

    assert seen == ["ab"]


def test_equal_objects_are_two() -> None:
    known: Memo[list[int], int] = Memo()
    one, other = [1], [1]
    known.of(one, id)

    assert known.of(other, id) == id(other)


def test_it_begins_anew_when_it_is_full() -> None:
    seen: list[int] = []
    known: Memo[list[int], None] = Memo(most=2)
    held = [[number] for number in range(3)]

    for one in (*held, held[0]):
        known.of(one, lambda asked: seen.append(asked[0]))

    assert seen == [0, 1, 2, 0]


def test_what_was_used_last_is_remembered_by_value() -> None:
    known: Recent[str, int] = Recent(most=3)
    known.keep("one", 1, size=1)
    known.keep("two", 2, size=1)

    assert known.get("".join(("o", "ne"))) == 1
    known.keep("three", 3, size=2)

    assert (known.get("one"), known.get("two"), known.get("three")) == (1, None, 3)


def test_what_is_larger_than_the_room_is_not_remembered() -> None:
    known: Recent[str, int] = Recent(most=3)
    known.keep("one", 1, size=1)

    known.keep("large", 2, size=4)

    assert (known.get("one"), known.get("large")) == (None, None)
    known.keep("two", 2, size=3)
    assert known.get("two") == 2
