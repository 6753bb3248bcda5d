"""What was worked out about an object is given again, until there is no room left."""

from grader.engines.memo import Remembered


def test_an_object_is_worked_out_once() -> None:
    seen: list[str] = []
    known: Remembered[str, None] = Remembered()

    for text in ("ab",) * 3:
        known.of(text, seen.append)

    assert seen == ["ab"]


def test_equal_objects_are_two() -> None:
    known: Remembered[list[int], int] = Remembered()
    one, other = [1], [1]
    known.of(one, id)

    assert known.of(other, id) == id(other)


def test_it_begins_anew_when_it_is_full() -> None:
    seen: list[int] = []
    known: Remembered[list[int], None] = Remembered(most=2)
    held = [[number] for number in range(3)]

    for one in (*held, held[0]):
        known.of(one, lambda asked: seen.append(asked[0]))

    assert seen == [0, 1, 2, 0]
