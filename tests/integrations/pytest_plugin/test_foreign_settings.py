"""Settings that came with a submission decide nothing."""

import shutil

import pytest

from tests.places import SAMPLES

pytest_plugins = ["pytester"]
WITHOUT_THE_FAULT = "[pytest]\naddopts = --deselect h/value.py::my475/ex9::minus_gradients\n"


@pytest.fixture
def place(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with one that was handed in, which brings settings along."""
    folder = pytester.mkdir("h")
    shutil.copy(SAMPLES / "minus.py", folder / "value.py")
    (folder / "pytest.ini").write_text(WITHOUT_THE_FAULT, encoding="utf-8")
    return pytester


@pytest.mark.parametrize("path", ["h/value.py", "h", "h/src/value.py"])
def test_settings_that_came_with_a_submission_end_the_run(
    place: pytest.Pytester, path: str
) -> None:
    (place.path / "h" / "src").mkdir()
    shutil.copy(SAMPLES / "minus.py", place.path / "h" / "src" / "value.py")

    done = place.runpytest_inprocess("--grade", "my475/ex9", "--submission", path)

    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(
        f"ERROR: settings of pytest's lie with the submission: *h/pytest.ini (write "
        f"--submission={path}, so that pytest does not look for settings there)"
    )


def test_written_with_an_equals_sign_the_path_leads_to_no_settings(place: pytest.Pytester) -> None:
    done = place.runpytest_inprocess("--grade=my475/ex9", "--submission=h/value.py")

    done.assert_outcomes(passed=3, failed=1, skipped=1)


def test_who_starts_pytest_beside_their_own_settings_is_obeyed(
    place: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place.path / "h" / "pytest.ini").write_text("[pytest]\naddopts = -x\n", encoding="utf-8")
    monkeypatch.chdir(place.path / "h")

    done = place.runpytest_inprocess("--grade", "my475/ex9", "--submission", "value.py")

    done.assert_outcomes(passed=2, failed=1)
