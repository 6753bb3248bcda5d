"""A folder in which pytest grades: in the tests' own process, where nothing is said of others."""

import shutil

import pytest

from tests.places import SAMPLES

OTHERS = ("hypothesispytest", "syrupy", "anyio", "xdist", "xdist.looponfail")


@pytest.fixture
def place(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with a submission, and a test of the student's."""
    shutil.copy(SAMPLES / "minus.py", pytester.path / "value.py")
    pytester.makepyfile(test_mine="def test_mine(): pass")
    return pytester


@pytest.fixture(autouse=True)
def _without_others(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the plugins of other packages: they take half of what a run takes."""
    monkeypatch.setenv("PYTEST_ADDOPTS", " ".join(f"-p no:{name}" for name in OTHERS))
