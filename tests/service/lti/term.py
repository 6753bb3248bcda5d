"""Plays a term in an LMS: `python -m tests.service.lti.term [STUDENTS [MARKS]]`.

An instructor picks an exercise in the LMS. All students open it at once, and hand in. Marks change
again and again; meanwhile the service is killed before and after the LMS has taken one, and the LMS
is silent, or busy. At the end each mark is there once, at its last value.
"""

import asyncio
import html
import logging
import random
import re
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time
from typing import Any

import httpx

from grader.service.database.lti.outbox import MarkState
from grader.service.database.marks import WrittenOverride, add_override
from grader.service.database.people import members_of
from grader.service.lti.claims import ADVANTAGE, LTI
from tests.service.lti.arriving import CROSS, KEYED, Arrival, lti_site
from tests.service.lti.lms import LEARNER, TEACHER, Kind, Lms, LmsUser
from tests.service.lti.posting import EXERCISE, HERE, Clock, Killed, Posting
from tests.service.running import MINUS

STUDENTS, MARKS = 200, 600
EACH_ROUND = 60
MOST_ROUNDS = 600
SIGNED = re.compile(r'name="JWT" value="([^"]+)"')


class UnsteadyLms(Lms):
    """An LMS near whose answers the service dies, that is silent at times, and busy at others.

    Attributes:
        kills: how often the service died.
    """

    def __init__(self, kind: Kind, draw: random.Random) -> None:
        super().__init__(kind)
        self._draw, self.kills, self.is_unsteady = draw, 0, False

    def answer(self, request: httpx.Request) -> httpx.Response:
        drawn = self._draw.random()
        if not self.is_unsteady or not request.url.path.endswith("/scores"):
            return super().answer(request)
        if drawn < 0.02:
            return httpx.Response(429, headers={"retry-after": "3"})
        if drawn < 0.06:
            self._kill()  # before it has come
        says = super().answer(request)
        if drawn < 0.12:
            self._kill()  # after it was taken
        if drawn < 0.16:
            raise httpx.ReadTimeout("")
        return says

    def _kill(self) -> None:
        self.kills += 1
        raise Killed


class LmsTerm:
    """A course in an LMS, from its first day to its last."""

    def __init__(self, posting: Posting, lms: UnsteadyLms, students: int) -> None:
        self._posting, self._lms, self._site = posting, lms, posting.site
        names = range(students)
        self._users = [LmsUser(f"u-{one}", (LEARNER,), f"S {one}") for one in names]
        lms.users = [TEACHER, *self._users]
        self._wanted: dict[str, float] = {}
        self._draw = random.Random(11)

    def pick(self) -> None:
        """Have the instructor pick the exercise in the LMS, which makes its column."""
        browser, lms = self._site.browser(), self._lms
        asked = browser.begin(TEACHER)
        browser.end(asked["state"], lms.sign(lms.picking(asked, TEACHER)))
        page = browser.post(f"{browser.start}/courses/ml-26/pick", data={"exercise": EXERCISE})
        found = SIGNED.search(page.text)
        assert found, page.text
        (link,) = lms.take_links(html.unescape(found[1]))
        assert link["custom"] == {"exercise": EXERCISE}

    def open(self) -> list[Arrival]:
        """Have all students open the link at once."""
        browsers = [self._site.browser() for _ in self._users]
        begun = [one.begin(user) for one, user in zip(browsers, self._users, strict=True)]

        async def at_once() -> list[httpx.Response]:
            launches = zip(browsers, begun, self._users, strict=True)
            return await asyncio.gather(*(self._launch(*one) for one in launches))

        answers = self._site.run(at_once())
        for browser, answer in zip(browsers, answers, strict=True):
            found = KEYED.match(answer.headers.get("location", ""))
            assert found, answer.text
            browser.start = found[0]
        asked = [one for one in self._lms.asked if one.url.path == "/keys"]
        assert len(asked) == 1, "the LMS was asked for its keys once"
        return browsers

    async def _launch(
        self, browser: Arrival, asked: dict[str, str], user: LmsUser
    ) -> httpx.Response:
        claims: dict[str, Any] = self._lms.claims(asked, user)
        claims[LTI + "custom"] = {"exercise": EXERCISE}
        claims[ADVANTAGE]["lineitem"] = self._lms.column_url(1)
        sent = {"state": asked["state"], "id_token": self._lms.sign(claims)}
        return await browser.client.post("/lti/launch", data=sent, headers=CROSS)

    def hand_in(self, browsers: list[Arrival]) -> None:
        """Have everyone hand in."""
        for browser in browsers:
            sent = {"file": ("value.py", MINUS)}
            assert browser.post(browser.start + HERE, files=sent).status_code == 303
        self._wanted = {user.sub or "": 3.0 for user in self._users}

    def change(self, marks: int) -> None:
        """Change so many marks, while the service dies, and lives again."""
        people = {one.person.name: one.person.id for one in self._site.read(members_of, "ml-26")}
        for number, user in enumerate(islice(cycle(self._users), marks)):
            score, now = float(self._draw.randrange(0, 21)) / 4, self._posting.clock.now
            said = WrittenOverride(
                0, EXERCISE, people[user.name], "", score, f"{number}", None, now
            )
            self._site.write(add_override, "ml-26", said)
            self._wanted[user.sub or ""] = score
            if number % EACH_ROUND == EACH_ROUND - 1:
                for _ in range(self._draw.randrange(1, 4)):
                    self._posting.live_and_die()
                    self._posting.pass_s(6 + self._draw.random())

    def end(self) -> None:
        """Have all that waits be sent, and compare what the LMS has with what it should have."""
        for _ in range(MOST_ROUNDS):
            self._posting.live_and_die()
            if set(self._posting.states) == {MarkState.SENT}:
                break
            self._posting.pass_s(10)
        assert set(self._posting.states) == {MarkState.SENT}, self._posting.states
        has = {user: one["scoreGiven"] for (_, user), one in self._lms.scores.items()}
        assert has == self._wanted, "each mark is there at its last value"
        assert len(self._lms.columns) == 1, "in the column that was picked"
        if self._lms.kind == "canvas":  # a change is no attempt; a first score that was cut off may
            assert set(self._lms.submissions.values()) <= {1, 2}


def play(folder: Path, kind: Kind, students: int, marks: int) -> Iterator[str]:
    """Play a term; yield what there is to tell.

    Args:
        folder: for the service.
        kind: of LMS.
        students: how many.
        marks: how many changes of marks.
    """
    clock, lms = Clock(), UnsteadyLms(kind, random.Random(7))
    with lti_site(folder, lms, clock=clock) as made:
        term = LmsTerm(Posting(made, clock), lms, students)
        term.pick()
        browsers = term.open()
        yield f"{kind}: {len(browsers)} launches at once"
        lms.is_unsteady = True
        term.hand_in(browsers)
        term.change(marks)
        term.end()
        sent = sum(one.url.path.endswith("/scores") for one in lms.asked)
        yield f"{kind}: {marks} changes, {sent} scores taken, {lms.kills} kills: all right"


def main(students: int, marks: int) -> None:
    """Play it with each kind of LMS, and say what came of it."""
    logging.getLogger("grade").setLevel(logging.ERROR)  # that marks wait is what is wanted
    kinds: tuple[Kind, ...] = ("canvas", "moodle")
    for kind in kinds:
        began, cpu = monotonic(), process_time()
        with TemporaryDirectory() as folder:
            for line in play(Path(folder), kind, students, marks):
                print(line, flush=True)
        print(f"{monotonic() - began:.0f} s, {process_time() - cpu:.0f} s of CPU")


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    main(*(*numbers, *(STUDENTS, MARKS)[len(numbers) :]))
