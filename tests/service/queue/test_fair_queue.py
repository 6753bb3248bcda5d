"""Turns go round between courses and people, newest first for each, and regrades come last."""

from grader.service.queue.fair_queue import FairQueue, QueuedJob


def job(
    number: int, person: str = "ada", course: str = "ml", exercise: str = "ex9", regrade: str = ""
) -> QueuedJob:
    return QueuedJob(number, course, exercise, person, regrade)


def order(queue: FairQueue) -> list[int]:
    numbers = []
    while (one := queue.pop()) is not None:
        numbers.append(one.number)
    return numbers


def filled(*jobs: QueuedJob) -> FairQueue:
    queue = FairQueue()
    for one in jobs:
        queue.add(one)
    return queue


def test_who_waits_first_goes_first() -> None:
    assert order(filled(job(1), job(2, "bob"), job(3, "cyd"))) == [1, 2, 3]


def test_one_who_hands_in_ten_times_keeps_nobody_waiting() -> None:
    ten = [job(number, exercise=f"ex{number}") for number in range(1, 11)]

    assert order(filled(*ten, job(11, "bob")))[:2] == [1, 11]


def test_a_course_with_a_crowd_keeps_no_other_waiting() -> None:
    crowd = [job(number, f"p{number}") for number in range(1, 11)]

    assert order(filled(*crowd, job(11, "eve", "art")))[:2] == [1, 11]


def test_the_newest_of_a_person_goes_first_and_the_older_one_is_not_lost() -> None:
    assert order(filled(job(1), job(2, "bob"), job(3))) == [2, 3, 1]


def test_what_comes_back_from_another_lane_stays_behind_a_newer_one() -> None:
    assert order(filled(job(3), job(1))) == [3, 1]


def test_a_regrade_waits_for_everyone_who_is_there() -> None:
    assert order(filled(job(1, regrade="r"), job(2, "bob"))) == [2, 1]


def test_a_position_says_how_many_go_before_at_most() -> None:
    queue = filled(job(1), job(2, "bob"), job(3, "cyd"), job(4, "dan", regrade="r"))

    assert [queue.position(one) for one in (("", 1), ("", 3), ("r", 4), ("", 9))] == [0, 2, 3, None]


def test_who_had_a_turn_goes_behind_who_had_none() -> None:
    queue = filled(job(1), job(2, "bob"))
    queue.pop()
    queue.add(job(3, exercise="ex2"))

    assert queue.position(("", 2)) == 0
    assert order(queue) == [2, 3]


def test_nothing_is_kept_of_who_does_not_wait() -> None:
    queue = filled(*(job(number, f"p{number}") for number in range(100)))
    order(queue)

    assert len(queue) == 0
    assert list(queue) == []
