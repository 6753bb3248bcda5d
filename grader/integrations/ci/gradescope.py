"""Gradescope's container: a submission in a folder, and results.json in another."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from grader.integrations.ci.place import CiBundle, CiSystem, Files
from grader.integrations.ci.template import fill_in

ROOT: Final = "/autograder"
OTHER_ROOT: Final = "AUTOGRADER_ROOT"
"""A variable that names another root, to try an autograder outside of Gradescope's container."""

SCRIPTS: Final = {"setup.sh": "gradescope_setup.sh", "run_autograder": "gradescope_run.sh"}
BEGAN: Final = (1980, 1, 1, 0, 0, 0)
EXECUTABLE: Final = 0o100755 << 16


def system_here(environment: Mapping[str, str]) -> CiSystem | None:
    """Return the place, where its folders are."""
    root = Path(environment.get(OTHER_ROOT) or ROOT)
    if not (root / "submission").is_dir() or not (root / "results").is_dir():
        return None
    return CiSystem(
        "Gradescope",
        "grades the submission and writes results.json",
        submission=str(root / "submission"),
        checkout=str(root / "submission"),
        reports=(("gradescope", str(root / "results" / "results.json")),),
        well=True,
    )


def bundle(contents: CiBundle) -> Files:
    """Return the zip to upload as an autograder; no student ever sees what is in it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, template in SCRIPTS.items():
            _put(file, name, fill_in(template, contents))
        for name, content in contents.own:
            _put(file, f"exercises/{name}", content)
        for name, content in contents.wheels:
            _put(file, f"wheels/{name}", content)
    return {"autograder.zip": archive.getvalue()}


def _put(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, BEGAN)  # the same exercises give the same bytes
    entry.external_attr = EXECUTABLE
    file.writestr(entry, content, zipfile.ZIP_DEFLATED)
