"""Plays a whole term: `python -m tests.service.term [STUDENTS]`.

Students try three exercises again and again; a check is mended and graded again; some get more
time, some another mark; one is forgotten; all of it is backed up, and restored elsewhere. At the
end the marks are compared with those before, to the last digit.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from sqlalchemy import URL

from grader.service.database.backup import back_up, restore
from grader.service.database.courses import exercises_in
from grader.service.database.people import Role, change_role
from grader.service.database.privacy import export_of
from grader.service.database.submissions import State, states, submissions_in
from tests.service.running import EXERCISE, MINUS, RIGHT, Site, drop, postgres_url, site

STUDENTS = 200
DAY_S = 86_400.0
COURSE = "term"
HERE = f"/courses/{COURSE}"
EXERCISES = (EXERCISE, "my475/ex2", "my475/ex11")


class Term:
    """A course from its first day to its last."""

    def __init__(self, course: Site, clock: list[float], students: int) -> None:
        self._course, self._clock = course, clock
        self._words = [f"student{number}" for number in range(students)]

    def play(self) -> str:
        """Play it all, and return the table of marks at its end."""
        self._begin()
        for attempt in range(3):
            self._everyone_hands_in(attempt)
            self._clock[0] += DAY_S
        self._people_change_marks()
        self._grade_again()
        self._forget(self._words.pop())
        return self.marks()

    def marks(self) -> str:
        """Return the table of everybody's marks."""
        return self._course.get("ida", f"{HERE}/marks.csv").text

    def _begin(self) -> None:
        made = {"name": COURSE, "title": "A term", "exercises": " ".join(EXERCISES)}
        assert self._course.post("root", "/admin/courses", data=made).status_code == 303
        for word, role in (("ida", Role.INSTRUCTOR), ("tom", Role.TA)):
            self._course.write(change_role, COURSE, self._course.people[word].id, role)
        rows = "".join(f"{word.title()},{word}@uni.example\n" for word in self._words)
        sent = {"file": ("roster.csv", f"name,email\n{rows}")}
        answer = self._course.post("ida", f"{HERE}/roster", files=sent)
        assert f"{len(self._words)} new" in answer.text
        for word in self._words:
            self._course.enrol(word, Role.STUDENT, COURSE, email=f"{word}@again.example")
        due = {"exercise": EXERCISE, "due": "2026-10-02T00:00", "per_day": "10"}
        assert self._course.post("ida", f"{HERE}/dates", data=due).status_code == 303

    def _everyone_hands_in(self, attempt: int) -> None:
        for number, word in enumerate(self._words):
            for exercise in EXERCISES:
                is_right = (number + attempt) % 3 == 0
                content = (RIGHT if is_right else MINUS) + f"# {word} {attempt}\n".encode()
                answer = self._course.post(
                    word, f"{HERE}/exercises/{exercise}", files={"file": ("value.py", content)}
                )
                assert answer.status_code == 303, answer.text

    def _people_change_marks(self) -> None:
        for word in self._words[::5]:
            person = f"{HERE}/people/{self._course.people[word].id}"
            more = {"exercise": EXERCISE, "due": "2026-10-04T00:00", "comment": "ill"}
            assert self._course.post("tom", f"{person}/extensions", data=more).status_code == 303
        for word in self._words[::7]:
            person = f"{HERE}/people/{self._course.people[word].id}"
            said = {"exercise": EXERCISE, "score": "4.5", "comment": "explained it to me"}
            assert self._course.post("tom", f"{person}/overrides", data=said).status_code == 303

    def _grade_again(self) -> None:
        """Mend a check: what was wrong is right for everyone, once it is published."""
        before = self.marks()
        usual = self._course.worker.says
        self._course.worker.says = lambda job: usual({**job, "files": _RIGHT_FILES})
        sent = {"exercise": EXERCISE, "comment": "the check was wrong"}
        regrade = self._course.post("tom", f"{HERE}/regrades", data=sent).headers["location"]
        self._all_graded_again(regrade)
        assert self.marks() == before, "a preview changes nothing"
        assert self._course.post("ida", f"{regrade}/publish").status_code == 303
        published = self.marks()
        assert published != before
        said = published.count("explained it to me")
        assert said == len(self._words[::7]), "what people said of a mark stays"
        assert self._course.post("ida", f"{regrade}/undo").status_code == 303
        assert self.marks() == before, "what is taken back is as it was"
        again = self._course.post("tom", f"{HERE}/regrades", data=sent).headers["location"]
        self._all_graded_again(again)
        assert self._course.post("ida", f"{again}/publish").status_code == 303
        assert self.marks() == published, "graded again, it is the same"
        self._course.worker.says = usual
        third = self._course.post("tom", f"{HERE}/regrades", data=sent).headers["location"]
        assert self._course.post("tom", f"{third}/drop").status_code == 303
        assert self.marks() == published, "what is dropped changes nothing"

    def _all_graded_again(self, regrade: str) -> None:
        for one in self._course.read(submissions_in, COURSE, EXERCISE):
            key = regrade.rpartition("/")[2], one.number
            assert self._course.run(self._course.service.dispatcher.lanes.wait(key, 60))

    def _forget(self, word: str) -> None:
        person = self._course.people[word]
        assert self._course.read(export_of, person.id)["submissions"]
        sure = {"sure": "forget me"}
        assert self._course.post(word, "/me/forget", data=sure).status_code == 303
        assert person.email not in self.marks()


def play(folder: Path, students: int, into: URL | None) -> Iterator[str]:
    """Play a term in one database and restore it into another; yield what there is to tell.

    Args:
        folder: for both of them.
        students: how many.
        into: the other database, None for another file.
    """
    clock = [1_790_000_000.0]
    first = folder / "first"
    first.mkdir()
    with site(first, clock=lambda: clock[0]) as course:
        term = Term(course, clock, students)
        marks = term.play()
        (exercise, *_others) = course.read(exercises_in, COURSE)
        assert exercise.path == EXERCISE
        known = course.read(states)
        back_up(course.service.settings.database, folder / "backup.sqlite3")
        people, secrets = course.people, course.secrets
    assert known[State.OURS.value] == known[State.QUEUED.value] == 0
    yield f"{sum(known.values())} submissions, {len(marks.splitlines()) - 1} marks"
    second = folder / "second"
    second.mkdir()
    url = into or course.service.settings.database.set(database=str(second / "grade.sqlite3"))
    restore(folder / "backup.sqlite3", url)
    with site(second, url, clock=lambda: clock[0], again=True) as restored:
        restored.people, restored.secrets = people, secrets
        restored.come_back()
        same = Term(restored, clock, 0).marks() == marks
    assert same, "the marks are others after the restore"
    where = "PostgreSQL" if into else "SQLite"
    scores = Counter(line.split(",")[3] for line in marks.splitlines()[1:])
    yield f"restored into {where}: equal marks, {len(scores)} different scores"


def main(students: int) -> None:
    """Play it, and say what came of it."""
    began, cpu = monotonic(), process_time()
    with TemporaryDirectory() as folder, ExitStack() as after:
        into = postgres_url()
        if into:
            after.callback(drop, into)
        for line in play(Path(folder), students, into):
            print(line, flush=True)
    print(f"{monotonic() - began:.0f} s, {process_time() - cpu:.0f} s of CPU")


def _right_files() -> dict[str, str]:
    from base64 import b64encode

    return {"value.py": b64encode(RIGHT).decode()}


_RIGHT_FILES = _right_files()

if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else STUDENTS)
