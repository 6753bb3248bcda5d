"""Asking Programs of a submission, with worlds that come down in every way."""

import json
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

import pytest

from grader.engines.encoding import Malformed, observation_to
from grader.engines.observation import NUMBER, Answer, Observation, Place
from grader.engines.program import ObservedStep, Program, Step
from grader.sandbox.channel import Channel, ConnectionClosed, TimedOut, Timeout
from grader.sandbox.engine_class import Candidate
from grader.sandbox.load_result import BegunStatement, LoadResult
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.wire import LOST_LINE
from grader.sandbox.restarts import (
    KILLED,
    KILLED_TWICE,
    MOST_DEATHS,
    MOST_IN_VAIN,
    MOST_RESTARTS,
    TakesLong,
)
from grader.sandbox.subject import AskOptions, Subject
from grader.sandbox.submission_run import SandboxProcess
from grader.sandbox.usage import Usage

Reply = Mapping[str, object] | Exception
PROGRAM = Program((Step("make", "Value", (1.5,)),), (ObservedStep("a", 0),))
RIGHT = Observation("answered", {0: Answer(NUMBER, 1.5)})
SLOW = Observation("timed out", detail="stopped after 2 s of CPU")
READY: Reply = {"ready": 0}
RAN: Reply = {"ended": "ran", "mishaps": [], "classes": [], "patched": []}
OVER: Reply = {"number": -1}
ASKED = AskOptions({"Value": "Value"}, {})


def answer(number: int, observation: Observation = RIGHT) -> Reply:
    return {"number": number, **observation_to(observation)}


class Line(Channel):
    """A channel whose replies are written down beforehand; an exception is raised."""

    def __init__(self, replies: Sequence[Reply]) -> None:
        self.replies = list(replies)
        self.asked: list[Mapping[str, Any]] = []

    def request(self, message: Mapping[str, object], seconds: float) -> None:
        self.asked.append(message)

    def reply(self, within: float | Timeout) -> dict[str, Any]:
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return dict(reply)


class Scripted:
    """A World that replies as written down, and ends with the status given."""

    start_s = 1.0
    grace_s = 1.0

    def __init__(self, *replies: Reply, status: int | None = None) -> None:
        self.channel = Line(replies)
        self.status = status
        self.ended = 0

    def end(self, patience_s: float = 0.0) -> int | None:
        self.ended += 1
        return self.status

    def cpu_s(self) -> float | None:
        return None

    def queued_s(self) -> float:
        return 0.0

    def usage(self) -> Usage:
        return Usage()


def subject_in(*worlds: Scripted) -> Subject:
    launched: Iterator[Scripted] = iter(worlds)
    launch = cast("Callable[[], SandboxProcess]", lambda: next(launched))
    return Subject(launch, {"kind": "script"}, Limits())


def ask(
    subject: Subject, count: int, wanted: Callable[[str], bool] = lambda _: True
) -> dict[str, Observation]:
    """What `subject` answers to as many Programs."""
    seen: dict[str, Observation] = {}
    programs = {f"p{number}": PROGRAM for number in range(count)}
    subject.ask(programs, ASKED, wanted, seen.__setitem__)
    return {key: observation._replace(use=None) for key, observation in seen.items()}


def ready(*replies: Reply, status: int | None = None) -> Scripted:
    return Scripted(READY, RAN, *replies, status=status)


def test_all_programs_travel_in_one_message() -> None:
    world = ready(answer(0), answer(1), answer(2), OVER)
    subject = subject_in(world)
    subject.load()

    seen = ask(subject, 3)

    assert seen == {"p0": RIGHT, "p1": RIGHT, "p2": RIGHT}
    assert [len(json.loads(message.get("programs", "[]"))) for message in world.channel.asked] == [
        0,
        3,
    ]


def test_a_program_that_is_interrupted_costs_no_restart() -> None:
    world = ready(answer(0, SLOW), OVER, answer(0), OVER)
    subject = subject_in(world)
    subject.load()

    seen = ask(subject, 2)

    assert seen == {"p0": SLOW, "p1": RIGHT}
    assert world.ended == 0


def test_a_program_that_hangs_is_ended_and_the_rest_asked_again() -> None:
    first, second = ready(answer(0), TimedOut()), ready(answer(0), OVER)
    subject = subject_in(first, second)
    subject.load()

    seen = ask(subject, 3)

    assert seen == {"p0": RIGHT, "p1": SLOW, "p2": RIGHT}
    assert first.ended == 1


@pytest.mark.parametrize(
    ("status", "observation"),
    [
        (0, Observation("died", detail="its process ended by itself, with exit status 0")),
        (-11, Observation("died", detail="its process was ended by SIGSEGV")),
        (-200, Observation("died", detail="its process was ended by signal 200")),
        (-signal.SIGXCPU, Observation("timed out", detail="stopped after 60 s of CPU")),
        (None, Observation("violated", detail="closed its line to the grader")),
        (LOST_LINE, Observation("violated", detail="closed its line to the grader")),
    ],
)
def test_a_closed_line_is_explained_by_the_exit_status(
    status: int | None, observation: Observation
) -> None:
    subject = subject_in(ready(ConnectionClosed(), status=status), ready(answer(0), OVER))
    subject.load()

    seen = ask(subject, 1)

    assert seen == {"p0": observation}


def test_a_world_that_dies_is_started_again_so_often_and_no_more() -> None:
    worlds = [ready(ConnectionClosed(), status=0) for _ in range(MOST_RESTARTS + 1)]
    subject = subject_in(*worlds)
    subject.load()

    seen = ask(subject, MOST_RESTARTS + 3)

    endings = [observation.ended for observation in seen.values()]
    assert endings == ["died"] * (MOST_RESTARTS + 1) + ["not asked"] * 2
    assert list(seen.values())[-1].detail == "it had been started again too often"


def test_a_world_that_answers_nothing_is_not_started_again_whatever_asks() -> None:
    worlds = [ready(ConnectionClosed(), status=0) for _ in range(MOST_IN_VAIN + 1)]
    subject = subject_in(*worlds)  # one more would not be there
    subject.load()

    endings = [one.ended for _ in range(20) for one in ask(subject, 2).values()]

    assert endings == ["died"] * (MOST_IN_VAIN + 1) + ["not asked"] * (40 - MOST_IN_VAIN - 1)


def test_a_world_that_answers_between_its_deaths_may_die_so_often_in_all() -> None:
    worlds = [ready(answer(0), ConnectionClosed(), status=0) for _ in range(MOST_DEATHS + 1)]
    subject = subject_in(*worlds)
    subject.load()

    endings = [[one.ended for one in ask(subject, 2).values()] for _ in range(20)]

    assert endings[: MOST_DEATHS + 1] == [["answered", "died"]] * (MOST_DEATHS + 1)
    assert endings[MOST_DEATHS + 1 :] == [["not asked"] * 2] * (20 - MOST_DEATHS - 1)


def test_patience_ends_after_so_many_programs_that_do_not_end() -> None:
    replies = [reply for _ in range(13) for reply in (answer(0, SLOW), OVER)]
    subject = subject_in(ready(*replies))
    subject.load()

    seen = ask(subject, 15)

    endings = [observation.ended for observation in seen.values()]
    assert endings == ["timed out"] * 13 + ["not asked"] * 2
    assert list(seen.values())[-1].detail == "too much before it did not come to an end"


def dying(status: int, step: list[int]) -> Scripted:
    """A world whose process ends while it runs the submission."""
    return Scripted(READY, {"at": [0, 0, 1]}, {"at": step}, ConnectionClosed(), status=status)


def test_a_submission_that_dies_is_run_again_up_to_there_each_time() -> None:
    dead, first, second = dying(0, [0, 4, 40]), ready(ConnectionClosed(), status=-11), ready()
    second.channel.replies += [answer(0), OVER]
    subject = subject_in(dead, first, second)

    loaded = subject.load()
    seen = ask(subject, 2)

    assert (loaded.ended, loaded.stopped) == ("died", BegunStatement(0, 4, 40))
    assert [observation.ended for observation in seen.values()] == ["died", "answered"]
    asked = [world.channel.asked[0].get("until") for world in (dead, first, second)]
    assert asked == [None, [0, 4], [0, 4]]


def test_who_is_killed_from_outside_is_run_once_more() -> None:
    subject = subject_in(dying(-9, [0, 4, 40]), ready())

    assert subject.load() == LoadResult("ran")
    assert subject.killed == ""


def test_who_is_killed_from_outside_twice_is_not_at_fault() -> None:
    subject = subject_in(dying(-9, [0, 4, 40]), dying(-9, [0, 2, 20]))

    subject.load()
    seen = ask(subject, 2)

    assert subject.killed == KILLED_TWICE
    assert list(seen.values()) == [KILLED, KILLED]


def test_a_program_during_which_it_is_killed_from_outside_is_asked_again() -> None:
    subject = subject_in(
        ready(ConnectionClosed(), status=-9), ready(answer(0), ConnectionClosed(), status=-9)
    )
    subject.load()

    seen = ask(subject, 3)

    assert list(seen.values()) == [RIGHT, KILLED, KILLED]


def test_in_haste_what_does_not_end_is_told_at_once() -> None:
    loading, asking = subject_in(Scripted(READY, TimedOut())), subject_in(ready(answer(0, SLOW)))
    loading.hurry()
    asking.hurry()

    with pytest.raises(TakesLong):
        loading.load()
    asking.load()
    with pytest.raises(TakesLong):
        ask(asking, 1)


def test_a_violation_ends_the_subject() -> None:
    world = ready(answer(0), Malformed("wrote a forged reply"))
    subject = subject_in(world)
    subject.load()

    seen = ask(subject, 4)

    refused = Observation("violated", detail="wrote a forged reply")
    assert seen == {"p0": RIGHT, "p1": refused, "p2": refused, "p3": refused}
    assert world.ended == 1


def test_a_submission_that_cannot_be_run_again_is_not_asked_further() -> None:
    subject = subject_in(ready(TimedOut()), Scripted(READY, TimedOut()))
    subject.load()

    seen = ask(subject, 3)

    lost = Observation("not asked", detail="it could not be started again")
    assert seen == {"p0": SLOW, "p1": lost, "p2": lost}


def test_what_is_no_longer_wanted_is_not_asked_again() -> None:
    world = ready(answer(0, SLOW), OVER)
    subject = subject_in(world)
    subject.load()

    seen = ask(subject, 3, wanted=lambda key: key == "p0" or world.channel.replies != [])

    assert seen == {"p0": SLOW}


def test_nothing_wanted_is_nothing_asked() -> None:
    assert ask(subject_in(), 3, wanted=lambda _: False) == {}


@pytest.mark.parametrize(
    ("replies", "detail"),
    [
        ([answer(1)], "replied out of order"),
        ([{}], "replied out of order"),
        ([{"number": 0}], "replied with an ending that does not exist"),
        ([{**answer(0), "ended": "passed"}], "replied with an ending that does not exist"),  # type: ignore[dict-item]
    ],
)
def test_a_reply_that_is_not_agreed_is_a_violation(replies: list[Reply], detail: str) -> None:
    subject = subject_in(ready(*replies))
    subject.load()

    seen = ask(subject, 1)

    assert seen == {"p0": Observation("violated", detail=detail)}


def test_an_answer_too_many_is_found_out_and_ends_the_world() -> None:
    world = ready(answer(0), answer(1))
    subject = subject_in(world)
    subject.load()

    seen = ask(subject, 1)

    assert seen == {"p0": RIGHT}
    assert world.ended == 1


@pytest.mark.parametrize(
    ("replies", "loaded"),
    [
        ([READY, RAN], LoadResult("ran")),
        ([TimedOut()], LoadResult("timed out", detail="its process was not ready after 1 s")),
        ([READY, TimedOut()], LoadResult("timed out", detail="stopped after 10 s of CPU")),
        ([RAN], LoadResult("violated", detail="replied before it was ready")),
        (
            [Malformed("wrote a forged reply")],
            LoadResult("violated", detail="wrote a forged reply"),
        ),
        (
            [READY, READY],
            LoadResult("violated", detail="replied with an ending that does not exist"),
        ),
        (
            [READY, {"ended": "ran", "classes": 7}],
            LoadResult("violated", detail="replied without saying what it holds"),
        ),
        (
            [READY, {**RAN, "mishaps": [7]}],  # type: ignore[dict-item]
            LoadResult("violated", detail="replied with a mishap that has no place"),
        ),
        (
            [READY, {**RAN, "classes": [7]}],  # type: ignore[dict-item]
            LoadResult("violated", detail="replied with a class that has no name"),
        ),
        (
            [READY, {**RAN, "classes": [{"name": "a b"}]}],  # type: ignore[dict-item]
            LoadResult("violated", detail="replied with a class whose name is none"),
        ),
    ],
)
def test_loading_believes_nothing_unchecked(replies: list[Reply], loaded: LoadResult) -> None:
    assert subject_in(Scripted(*replies)).load()._replace(use=None) == loaded


def test_loading_reads_what_is_well_formed_and_bounded() -> None:
    fault = ["ValueError", "no\x1b[31m" + "x" * 5000, ["value.py", 3, "<module>"]]
    reply = {
        "ended": "raised",
        "mishaps": [["value.py", fault]],
        "classes": [{"name": "Value", "backward": True, "arithmetic": 1}],
        "patched": ["builtins." + "x" * 500],
    }

    loaded = subject_in(Scripted(READY, reply)).load()

    assert loaded.candidates == (Candidate("Value", backward=True, arithmetic=False),)
    assert loaded.patched == ("builtins." + "x" * 51 + "…",)
    ((running, seen),) = loaded.mishaps
    assert running == "value.py"
    assert seen.place == Place("value.py", 3, "<module>")
    assert seen.message.startswith("no [31mxxx")
    assert len(seen.message) == 4000


def test_a_world_that_was_begun_is_the_one_that_is_loaded() -> None:
    first, second = ready(), ready()
    subject = subject_in(first, second)

    subject.begin()
    loaded = subject.load()

    assert loaded == LoadResult("ran")
    assert second.channel.asked == []


def test_closing_ends_the_world_once() -> None:
    world = ready()
    subject = subject_in(world)
    subject.load()

    subject.close()
    subject.close()

    assert world.ended == 1
