"""`grade submit` prints the report that the service gives, with the exit status of a grading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli.errors import NOTHING, OUR_FAULT, SUCCESS, TO_FIX, USAGE
from grader.cli.main import run
from grader.course.batch.jobs import JobResult, plain_result
from grader.service.database.courses import close_course
from grader.service.database.submissions import submissions_in
from tests.places import SAMPLES
from tests.service.running import COURSE, Site, site


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    with site(tmp_path_factory.mktemp("service")) as made, made.listening() as url:
        yield made, f"{url}/courses/{COURSE}"


@pytest.fixture
def course(service: tuple[Site, str], monkeypatch: pytest.MonkeyPatch) -> tuple[Site, str]:
    made, _ = service
    token = made.token("ada", "submit")["authorization"].partition(" ")[2]
    monkeypatch.setenv("GRADE_TOKEN", token)
    made.worker.says = made.worker.usual
    return service


def submitted(url: str, *more: str, sample: str = "minus.py") -> int:
    return run(["submit", "ex9", str(SAMPLES / sample), "--to", url, *more])


def test_the_report_is_printed_and_the_status_says_what_is_to_fix(
    course: tuple[Site, str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, url = course

    statuses = [submitted(url), submitted(url, sample="right.py")]

    out, err = capsys.readouterr()
    assert statuses == [TO_FIX, SUCCESS]
    assert "3 of 5 points" in out
    assert "Subtraction sends a minus to its right operand" in out
    assert "/submissions/" in err


def test_the_same_file_is_handed_in_once(course: tuple[Site, str]) -> None:
    made, url = course
    before = len(made.read(submissions_in, COURSE))

    for _ in range(2):
        submitted(url, sample="value.ipynb")

    assert len(made.read(submissions_in, COURSE)) == before + 1


def test_reports_for_machines_are_written(course: tuple[Site, str], tmp_path: Path) -> None:
    _, url = course

    submitted(url, "--report", f"junit={tmp_path}/r.xml", "--html", f"{tmp_path}/r.html")

    assert "<testsuite" in (tmp_path / "r.xml").read_text()
    assert "<h1>Subtraction" in (tmp_path / "r.html").read_text()


def test_what_could_not_be_graded_is_told(
    course: tuple[Site, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, url = course
    file = tmp_path / "value.py"
    statuses = []
    for result in (JobResult(problem="it is no Python"), JobResult(problem="we broke", ours=True)):
        said = plain_result(result)
        made.worker.says = lambda _job: said  # noqa: B023  (asked before the next turn)
        file.write_text(f"# {result.problem}")
        statuses.append(run(["submit", "ex9", str(file), "--to", url]))

    err = capsys.readouterr().err
    assert statuses == [NOTHING, OUR_FAULT]
    assert "a person will look at it" in err
    assert "it costs you nothing" in err


def test_what_the_service_refuses_is_told_in_its_words(
    course: tuple[Site, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    made, url = course
    made.write(close_course, COURSE, 1.0)
    file = tmp_path / "value.py"
    file.write_text("# late")

    status = run(["submit", "ex9", str(file), "--to", url])
    made.write(close_course, COURSE, None)

    assert status == USAGE
    assert "This course is closed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("http://127.0.0.1:9/courses/ml", OUR_FAULT, "does not answer: "),
        ("http://grade.uni.example/courses/ml", USAGE, "a token is sent by https alone"),
        ("https://grade.uni.example/", USAGE, "it names no course"),
        ("grade.uni.example", USAGE, "it is no address of the web"),
    ],
)
def test_an_address_that_is_none_is_told(
    course: tuple[Site, str],
    url: str,
    status: int,
    says: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert submitted(url) == status
    assert says in capsys.readouterr().err


def test_a_token_that_is_missing_or_none_is_told(
    course: tuple[Site, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, url = course
    monkeypatch.setenv("GRADE_TOKEN", "grade_none")
    assert submitted(url) == USAGE
    monkeypatch.delenv("GRADE_TOKEN")
    assert submitted(url) == USAGE

    err = capsys.readouterr().err
    assert "This token is unknown, has ended, or was revoked" in err
    assert "nothing says who hands in: GRADE_TOKEN is not set" in err


def test_a_token_follows_no_redirect(
    course: tuple[Site, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, url = course
    from starlette.responses import RedirectResponse

    async def elsewhere(scope: object, receive: object, send: object) -> None:
        await RedirectResponse("https://evil.example/", 307)(scope, receive, send)  # type: ignore[arg-type]

    monkeypatch.setattr(made.app, "middleware_stack", elsewhere)

    assert submitted(url) == OUR_FAULT
    assert "does not answer: status 307" in capsys.readouterr().err


def test_a_file_that_is_too_long_is_not_sent(
    course: tuple[Site, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "value.py"
    file.write_bytes(bytes(7 << 20))

    assert run(["submit", "ex9", str(file), "--to", course[1]]) == NOTHING
    assert "it has more than 6 MB" in capsys.readouterr().err
