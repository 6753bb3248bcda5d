"""The documentation is built strictly, and each command in it does what the page says."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.course.batch.sample import handed
from tests.course.gradebook.sample import MOODLE, exported
from tests.places import ROOT, SAMPLES

pytest.importorskip("mkdocs", reason="mkdocs is not installed: pip install autograd-grader[docs]")

DOCS = ROOT / "docs"
BLOCK = re.compile(
    r"(?:<!-- not run: (?P<why>.+) -->\n)?```(?:console|bash)\n(?P<text>.*?)```", re.S
)
SECONDS = re.compile(r"\b\d+(\.\d+)? s\b")
RIGHT, WRONG = (SAMPLES / "right.py").read_bytes(), (SAMPLES / "minus.py").read_bytes()
CANVAS = {
    "antalice_4711_99_value.py": RIGHT,
    "beezoë_4712_98_value.py": WRONG,
    "catcy_4713_97_thesis.pdf": b"%PDF",
    "dogdan_4714_96_value.py": RIGHT,
}
GRADEBOOK = (
    "Student,ID,SIS Login ID,Section,Subtraction and powers (77)\n"
    "    Points Possible,,,,5.00\n"
    '"Ant, Alice",4711,alice,1,\n"Bee, Zoë",4712,zoe,1,4\n"Cat, Cy",4713,cy,1,\n'
    '"Dog, Dan",4714,dan,1,5\n'
)


class Command(NamedTuple):
    """A command of a page, and what the page shows below it."""

    line: str
    shown: str


def commands(page: Path) -> Iterator[Command]:
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if block["why"] or "$ " not in block["text"]:
            continue
        for part in re.split(r"^\$ ", block["text"], flags=re.M)[1:]:
            line, _, shown = part.partition("\n")
            yield Command(line, shown)


PAGES = [page for page in sorted(DOCS.rglob("*.md")) if any(commands(page))]


def prepare(folder: Path, page: str) -> None:
    """Put there what a page takes for granted."""
    (folder / "value.py").write_bytes(WRONG)
    (folder / "gradebook.csv").write_text(GRADEBOOK, encoding="utf-8-sig")
    files = (
        CANVAS
        if page != "moodle.md"
        else {
            f"{name}_{number}_assignsubmission_file/value.py": one.files[0].content
            for number, (name, one) in enumerate(
                zip(("Alice Ant", "Zoë Bee"), handed(2), strict=True), 2
            )
        }
    )
    (folder / "worksheet.csv").write_bytes(exported(MOODLE))
    with zipfile.ZipFile(folder / "submissions.zip", "w") as held:
        for name, content in files.items():
            held.writestr(name, content)  # type: ignore[arg-type]
    (folder / "handed-in").mkdir()
    for name, content in (("Ant_17.py", RIGHT), ("Bee_18.py", WRONG)):
        (folder / "handed-in" / name).write_bytes(content)


def same(text: str) -> list[str]:
    return [line.rstrip() for line in SECONDS.sub("0 s", text).strip().splitlines()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_of_a_page_does_what_it_shows(page: Path, tmp_path: Path) -> None:
    prepare(tmp_path, page.name)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "GRADE_TRACEBACK": "1"}

    for command in commands(page):
        done = subprocess.run(
            ["bash", "-c", command.line],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), f"{command.line}\n{done.stderr}"
        if command.shown.strip():
            assert same(done.stdout) == same(command.shown), command.line


def test_every_block_that_is_not_run_says_why() -> None:
    for page in DOCS.rglob("*.md"):
        for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
            runs = re.search(r"^(\$ )?(grade|pip|pytest|dask|srun|kubectl) ", block["text"], re.M)
            assert "$ " in block["text"] or block["why"] or not runs, f"{page}: {block['text']}"


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]

    done = subprocess.run(
        [*words, "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    cli = (tmp_path / "site" / "reference" / "cli" / "index.html").read_text(encoding="utf-8")
    report = (tmp_path / "site" / "reference" / "report" / "index.html").read_text(encoding="utf-8")
    exercises = (tmp_path / "site" / "reference" / "exercises" / "index.html").read_text("utf-8")
    how = (tmp_path / "site" / "how" / "index.html").read_text(encoding="utf-8")
    assert "--fail-under" in cli
    assert "first_wrong_node" in report
    assert "children_of" in exercises
    assert "gradient_adds_up_over_paths" in how
    assert not list((tmp_path / "site").rglob("*.py"))
