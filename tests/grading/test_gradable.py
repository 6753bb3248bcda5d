"""A submission is asked one Program, or as many as there is time for."""

from collections.abc import Callable, Mapping

from grader.engines.observation import Observation
from grader.engines.program import Program
from grader.grading.gradable import NOT_ASKED, asks_one, within_time
from grader.sandbox.subject import AskOptions

OPTIONS = AskOptions({}, {})


class Echo:
    """A submission whose answer to a Program is its key, as long as it is wanted."""

    def ask(
        self,
        programs: Mapping[str, Program],
        asked: AskOptions,
        wanted: Callable[[str], bool],
        done: Callable[[str, Observation], None],
    ) -> None:
        for key in programs:
            if wanted(key):
                done(key, Observation("answered", detail=key))


NOTHING = Program((), ())


def test_one_program_is_asked_under_its_key() -> None:
    assert asks_one(Echo(), OPTIONS)("adds", NOTHING) == Observation("answered", detail="adds")


def test_what_there_is_no_time_for_is_not_asked() -> None:
    times = iter([True, True, False])

    answers = within_time(Echo(), OPTIONS)(lambda: next(times))([NOTHING] * 3)

    assert [one.detail for one in answers[:2]] == ["0", "1"]
    assert answers[2] == NOT_ASKED
