"""Gradescope is known by its folders, and gets a zip that is always the same."""

import io
import stat
import zipfile
from pathlib import Path

from grader.integrations.ci.detect import BUNDLES, NOWHERE, detect
from grader.integrations.ci.place import CiBundle

WANTED = CiBundle(("my475/ex9", "ex8"), "autograd-grader==0.1.0", "3.13", "60%")


def test_gradescope_is_known_by_its_folders(tmp_path: Path) -> None:
    environment = {"AUTOGRADER_ROOT": str(tmp_path)}
    assert detect(environment) == NOWHERE
    (tmp_path / "submission").mkdir()
    (tmp_path / "results").mkdir()

    place = detect(environment)

    assert (place.name, place.submission) == ("Gradescope", str(tmp_path / "submission"))
    assert place.reports == (("gradescope", str(tmp_path / "results" / "results.json")),)


def test_an_autograder_s_zip_has_what_runs_at_its_root_and_can_be_executed() -> None:
    wanted = WANTED._replace(own=(("my/01_a/checks.py", b"1"),), wheels=(("a.whl", b"2"),))

    with zipfile.ZipFile(io.BytesIO(BUNDLES["gradescope"](wanted)["autograder.zip"])) as held:
        modes = {one.filename: one.external_attr >> 16 for one in held.infolist()}

    assert set(modes) == {
        *("setup.sh", "run_autograder", "exercises/my/01_a/checks.py", "wheels/a.whl")
    }
    assert all(mode & stat.S_IXUSR for mode in modes.values())


def test_the_same_exercises_give_the_same_bytes() -> None:
    assert BUNDLES["gradescope"](WANTED) == BUNDLES["gradescope"](WANTED)
