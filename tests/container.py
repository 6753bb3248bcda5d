"""Runs the steps of the Containerfile in a fresh Debian root, where no container engine is.

`python -m tests.container ROOT` takes what `debootstrap --variant=minbase bookworm ROOT` made, does
each step in it, as root, and then grades in it as the file's user. The kernel refuses user
namespaces in such a root, as docker's default profile does: what stands is the tier `container`.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.places import ROOT, SAMPLES

FILE = ROOT / "Containerfile"
TRIED = (
    ["grade", "doctor"],
    ["grade", "batch", "ex9", "/handed-in", "-o", "marks", "--walls", "container"],
    ["grade", "ex9", "/handed-in/minus.py", "--walls", "container"],
)
SOMEBODY = "12345"
"""Whoever starts it with their own number, so that what it writes is theirs."""


class Step(NamedTuple):
    """An instruction of a Containerfile, and what follows it on its line."""

    does: str
    words: str


def steps(text: str) -> Iterator[Step]:
    """Yield the instructions of a Containerfile."""
    joined = re.sub(r"\\\n\s*", "", text)
    for line in joined.splitlines():
        if line.strip() and not line.startswith("#"):
            does, _, words = line.partition(" ")
            yield Step(does, words)


def inside(
    root: Path, words: list[str], user: str, environment: dict[str, str], place: str = "/"
) -> int:
    """Run a command in a folder of the root, and return its exit status."""
    chroot = [shutil.which("chroot") or "chroot", f"--userspec={user}:{user}", str(root)]
    command = [*chroot, "env", "-C", place, *words]
    return subprocess.run(command, env=environment, check=False).returncode


def build(root: Path) -> tuple[str, dict[str, str]]:
    """Do every step; return the user and the environment that it ends with."""
    user, environment = "0", {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp"}
    environment |= {name: held for name, held in os.environ.items() if name.startswith("PIP_")}
    for step in steps(FILE.read_text(encoding="utf-8")):
        print("+", step.does, step.words[:100], flush=True)
        if step.does == "RUN" and inside(root, ["/bin/sh", "-c", step.words], user, environment):
            sys.exit(f"this step failed: {step.words}")
        elif step.does == "COPY":
            _copy(root, *shlex.split(step.words))
        elif step.does == "ENV":
            name, _, value = step.words.partition("=")
            environment[name] = value
        elif step.does == "WORKDIR":
            (root / step.words.lstrip("/")).mkdir(parents=True, exist_ok=True)
        elif step.does == "USER":
            user = step.words
    return user, environment


def _copy(root: Path, *words: str) -> None:
    *sources, target = words
    for source in sources:
        place = root / target.lstrip("/")
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, place, dirs_exist_ok=True)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, place)


def main(root: Path) -> None:
    """Build, then try what a user would."""
    user, environment = build(root)
    for place in ("proc", "dev"):
        subprocess.run(
            ["mount", "--bind", "--make-private", f"/{place}", str(root / place)], check=True
        )
    subprocess.run(["mount", "-t", "tmpfs", "none", str(root / "dev/shm")], check=True)
    (root / "handed-in").mkdir()
    for name in ("right", "minus"):
        shutil.copy(SAMPLES / f"{name}.py", root / "handed-in")
    for who in (user, SOMEBODY):  # what a mounted folder is: the user's own
        folder = root / "work" / who
        folder.mkdir()
        shutil.chown(folder, int(who), int(who))
    try:
        for who in (user, SOMEBODY):
            for words in TRIED:
                print(f"{who} $", *words, flush=True)
                inside(root, words, who, environment, str(Path("/work", who)))
    finally:
        for place in ("dev/shm", "dev", "proc"):
            subprocess.run(["umount", str(root / place)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
