"""A service in this process, asked over its application, with a worker that answers at once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from sqlite3 import connect
from tempfile import TemporaryDirectory
from threading import Thread
from time import time
from typing import Any, NamedTuple, TypeAlias, TypeVar
from uuid import uuid4

import httpx
import uvicorn
from sqlalchemy import URL, Connection, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from grader.course.batch.jobs import JobResult, plain_result
from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from grader.reports.report import Report
from grader.sandbox.protocol.limits import Tier
from grader.service.app import application
from grader.service.database.courses import CourseExercise, CourseRecord, make_course
from grader.service.database.credentials import ApiToken, begin_session, make_token
from grader.service.database.database import Database
from grader.service.database.lti.tables import metadata
from grader.service.database.migration import migrate
from grader.service.database.people import Person, Role, add_person, change_role
from grader.service.database.submissions import Lane
from grader.service.queue.workers import GradesJobs
from grader.service.routes import ROUTES
from grader.service.server import listen, opened
from grader.service.service import Service
from grader.service.settings import ServiceSettings
from tests.places import SAMPLES

T = TypeVar("T")
Said: TypeAlias = Mapping[str, Any]

OWN = "http://127.0.0.1:8475"
COUNTERS = "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()"
POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
EXERCISE = "my475/ex9"
PATIENCE_S = 600.0  # on a machine that does much else, too
COURSE = "ml"
MINUS = (SAMPLES / "minus.py").read_bytes()
RIGHT = (SAMPLES / "right.py").read_bytes()
BROWSER = {"sec-fetch-site": "same-origin"}

_REPORTS: dict[str, Report] = {}


def report(sample: str = "minus", exercise: str = "ex9") -> Report:
    """What the grader makes of a sample, graded once for all tests."""
    if sample not in _REPORTS:
        path = str(SAMPLES / f"{sample}.py")
        made = grade_exercise(GradeRequest(exercise, path), None).report
        _REPORTS[sample] = made._replace(duration_s=0.0)
    return _REPORTS[sample]


@cache
def _migrated() -> bytes:
    """An empty database of SQLite's, as migrations leave it; made once for all tests."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "empty.sqlite3")
        migrate(make_url(f"sqlite:///{file}"), Path(folder))
        return file.read_bytes()


def postgres_url() -> URL | None:
    """A place in PostgreSQL for one test, None where there is none here."""
    with suppress(SQLAlchemyError):
        engine = create_engine(POSTGRES, connect_args={"connect_timeout": 2})
        schema = f"grade_{uuid4().hex[:12]}"
        with engine.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        engine.dispose()
        options = f"-csynchronous_commit=off -csearch_path={schema}"  # no test needs the disk
        return make_url(POSTGRES).update_query_dict({"options": options})
    return None


def empty(url: URL) -> None:
    """Take everything out of the tables of a place in PostgreSQL, and count from 1 again."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for counter in connection.scalars(text(COUNTERS)).all():
            connection.execute(text(f"ALTER SEQUENCE {counter} RESTART"))
    engine.dispose()


def drop(url: URL) -> None:
    schema = str(url.query["options"]).rpartition("=")[2]
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


class Answers:
    """A worker that answers by what is in the file: a sample's report, or whatever a test says."""

    def __init__(self) -> None:
        self.renewed = 0
        self.asked: list[Mapping[str, Any]] = []
        self.says: Callable[[Mapping[str, Any]], Said | Awaitable[Said]] = self.usual

    def usual(self, job: Mapping[str, Any]) -> Mapping[str, Any]:
        import base64

        content = b"".join(map(base64.b64decode, job["files"].values()))
        sample = "right" if content == RIGHT else "minus"
        return plain_result(JobResult((report(sample),)))

    async def start(self) -> None: ...

    async def ask(self, job: Mapping[str, Any], most_s: float) -> Mapping[str, Any]:
        self.asked.append(job)
        await asyncio.sleep(0)
        said = self.says(job)
        return await said if isinstance(said, Awaitable) else said

    def renew(self) -> None:
        self.renewed += 1

    async def stop(self) -> None: ...


class Site:
    """A service, and whoever asks it."""

    def __init__(self, service: Service, loop: asyncio.AbstractEventLoop, worker: Answers) -> None:
        self.service, self._loop, self.worker = service, loop, worker
        self.app: Starlette = application(service, ROUTES)
        self.people: dict[str, Person] = {}
        self.secrets: dict[str, str] = {}
        self._clients: dict[str, httpx.AsyncClient] = {}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    def write(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        return self.run(self.service.database.write(function, *arguments, **named))

    def read(self, function: Callable[..., T], *arguments: Any, **named: Any) -> T:
        return self.run(self.service.database.read(function, *arguments, **named))

    def enrol(self, word: str, role: Role | None, course: str = COURSE, **about: Any) -> Person:
        """Add a person who has come in already; `word` names them in what tests ask."""
        about = {"name": word.title(), "email": f"{word}@uni.example", **about}
        person, secret = self.write(_come_in, Person("", **about), role, course, self.service.now())
        self.know(word, person, secret)
        return person

    def know(self, word: str, person: Person, secret: str) -> None:
        """Have a word mean somebody who has a session."""
        self.people[word], self.secrets[word] = person, secret
        self._clients[word] = self._client({"grade": secret})

    def token(self, word: str, *scopes: str) -> dict[str, str]:
        """Make a token, and return the header that shows it."""
        about = ApiToken("", self.people[word].id, "test", scopes)
        _, secret = self.write(make_token, about, self.service.now())
        return {"authorization": f"Bearer {secret}", "sec-fetch-site": "cross-site"}

    @contextmanager
    def listening(self) -> Iterator[str]:
        """Listen at a port, and give the address: for whoever speaks HTTP and no ASGI."""
        with listen("127.0.0.1", 0) as taken:
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            server = uvicorn.Server(
                uvicorn.Config(self.app, lifespan="off", log_config=None, ws="none")
            )
            serving = asyncio.run_coroutine_threadsafe(server._serve([taken]), self._loop)
            yield url
            self._loop.call_soon_threadsafe(self.service.dispatcher.lanes.news.close)
            server.should_exit = True
            serving.result(PATIENCE_S)

    def come_back(self) -> None:
        """Give everyone a new session."""
        for word, person in self.people.items():
            self.know(word, person, self.write(begin_session, person.id, self.service.now()))

    def ask(self, word: str, method: str, path: str, **sent: Any) -> httpx.Response:
        """Ask as somebody; "" is nobody."""
        client = self._clients.get(word) or self._client({})
        sent["headers"] = {**BROWSER, **sent.get("headers", {})}
        return self.run(client.request(method, path, **sent))

    def get(self, word: str, path: str, **sent: Any) -> httpx.Response:
        return self.ask(word, "GET", path, **sent)

    def post(self, word: str, path: str, **sent: Any) -> httpx.Response:
        return self.ask(word, "POST", path, **sent)

    def hand_in(self, word: str, content: bytes = MINUS, name: str = "value.py") -> str:
        """Hand in as somebody, and return the path of the submission's page."""
        path = f"/courses/{COURSE}/exercises/{EXERCISE}"
        answer = self.post(word, path, files={"file": (name, content)})
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def _client(self, cookies: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, client=("127.0.0.1", 50000))
        return httpx.AsyncClient(transport=transport, base_url=OWN, cookies=cookies)


@contextmanager
def site(
    folder: Path,
    url: URL | None = None,
    clock: Callable[[], float] | None = None,
    *,
    again: bool = False,
    walls: Tier = "limits",
) -> Iterator[Site]:
    """A service with a course, a student, another, a TA, an instructor, an admin, a stranger."""
    settings = ServiceSettings(folder, url or make_url(f"sqlite:///{folder}/grade.sqlite3"), OWN)
    settings = settings._replace(walls=walls)
    file, peopled = folder / "grade.sqlite3", None
    if url is None:
        peopled = None if again else _peopled(clock() if clock else None)
        file.write_bytes(peopled.database if peopled else _migrated())
    migrate(settings.database, settings.backups)
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    worker, slow = Answers(), Answers()
    slow.says = lambda job: worker.says(job)  # noqa: PLW0108  (a test may change it)
    try:
        with opened(settings) as service:
            made = Site(service._replace(now=clock or service.now), loop, worker)
            lanes: dict[GradesJobs, Lane] = {worker: Lane.FAST, slow: Lane.SLOW}
            made.run(service.dispatcher.start(lanes))
            if not again:
                people = peopled.people if peopled else made.write(_everyone, made.service.now())
                for word, (person, secret) in people.items():
                    made.know(word, person, secret)
            yield made
            made.run(service.dispatcher.drain(5))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Peopled(NamedTuple):
    """A database of SQLite's with everyone in it, and who they are, each with a session."""

    database: bytes
    people: dict[str, tuple[Person, str]]


@cache
def _peopled(now: float | None) -> Peopled:
    """Make it, once for all tests at a time: to add everyone takes half of starting a service."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "peopled.sqlite3")
        file.write_bytes(_migrated())
        with closing(Database(make_url(f"sqlite:///{file}"))) as database:
            people = database.later(_everyone, time() if now is None else now).result()
        with closing(connect(file)) as connection:
            return Peopled(connection.serialize(), people)


def _everyone(connection: Connection, now: float) -> dict[str, tuple[Person, str]]:
    exercises = [CourseExercise(EXERCISE), CourseExercise("my475/ex2")]
    make_course(connection, CourseRecord(COURSE, "Machine learning"), exercises, 1.0)
    make_course(connection, CourseRecord("other", "Another course"), exercises, 1.0)
    return {
        word: _come_in(connection, _called(word), role, course, now)
        for word, role, course in (
            ("ada", Role.STUDENT, COURSE),
            ("bob", Role.STUDENT, COURSE),
            ("tom", Role.TA, COURSE),
            ("ida", Role.INSTRUCTOR, COURSE),
            ("eva", Role.TA, "other"),
            ("root", None, COURSE),
        )
    }


def _called(word: str) -> Person:
    return Person("", word.title(), f"{word}@uni.example", is_admin=word == "root")


def _come_in(
    connection: Connection, person: Person, role: Role | None, course: str, now: float
) -> tuple[Person, str]:
    person = add_person(connection, person, 1.0)
    if role:
        change_role(connection, course, person.id, role)
    return person, begin_session(connection, person.id, now)
