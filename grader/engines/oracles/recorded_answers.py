"""Torch's answers to an exercise's own Programs, recorded beside it for runs without torch."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from grader.engines.encoding import Malformed, observation_from, observation_to
from grader.engines.observation import Observation
from grader.engines.own_folders import EXERCISES
from grader.engines.program import Program
from grader.errors import BrokenExercise, at, quoted


class LiveOracle(Protocol):
    """An oracle that can be asked now."""

    label: str

    def answer(self, program: Program) -> Observation:
        """Return the oracle's Observation of `program`."""
        ...


class RecordedOracle:
    """Answers the Programs that were recorded, and no others."""

    def __init__(self, file: Path) -> None:
        try:
            record: dict[str, Any] = json.loads(file.read_bytes())
            self.label = str(record["oracle"])
            self._answers: dict[str, Any] = {**record["answers"]}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenExercise(
                f"{file}: cannot be read: {error}",
                hint=f"record it again: {recording_command(file)}",
            ) from error
        self._file = file

    def answer(self, program: Program) -> Observation | None:
        """Return the recorded Observation, or None where this Program was never asked.

        Raises:
            BrokenExercise: what was recorded is not an Observation of `program`.
        """
        record = self._answers.get(program.fingerprint())
        if record is None:
            return None
        try:
            return observation_from(record, program)
        except Malformed as error:
            raise BrokenExercise(
                f"{self._file}: {error}", hint=f"record it again: {recording_command(self._file)}"
            ) from error


def recorded_text(oracle: LiveOracle, programs: Iterable[Program]) -> str:
    """Return the text from which `RecordedOracle` answers `programs` as `oracle` does now."""
    answers = {
        program.fingerprint(): observation_to(oracle.answer(program)) for program in programs
    }
    lines = [f"    {json.dumps(key)}: {json.dumps(answers[key])}" for key in sorted(answers)]
    body = ",\n".join(lines)
    return f'{{\n  "oracle": {json.dumps(oracle.label)},\n  "answers": {{\n{body}\n  }}\n}}\n'


def recording_command(file: Path) -> str:
    """Return the command that records what an exercise's folder holds, a file of it say."""
    name = file.parent.name.partition("_")[2]
    track, home = file.parent.parent.name, file.parent.parent.parent
    where = "" if str(home) == EXERCISES else f" --exercises {quoted(at(home))}"
    return f"grade verify {track}/{name} --record{where}"
