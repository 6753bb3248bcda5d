"""A course whose grading is killed at random moments, and begun again: the same comes of it.

`python -m tests.course.batch.killed [KILLS] [COUNT]` grades COUNT submissions, killing all of it
KILLS times in the middle, and prints whether the folder is that of a run which nobody disturbed.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

from grader.cli.main import run
from grader.submissions.intake.spool import bytes_of
from tests.course.batch.here import HERE
from tests.course.batch.sample import handed

WALLS = "limits"


def lay(where: Path, count: int) -> None:
    """Write a course, a folder per student."""
    for one in handed(count):
        folder = where / one.student.key
        folder.mkdir(parents=True)
        (folder / one.files[0].name).write_bytes(bytes_of(one.files[0].content))


def words(where: Path, out: Path) -> list[str]:
    """Return the command line that grades it."""
    return ["batch", "ex9", str(where), "-o", str(out), "--walls", WALLS, "--seed", "7"]


def command(where: Path, out: Path) -> list[str]:
    """Return the same for two processes that a process has."""
    return [sys.executable, "-m", "grader", *words(where, out), "--jobs", "2"]


def killed(where: Path, out: Path, seconds: float) -> bool:
    """Grade it for so long, and kill everything; return whether it had ended by itself."""
    begun = subprocess.Popen(
        command(where, out), start_new_session=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    sleep(seconds)
    ended = begun.poll() is not None
    if not ended:
        os.killpg(begun.pid, signal.SIGKILL)
    begun.wait()
    return ended


def files(out: Path) -> dict[str, bytes]:
    """Return everything that was left."""
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*.*")}


def disturbed(kills: int, count: int, seed: int = 1) -> list[str]:
    """Return the files that differ after so many kills from those of an undisturbed run."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        where, calm, out = (Path(folder, name) for name in ("where", "calm", "out"))
        lay(where, count)
        assert run([*words(where, calm), "--executor", HERE]) == 0
        for number in range(kills):
            ended = killed(where, out, random.uniform(0.05, 2.5))
            ledger = out / "ledger.jsonl"
            lines = ledger.read_bytes().count(b"\n") if ledger.exists() else 0
            print(f"kill {number + 1}: {lines} in the ledger{', ended' * ended}", file=sys.stderr)
            if ended:
                for path in (out / "ledger.jsonl", out / "results.jsonl"):
                    path.unlink(missing_ok=True)  # another beginning
        subprocess.run(command(where, out), check=True, capture_output=True)
        one, other = files(calm), files(out)
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def main() -> int:
    """Do what the command line says."""
    numbers = [int(word) for word in sys.argv[1:]]
    kills, count = (*numbers, *(30, 200)[len(numbers) :])
    differing = disturbed(kills, count)
    print(f"{kills} kills, {count} submissions: {len(differing)} files differ", *differing)
    return bool(differing)


if __name__ == "__main__":
    sys.exit(main())
