"""Reads the attacks: each is a file whose docstring says what it tries and which wall answers.

The lines of the docstring are `Tries:`, `Wall:` and `Says:`, a piece of what the report says, or
several with a bar between them where tiers differ. `Engine:` names the engine that stands above the
attack, "wrong" where it is left out; `Limits:` changes some of LIMITS. `Open:` names a tier where
it gets through, and says why. `Score:` is for those that cannot but lose what their engine had.
"""

import ast
from pathlib import Path
from textwrap import indent
from typing import NamedTuple

from grader.sandbox.protocol.limits import Limits
from tests.places import SAMPLES
from tests.sandbox.engines import RIGHT, instead

HERE = Path(__file__).parent
GROUPS = ("forge", "borrow", "read", "leave", "exhaust", "outlive", "die", "honest")
LIMITS = Limits(load_s=1.0, program_s=0.2, cpu_s=20, memory_mb=256, output_kb=64, file_mb=8)
ENGINES = {
    "right": RIGHT,
    "wrong": instead("self.data = data\n", "self.data = 7.0\n"),
    "once": instead("self.grad += out.grad", "self.grad = out.grad"),
    "minus": (SAMPLES / "minus.py").read_text(encoding="utf-8"),
}
POINTS = {"right": 5, "wrong": 0, "minus": 3}
DOOR = """
_RIGHT = {right!r}
OUTSIDE = {outside!r}

def got_through():
    exec(compile(_RIGHT, globals().get("__file__", "cell"), "exec"), globals())
"""


class Attack(NamedTuple):
    """What a file says of itself, and what it does.

    Attributes:
        name: the group and the file, "read/key".
        tries: what it is after.
        wall: what answers.
        says: pieces of text, one of which the report must hold.
        engine: of ENGINES, which stands above it.
        limits: what it may use.
        score: what it must get: what its engine gets without it, or less.
        gets_through: the tier in which it does, and why; two empty texts where it does nowhere.
        source: its code.
    """

    name: str
    tries: str
    wall: str
    says: tuple[str, ...]
    engine: str
    limits: Limits
    score: int
    gets_through: tuple[str, str]
    source: str

    def submission(self, outside: dict[str, object]) -> str:
        """Return the whole submission: an engine, the door that an attack looks for, the attack.

        Args:
            outside: name → where what it is after would be; it need not guess.
        """
        return "\n".join(self.cells(outside))

    def cells(self, outside: dict[str, object]) -> tuple[str, ...]:
        """Return the same as the cells of a notebook."""
        door = DOOR.format(right=RIGHT, outside=outside)
        whole = "if True:\n" + indent(self.source, "    ")  # what fails in it fails as a whole
        return ENGINES[self.engine], door, whole


def read(path: Path) -> Attack:
    """Return the attack in a file."""
    source = path.read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(source)) or ""
    lines = {key: text.strip() for key, _, text in (line.partition(":") for line in _joined(told))}
    engine = lines.get("Engine", "wrong")
    limits = dict(pair.split("=") for pair in lines.get("Limits", "").split())
    changed = {key: type(getattr(LIMITS, key))(value) for key, value in limits.items()}
    tier, _, why = lines.get("Open", "").partition(":")
    return Attack(
        f"{path.parent.name}/{path.stem}",
        lines["Tries"],
        lines["Wall"],
        tuple(piece.strip() for piece in lines["Says"].split("|")),
        engine,
        LIMITS._replace(**changed),
        int(lines.get("Score", POINTS[engine])),
        (tier, why.strip()),
        source,
    )


def _joined(told: str) -> list[str]:
    """Return the lines of a docstring, those that go on joined to the ones they go on from."""
    return told.replace("\n ", " ").splitlines()


ATTACKS = [read(path) for group in GROUPS for path in sorted((HERE / group).glob("*.py"))]
