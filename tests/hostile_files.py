"""Files that would stop a course before any wall: `python -m tests.hostile_files [COUNT]`.

Grades a course of COUNT students, 100 if nobody says, of whom one each has handed in one of these,
and then the same without them. Prints both times, and the row of each.
"""

import csv
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter

from grader.exercises import catalogue

LARGE = 63 << 20


def punycode() -> bytes:
    """A script in an encoding that takes the square of its length to be decoded."""
    return b"# coding: punycode\n-" + b"abcdefghij" * 200_000


def tags() -> bytes:
    """A notebook whose tags are dicts, which Jupyter's validation compares with each other."""
    metadata = {"tags": [{"a": number} for number in range(6000)]}
    cell = {"cell_type": "code", "metadata": metadata, "outputs": [], "source": "x = 1"}
    return json.dumps({"cells": [cell], "metadata": {}, **FORMAT}).encode()


def objects() -> bytes:
    """A notebook of 36 MB of empty objects, each of which takes 64 bytes of memory."""
    many = b"[" + b"{}," * 12_000_000 + b"{}]"
    return b'{"cells": [], "metadata": {"a": %b}, "nbformat": 4, "nbformat_minor": 5}' % many


def overlapping() -> bytes:
    """A zip of 10,000 entries for one large member whose checksum is wrong."""
    member, packed = _member(b"value.py")
    entries = _entry(b"value.py", len(packed), 0) * 10_000
    return _zip(member, entries, 10_000)


def damaged() -> bytes:
    """A zip of 300 large members, a kilobyte each, of which each has a wrong checksum."""
    members, entries = b"", b""
    for number in range(300):
        name = b"%d.py" % number
        member, packed = _member(name)
        entries += _entry(name, len(packed), len(members))
        members += member
    return _zip(members, entries, 300)


def marks() -> bytes:
    """A zip with names of 60,000 accents, whose order is worked out pair by pair."""
    entries = b""
    member, packed = _member(b"value.py")
    name = ("a" + "\u0301\u0323" * 15_000).encode()
    for _ in range(50):
        entries += _entry(name, len(packed), 0)
    return _zip(member, entries, 50)


@cache
def _zeros() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(bytes(LARGE)) + packer.flush()


def _member(name: bytes) -> tuple[bytes, bytes]:
    packed = _zeros()
    sizes = (WRONG, len(packed), LARGE, len(name), 0)
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0x800, 8, 0, 33, *sizes) + name + packed, packed


def _entry(name: bytes, packed: int, offset: int) -> bytes:
    about = (20, 3, 20, 0, 0x800, 8, 0, 33, WRONG, packed, LARGE, len(name), 0, 0, 0, 0, 0, offset)
    return struct.pack("<4s4B4H3L5H2L", b"PK\1\2", *about) + name


def _zip(members: bytes, entries: bytes, count: int) -> bytes:
    end = (0, 0, count, count, len(entries), len(members), 0)
    return members + entries + struct.pack("<4s4H2LH", b"PK\5\6", *end)


WRONG = 12345
FORMAT = {"nbformat": 4, "nbformat_minor": 5}
FILES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "punycode": ("value.py", punycode),
    "tags": ("value.ipynb", tags),
    "objects": ("value.ipynb", objects),
    "overlapping": ("work.zip", overlapping),
    "damaged": ("work.zip", damaged),
    "marks": ("work.zip", marks),
}
"""Who hands it in → what it is called, and what is in it."""


def lay_out(folder: Path, honest: int, hostile: Iterable[str] = ()) -> None:
    """Write a course: so many students with the solution of ex9, and those with these files."""
    right = catalogue.solution(catalogue.load(catalogue.find("my475/ex9")))
    files = {
        f"student{number:03}": ("value.py", f"# {number}\n{right}") for number in range(honest)
    }
    for who, (name, content) in files.items():
        (folder / who).mkdir(parents=True)
        (folder / who / name).write_text(content, encoding="utf-8")
    for who in hostile:
        name, make = FILES[who]
        (folder / who).mkdir(parents=True)
        (folder / who / name).write_bytes(make())


def graded(folder: Path) -> tuple[str, dict[str, tuple[str, str]]]:
    """Grade a course; return the time that it took, and everyone's score and problem."""
    began, cpu = perf_counter(), _cpu_s()
    out = folder.with_name(f"{folder.name}-marks")
    words = ["batch", "my475/ex9", str(folder), "-o", str(out)]
    subprocess.run([sys.executable, "-m", "grader", *words], check=True, capture_output=True)
    time = f"{perf_counter() - began:.1f} s ({_cpu_s() - cpu:.1f} s of CPU)"
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student_id"]: (row["score"], row["problem"]) for row in csv.DictReader(file)}
    return time, rows


def _cpu_s() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(count: int) -> None:
    """Grade both courses, and print what came of it."""
    honest = count - len(FILES)
    with TemporaryDirectory() as folder:
        lay_out(Path(folder, "with"), honest, FILES)
        lay_out(Path(folder, "without"), count)
        time, rows = graded(Path(folder, "with"))
        usual, _ = graded(Path(folder, "without"))
    full = sum(score == "5" for who, (score, _) in rows.items() if who not in FILES)
    print(f"{count} students, {len(FILES)} with such a file: {time}; without: {usual}")
    print(f"{len(rows)} rows; {full} of {honest} others have full points")
    for who in FILES:
        score, problem = rows[who]
        print(f"{who:<12} {score or '–':>2}  {problem}".rstrip())


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100)
