"""A course of 120 as LMSs really export it, by hand: `python -m tests.arrivals FOLDER`.

It writes Moodle's zip with every shape that a submission has there, grades it into FOLDER/out by
`grade batch`, adds a second exercise beside it, and prints a row for each kind of student: what was
handed in, and what came of it. Then what arrives of it in an LMS, see `tests.course.arrived`.
"""

import io
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from grader.cli.main import run
from grader.course.marks import marks_in
from tests.course.arrived import main as print_arrived
from tests.places import ROOT

RIGHT: Final = (ROOT / "exercises" / "my475" / "09_ex9" / "solution.py").read_bytes()
OTHER: Final = (ROOT / "exercises" / "my475" / "08_ex8" / "solution.py").read_bytes()
COUNT: Final = 120
MOST_SAID: Final = 110
Files = dict[str, bytes]
FILE: Final = "assignsubmission_file"
TYPED: Final = "assignsubmission_onlinetext"


def zipped(**files: bytes) -> bytes:
    """Return a zip of files, whose names have "__" in place of a full stop."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name.replace("__", "."), content)
    return packed.getvalue()


def tarred() -> bytes:
    """Return a tar with the right file in a folder."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as file:
        info = tarfile.TarInfo("hw/value.py")
        info.size = len(RIGHT)
        file.addfile(info, io.BytesIO(RIGHT))
    return packed.getvalue()


def as_html(script: bytes) -> bytes:
    """Return a script as Moodle's editor keeps it."""
    text = script.decode().replace("&", "&amp;").replace("<", "&lt;").replace(" ", "&nbsp;")
    return f"<p>{text.replace(chr(10), '<br>' + chr(10))}</p>".encode()


SHAPES: Final[dict[str, tuple[str, Callable[[], Files]]]] = {
    "a script": ("Ann Lee", lambda: {f"{FILE}/value.py": RIGHT}),
    "the exercise before": ("Bob Bee", lambda: {f"{FILE}/value.py": OTHER}),
    "a zip": ("Cy Cat", lambda: {f"{FILE}/hw.zip": zipped(value__py=RIGHT)}),
    "a zip in a zip": (
        "Dan Dog",
        lambda: {f"{FILE}/hw.zip": zipped(in__zip=zipped(value__py=RIGHT))},
    ),
    "a tar.gz beside a pdf": (
        "Eve Elk",
        lambda: {f"{FILE}/hw.tar.gz": tarred(), f"{FILE}/report.pdf": b"%PDF"},
    ),
    "a rar": ("Fay Fox", lambda: {f"{FILE}/hw.rar": b"Rar!\x1a\x07"}),
    "a rar called zip": ("Gus Gnu", lambda: {f"{FILE}/hw.zip": b"Rar!\x1a\x07\0\0"}),
    "a text that is a script": ("Hal Hen", lambda: {f"{TYPED}/onlinetext.html": as_html(RIGHT)}),
    "a text that is prose": ("Ian Ibis", lambda: {f"{TYPED}/onlinetext.html": b"<p>Sorry.</p>"}),
    "a pdf": ("Jan Jay", lambda: {f"{FILE}/report.pdf": b"%PDF"}),
    "nothing": ("Kim Kid", lambda: {f"{FILE}/": b""}),
    "a long name": (
        "พิมพ์พิชชา ศรีสุวรรณวัฒนากุลชัยวงศ์",
        lambda: {f"{FILE}/{'ж' * 100}.py": RIGHT},
    ),
    "a name that is too long": ("Lea Lynx", lambda: {f"{FILE}/{'ж' * 130}.py": RIGHT}),
    "a folder of Windows": ("Max Mole", lambda: {f"{FILE}\\src\\value.py": RIGHT}),
    "from right to left": ("محمد علي", lambda: {f"{FILE}/value.py": RIGHT}),
    "an accent behind its letter": ("Zoe\u0308 Mu\u0308ller", lambda: {f"{FILE}/value.py": RIGHT}),
    "no Python": ("Ned Newt", lambda: {f"{FILE}/value.py": b"def (:\n"}),
    "nothing in it": ("Oda Owl", lambda: {f"{FILE}/value.py": b""}),
}


def write(path: Path, numbers: int, files_of: Callable[[Callable[[], Files]], Files]) -> list[str]:
    """Write Moodle's zip, and return the kind of each student in it, by their number."""
    kinds = [list(SHAPES)[place % len(SHAPES)] for place in range(COUNT)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for place, kind in enumerate(kinds):
            name, files = SHAPES[kind]
            about = f" {place // len(SHAPES)}" if place >= len(SHAPES) else ""
            for inside, content in files_of(files).items():
                info = zipfile.ZipInfo(f"{name}{about}_{numbers + place}_{inside}")
                info.date_time = (2026, 10, 1 + place % 28, 10, place % 60, 0)
                file.writestr(info, content)
    return kinds


def rows(folder: Path, kinds: list[str], numbers: int) -> Iterator[str]:
    """Yield a row for each kind of student: how many, with which points, and what is said."""
    marks = {mark.student.file_id: mark for mark in marks_in(folder) if "ex9" in mark.exercise}
    for kind in SHAPES:
        these = [
            marks[str(numbers + place)]
            for place, one in enumerate(kinds)
            if one == kind and str(numbers + place) in marks
        ]
        scores = {"none" if mark.score is None else f"{mark.score:g}" for mark in these}
        says = next((mark.problem or mark.does_not_run for mark in these), "")[:MOST_SAID]
        count = f"{len(these)} of {kinds.count(kind)}"
        yield f"| {kind} | {count} | {', '.join(sorted(scores))} | {says} |"


def main(folder: Path) -> None:
    """Grade both exercises, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds = write(folder / "ex9.zip", 100, lambda files: files())
    write(folder / "ex8.zip", 500, lambda _: {f"{FILE}/value.py": OTHER})
    out = str(folder / "out")
    for exercise in ("ex9", "ex8"):
        status = run(["batch", exercise, str(folder / f"{exercise}.zip"), "-o", out])
        assert status == 0, status
    print("| handed in | rows | points in ex9 | says |\n|---|---|---|---|")
    print("\n".join(rows(folder / "out", kinds, 100)) + "\n")
    print_arrived(folder / "out")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
