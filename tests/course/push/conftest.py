"""An LMS on loopback, with its token in the environment, and an empty folder to push from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.course.push.canvas_lms import Canvas
from tests.course.push.moodle_lms import Moodle
from tests.course.push.stand_in import TOKEN, Server, serving

SYSTEMS = {"canvas": Canvas, "moodle": Moodle}


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def server(system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"{system.upper()}_TOKEN", TOKEN)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with serving(SYSTEMS[system]()) as made:
        yield made
