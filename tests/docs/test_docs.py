"""The documentation is built strictly, and each command in it does what the page says."""

import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.cli.app import COMMANDS
from tests.course.batch.here import run_here
from tests.course.batch.sample import handed
from tests.course.gradebook.sample import MOODLE, exported
from tests.docs.odd import FILES as ODD
from tests.places import ROOT, SAMPLES

pytest.importorskip("mkdocs", reason="mkdocs is not installed: pip install autograd-grader[docs]")

DOCS = ROOT / "docs"
BLOCK = re.compile(
    r"(?:<!-- (?:not run: (?P<why>[^\n]+)|without (?P<without>\w+)) -->\n)?"
    r"^```(?:console|bash)\n(?P<text>.*?)^```$",
    re.S | re.M,
)
LEFT_OUT = "…"
OURS = re.compile(r"""grade( ([\w./=:@%+-]+|'[^']*'|"[^"$`\\]*"))+""")
"""A command of which a shell makes nothing but words."""
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


BLACKBOARD = {
    f"Exercise 9_{who}_attempt_2026-10-{when}_value.py": content
    for who, when, content in (
        ("ant", "10-10-22-00", RIGHT),
        ("bee", "11-09-00-00", RIGHT),
        ("cat", "20-09-00-00", WRONG),
    )
}


class Command(NamedTuple):
    """A command of a page, what the page shows below it, and a package that is not there."""

    line: str
    shown: str
    without: str


def commands(page: Path) -> Iterator[Command]:
    for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
        if block["why"] or "$ " not in block["text"]:
            continue
        for part in re.split(r"^\$ ", block["text"], flags=re.M)[1:]:
            line, _, shown = part.partition("\n")
            yield Command(line, shown, block["without"] or "")


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
    zipped(folder / "submissions.zip", files)
    zipped(folder / "blackboard.zip", BLACKBOARD)
    for name, content in ODD.items() if page in ("odd.md", "colab.md") else ():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "handed-in").mkdir()
    for name, content in (("Ant_17.py", RIGHT), ("Bee_18.py", WRONG)):
        (folder / "handed-in" / name).write_bytes(content)


def zipped(file: Path, files: Mapping[str, object]) -> None:
    with zipfile.ZipFile(file, "w") as held:
        for name, content in files.items():
            held.writestr(name, content)  # type: ignore[arg-type]


def same(text: str) -> list[str]:
    return [line.rstrip() for line in SECONDS.sub("0 s", text).strip().splitlines()]


def shows(page: list[str], real: list[str]) -> bool:
    """Return whether a page shows what is real; "…" stands for any lines, or for none."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(line) + r"\n" for line in page
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in real)) is not None


def hidden(package: str, folder: Path) -> dict[str, str]:
    """Return an environment in which a package cannot be imported."""
    if not package:
        return {}
    (folder / "hidden").mkdir()
    missing = f'raise ModuleNotFoundError("No module named {package}", name="{package}")\n'
    (folder / "hidden" / f"{package}.py").write_text(missing)
    return {"PYTHONPATH": str(folder / "hidden")}


def in_bash(
    line: str, folder: Path, environment: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_command_of_a_page_does_what_it_shows(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prepare(tmp_path, page.name)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("GRADE_TRACEBACK", "1")

    for command in commands(page):
        if OURS.fullmatch(command.line) and not command.without:
            done = run_here(shlex.split(command.line)[1:], tmp_path, capsys)
        else:
            environment = {**os.environ, **hidden(command.without, tmp_path)}
            done = in_bash(command.line, tmp_path, environment)
        real, shown = same(done.stderr + done.stdout), same(command.shown)
        is_error = shown[:1] and shown[0].startswith("Error: ")
        assert done.returncode in ((2, 4) if is_error else (0, 1)), f"{command.line}\n{done.stderr}"
        assert not shown or shows(shown, real) or shows(shown, same(done.stdout)), (
            f"{command.line}\n{done.stderr}{done.stdout}"
        )


def test_every_block_that_is_not_run_says_why() -> None:
    for page in DOCS.rglob("*.md"):
        for block in BLOCK.finditer(page.read_text(encoding="utf-8")):
            assert "$ " in block["text"] or block["why"], f"{page}: {block['text']}"


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
    how = (tmp_path / "site" / "explanation" / "how" / "index.html").read_text(encoding="utf-8")
    assert "--fail-under" in cli
    assert "first_wrong_node" in report
    assert "children_of" in exercises
    assert "gradient_adds_up_over_paths" in how
    house = (tmp_path / "site" / "reference" / "house" / "index.html").read_text(encoding="utf-8")
    assert "grading/stages.py" in house
    assert not list((tmp_path / "site").rglob("*.py"))


def test_every_command_is_told_of_outside_the_reference() -> None:
    pages = [page for page in DOCS.rglob("*.md") if page.parent.name != "reference"]
    told = "".join(page.read_text(encoding="utf-8") for page in pages)

    assert [name for name in COMMANDS if f"grade {name}" not in told] == ["check"]


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]

    listed = re.findall(r"(\S+\.md)", navigation)

    assert sorted(listed) == sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))
