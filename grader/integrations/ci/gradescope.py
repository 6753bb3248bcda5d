"""Gradescope's container: a submission in a folder, and results.json in another."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from grader.integrations.ci.place import Bundle, Files, Place
from grader.integrations.ci.template import filled

ROOT: Final = "/autograder"
OTHER_ROOT: Final = "AUTOGRADER_ROOT"
"""A variable that names another root, to try an autograder outside of Gradescope's container."""

SCRIPTS: Final = {"setup.sh": "gradescope_setup.sh", "run_autograder": "gradescope_run.sh"}
BEGAN: Final = (1980, 1, 1, 0, 0, 0)
EXECUTABLE: Final = 0o100755 << 16


def found(environment: Mapping[str, str]) -> Place | None:
    """Return the place, where its folders are."""
    root = Path(environment.get(OTHER_ROOT) or ROOT)
    if not (root / "submission").is_dir() or not (root / "results").is_dir():
        return None
    return Place(
        "Gradescope",
        "grades the submission and writes results.json",
        submission=str(root / "submission"),
        checkout=str(root / "submission"),
        reports=(("gradescope", str(root / "results" / "results.json")),),
        well=True,
    )


def bundle(wanted: Bundle) -> Files:
    """Return the zip to upload as an autograder; no student ever sees what is in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, template in SCRIPTS.items():
            _put(made, name, filled(template, wanted))
        for name, content in wanted.own:
            _put(made, f"exercises/{name}", content)
        for name, content in wanted.wheels:
            _put(made, f"wheels/{name}", content)
    return {"autograder.zip": held.getvalue()}


def _put(made: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, BEGAN)  # the same exercises give the same bytes
    entry.external_attr = EXECUTABLE
    made.writestr(entry, content, zipfile.ZIP_DEFLATED)
