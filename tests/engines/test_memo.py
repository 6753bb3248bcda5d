"""What was worked out about an object is given again, until there is no room left."""

from grader.engines.memo import Memo


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
