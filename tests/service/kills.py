"""Kills each part of a running service, in mid-job and between: `python -m tests.service.kills`.

Whatever is killed: nothing that got a 201 or a 202 is lost, nothing has two gradings, and nothing
of an earlier life is left in the temporary folder, or runs, after the next start. Submissions come
without a pause meanwhile; whoever gets no answer sends the same again with the same key.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from ssl import PROTOCOL_TLS_CLIENT, SSLContext
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import NamedTuple
from uuid import uuid4

import httpx
from sqlalchemy import func, select

from grader.service.database.engines import database_url, engine
from grader.service.database.schema import gradings, submissions
from tests.places import SAMPLES
from tests.service.service_process import (
    PATIENCE_S,
    ServiceProcess,
    SystemProcess,
    prepared,
    processes,
    tree,
)
from tests.service.strikes import BETWEEN, IN_MID_JOB, VICTIMS, Target, Victim

ROUNDS = 30
SLOW = b"import time\ntime.sleep(0.4)\n"  # it takes long, and runs again in the slow lane
BRIEF = b"import time\ntime.sleep(0.03)\n"
FIVE_POINTS, THREE_POINTS = ((SAMPLES / f"{name}.py").read_bytes() for name in ("right", "minus"))
STUDENTS = 4
GONE_S = 60.0
NO_TLS = SSLContext(PROTOCOL_TLS_CLIENT)  # to read whom TLS trusts takes longer than to ask


class Wanted(NamedTuple):
    """What was taken: the path of the submission, and the points that it has to get."""

    path: str
    score: float


class Life:
    """A service that is killed in parts, and students who hand in all the while."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.data, self.temporary = folder / "data", folder / "tmp"
        for place in (self.data, self.temporary):
            place.mkdir(mode=0o711, exist_ok=True)
        self._url = url
        admin, self._tokens = prepared(self.data, STUDENTS, database=url)
        del admin
        options = ["--workers", "2", *(["--database", url] if url else [])]
        self.service = ServiceProcess(self.data, *options, temporary=self.temporary)
        self.taken: dict[str, Wanted] = {}
        self._refused: list[str] = []

    def round(self, victim: Victim, moment: str) -> list[str]:
        """Strike once, and return what is wrong after it."""
        stop, sent_before = Event(), len(self.taken)
        senders = [Thread(target=self._send_until, args=(stop, number)) for number in range(3)]
        if moment == IN_MID_JOB:
            for sender in senders:
                sender.start()
            _await(lambda: len(self.taken) > sent_before + 1)
        left, running = set(self._files()), tree(self.service.pid)
        with victim.strike(Target(self.service, self.data, self._url)):
            if moment == BETWEEN:
                for sender in senders:
                    sender.start()
        faults = self._left_behind(left, running) if victim.starts_again else []
        enough = len(self.taken) + 3
        _await(lambda: len(self.taken) >= enough or bool(self._refused))
        stop.set()
        for sender in senders:
            sender.join()
        refused, self._refused = self._refused, []
        return faults + refused + self._unfinished(sent_before)

    def end(self) -> list[str]:
        """End in order; return what is wrong then."""
        running = tree(self.service.pid)
        status = self.service.stop()
        faults = [f"ended with {status}"] if status else []
        faults += [f"left {name}" for name in self._files()]
        return faults + _still_running(running) + self._counted_twice()

    def _send_until(self, stop: Event, number: int) -> None:
        while not stop.is_set() and not self._refused:
            try:
                self._send(number)
            except AssertionError as error:
                self._refused.append(f"refused: {error}")
            time.sleep(0.05)

    def _send(self, number: int) -> None:
        """Hand in once, however often it has to be sent for that."""
        key = uuid4().hex
        slow, is_right = number == 0, key < "8"
        body = (SLOW if slow else BRIEF) + (FIVE_POINTS if is_right else THREE_POINTS)
        headers = {"authorization": f"Bearer {self._tokens[number]}", "idempotency-key": key}
        path = "/v1/courses/load/exercises/my475/ex9/submissions"
        give_up = time.monotonic() + PATIENCE_S
        while time.monotonic() < give_up:
            with suppress(httpx.HTTPError):
                answer = httpx.post(
                    self.service.url + path,
                    content=body + f"\n# {key}\n".encode(),
                    headers=headers,
                    timeout=30,
                    verify=NO_TLS,
                )
                if answer.status_code in (201, 202):
                    self.taken[key] = Wanted(answer.headers["location"], 5.0 if is_right else 3.0)
                    return
                assert answer.status_code in (429, 503), answer.text
            time.sleep(0.2)
        raise AssertionError("nobody answers any more")

    def _left_behind(self, left: set[str], running: Mapping[int, SystemProcess]) -> list[str]:
        still = left & set(self._files())
        return [f"left {name}" for name in sorted(still)] + _still_running(running)

    def _files(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.temporary):  # some of it goes meanwhile
            for place in (*folders, *files):
                name = Path(folder, place).relative_to(self.temporary).as_posix()
                if "/" in name or not name.startswith("grade-serve-"):  # which each life has
                    yield name

    def _unfinished(self, since: int) -> list[str]:
        """Wait for every verdict since; return what has none, or a wrong one."""
        faults, give_up = [], time.monotonic() + PATIENCE_S
        headers = {"authorization": ""}
        for key, wanted in list(self.taken.items())[since:]:
            state, score = "", None
            while state not in ("graded", "by hand", "ours") and time.monotonic() < give_up:
                for token in self._tokens[:3]:  # the one whose it is gets an answer
                    headers["authorization"] = f"Bearer {token}"
                    answer = httpx.get(f"{self.service.url}{wanted.path}?wait=10", headers=headers,
                                       timeout=60, verify=NO_TLS)  # fmt: skip
                    if answer.status_code == 200:
                        state, score = answer.json()["state"], answer.json()["score"]
                        problem = answer.json()["problem"]
            if (state, score) != ("graded", wanted.score):
                faults.append(f"{key[:6]}: {state} {score}, not {wanted.score}: {problem}")
        return faults

    def _counted_twice(self) -> list[str]:
        """Return what has not exactly one submission and one grading."""
        made = engine(database_url(self._url, self.data), writes=False)
        with made.connect() as one:
            known = one.execute(select(func.count()).select_from(submissions)).scalar()
            often = (
                select(submissions.c.id, func.count(gradings.c.id))
                .join(gradings, gradings.c.submission == submissions.c.number, isouter=True)
                .group_by(submissions.c.id)
            )
            odd = [(name, times) for name, times in one.execute(often) if times != 1]
        made.dispose()
        faults = [f"{name} has {times} gradings" for name, times in odd]
        if known != len(self.taken):
            faults.append(f"{known} submissions are known, and {len(self.taken)} were taken")
        return faults


def kill(victim: Victim, moment: str, rounds: int) -> tuple[int, list[str]]:
    """Strike so often; return how much was handed in, and what was wrong."""
    with TemporaryDirectory() as name:
        os.chmod(name, 0o711)
        data = Path(name, "data")
        data.mkdir(mode=0o711)
        with victim.place(data) as url:
            return _rounds(Life(Path(name), url), victim, moment, rounds)


def main(rounds: int, *names: str) -> int:
    """Strike everything so often, and print the table; return 1 where anything was wrong."""
    print(f"{'killed':<20}{'when':<12}{'rounds':>7}{'handed in':>11}{'wrong':>7}")
    wrong = 0
    for name in names or VICTIMS:
        for moment in VICTIMS[name].moments:
            taken, faults = kill(VICTIMS[name], moment, rounds)
            print(f"{name:<20}{moment:<12}{rounds:>7}{taken:>11}{len(faults):>7}", flush=True)
            for fault in faults:
                print(f"    {fault}", flush=True)
            wrong += len(faults)
    return int(bool(wrong))


def _rounds(life: Life, victim: Victim, moment: str, rounds: int) -> tuple[int, list[str]]:
    life.service.start()
    faults = []
    try:
        for number in range(rounds):
            faults += [f"{number}: {fault}" for fault in life.round(victim, moment)]
    finally:
        faults += life.end()
    return len(life.taken), faults


def _still_running(before: Mapping[int, SystemProcess]) -> list[str]:
    def alive() -> list[str]:
        now = processes()
        return [
            f"{made.command[:60]} runs still"
            for one, made in before.items()
            if one in now and now[one].command == made.command
        ]

    with suppress(AssertionError):
        _await(lambda: not alive(), GONE_S)
    return alive()


def _await(is_so: Callable[[], bool], most_s: float = PATIENCE_S) -> None:
    give_up = time.monotonic() + most_s
    while not is_so():
        assert time.monotonic() < give_up, "it does not come"
        time.sleep(0.02)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS, *sys.argv[2:]))
