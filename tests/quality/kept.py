"""What is measured, kept in a file as it becomes known, so that a long run can be gone on with."""

import json
import sys
from collections import Counter
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import grader

RULES = ("feedback/repair", "grading/repairs")


@cache
def rules_version() -> str:
    """Return a short word for the rules by which causes are looked for."""
    root = Path(grader.__file__).parent
    files = sorted(one for folder in RULES for one in (root / folder).rglob("*.py"))
    return sha256(b"\0".join(one.read_bytes() for one in files)).hexdigest()[:8]


class KeptResults:
    """Results by name, of which each knows by which rules it came about."""

    def __init__(self, file: Path | None) -> None:
        """Read what is known.

        Args:
            file: with a line for each result; None to keep nothing.
        """
        self._file = file
        self.known: dict[str, Mapping[str, Any]] = {}
        if file is not None and file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                held: dict[str, Any] = json.loads(line)
                self.known[held["name"]] = held

    def add(self, name: str, result: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep a result, and return it as it is kept."""
        held = {"name": name, "rules": rules_version(), **result}
        self.known[name] = held
        if self._file is not None:
            with self._file.open("a", encoding="utf-8") as out:
                out.write(json.dumps(held) + "\n")
        return held

    def say_versions(self) -> None:
        """Say on stderr how many results are of which version of the rules, if of several."""
        counts = Counter(str(one.get("rules", "unknown")) for one in self.known.values())
        if counts and {*counts} != {rules_version()}:
            each = ", ".join(f"{count} by {version}" for version, count in sorted(counts.items()))
            print(f"the rules are now {rules_version()}; results: {each}", file=sys.stderr)
