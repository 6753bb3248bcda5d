"""What is left out is told as far as there is room."""

from grader.submissions.intake.left_out import MOST_TOLD, LeftOut


def test_there_is_room_to_tell_of_so_many() -> None:
    refused = LeftOut()

    for number in range(MOST_TOLD + 1_200):
        refused.add(f"{number}.py", "no")

    assert len(refused.lines()) == MOST_TOLD + 1
    assert refused.lines()[-1] == "and 1,200 more"


def test_another_list_is_taken_over_with_its_doubts() -> None:
    inner, outer = LeftOut(), LeftOut()
    inner.add("a.py", "it is a link")
    inner.doubt("ôc/value.py")
    inner.doubt_readings("'田/value.py' in cp932")

    outer.take_over(inner)

    assert outer.lines() == ("a.py: it is a link",)
    assert outer.doubts() == (
        "1 name in it may be wrong: nothing says in which letters they are written; one is read "
        "as 'ôc/value.py', and is '田/value.py' in cp932: --names-in says which",
    )
