"""The misconceptions of an exercise, recorded beside it: naming one of them is quick.

Right answers are left out: a submission that has them right, too, is as good a fit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, TypeAlias

from grader.engines.encoding import (
    Malformed,
    observation_from,
    observation_to,
)
from grader.engines.memo import Memo
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Expected
from grader.engines.oracles.recorded_answers import recording_command
from grader.engines.program import ObservedStep, Program
from grader.engines.program_encoding import program_from, program_to
from grader.errors import BrokenExercise, at
from grader.feedback.diagnosis.one_misconception import Misconception
from grader.feedback.shrinking.editing import lettered
from grader.reports.report import Diagnosis

WrongAnswers: TypeAlias = Mapping[str, Observation]
"""The key of a Program, see `program_key` → the wrong answer to it."""
SmallestPrograms: TypeAlias = Mapping[str, Program]
"""The id of a check that is failed → the smallest Program that is failed in the same way."""

ANOTHER_PROGRAM = Observation("not asked")  # its answer fits no submission's
MOST_REMEMBERED = 50


class RecordedMisconceptions:
    """The misconceptions of an exercise, as they were written down."""

    def __init__(self, file: Path) -> None:
        """Read them.

        Raises:
            BrokenExercise: the file cannot be read.
        """
        self._file = file
        self._fingerprints: Memo[Program, str] = Memo(most=200)  # trainings are long
        self._misconceptions: dict[tuple[str, ...], list[Misconception]] = {}
        try:
            record: dict[str, Any] = json.loads(file.read_bytes())
            self._program_names: set[str] = {*record["asked"]}
            self._runs: set[str] = {*record["runs"]}
            self._mutants: list[dict[str, Any]] = [*record["mutants"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenExercise(
                f"{at(file)}: cannot be read: {error}", hint=_again(file)
            ) from error

    def cover(self, expected: Mapping[str, Expected]) -> bool:
        """Return whether every mutant was asked all of this; what its own run did is known."""
        asked_of_mutants = {key: one for key, one in expected.items() if key not in self._runs}
        return self._program_names.issuperset(self._names(asked_of_mutants).values())

    def are_of(self, program_names: Set[str], mutants: Sequence[tuple[str, str, str]]) -> bool:
        """Return whether they are of these mutants, and of all that an exercise asks.

        Args:
            program_names: the key of each Program that is asked, see `program_key`.
            mutants: each one's id, sentence and question.
        """
        keys = [(one.get("id"), one.get("says"), one.get("hint")) for one in self._mutants]
        return self._program_names == program_names and keys == list(mutants)

    def misconceptions(self, expected: Mapping[str, Expected]) -> Sequence[Misconception]:
        """Return each mutant as a misconception, wrong in what is asked.

        Raises:
            BrokenExercise: what was written down is not an Observation.
        """
        names = self._names(expected)
        keys = tuple(sorted(names.values()))
        if keys not in self._misconceptions:
            if len(self._misconceptions) >= MOST_REMEMBERED:
                self._misconceptions.clear()
            self._misconceptions[keys] = list(self._read(expected, names))
        return self._misconceptions[keys]

    def _names(self, expected: Mapping[str, Expected]) -> dict[str, str]:
        """Return the key of each Program; most are asked of every submission."""
        return {
            key: f"{key}:{self._fingerprints.of(one.program, _fingerprint)}"
            for key, one in expected.items()
        }

    def _read(
        self, expected: Mapping[str, Expected], names: Mapping[str, str]
    ) -> Iterator[Misconception]:
        programs = {names[key]: one.program for key, one in expected.items()}
        for mutant in self._mutants:
            try:
                wrong = {
                    name: observation_from(observation, programs[name])
                    if name in programs
                    else ANOTHER_PROGRAM
                    for name, observation in mutant["wrong"].items()
                }
                diagnosis = Diagnosis(mutant["id"], mutant["says"], mutant["hint"])
                smallest = {
                    key: _example_from(plain) for key, plain in mutant.get("smallest", {}).items()
                }
            except (Malformed, LookupError, TypeError, ValueError, AttributeError) as error:
                raise BrokenExercise(
                    f"{at(self._file)}: {error}", hint=_again(self._file)
                ) from error
            yield misconception_of(diagnosis, wrong, names)._replace(smallest=smallest)


def misconception_of(
    diagnosis: Diagnosis, wrong: WrongAnswers, names: Mapping[str, str]
) -> Misconception:
    """Return a misconception with its wrong answers to what a submission was asked.

    Args:
        diagnosis: what to call it.
        wrong: its wrong answers.
        names: the key of each Program that was asked, see `program_keys`.
    """
    keys = {name.rpartition(":")[0] for name in wrong}
    observations = {
        key: wrong.get(name, ANOTHER_PROGRAM)
        for key, name in names.items()
        if name in wrong or key in keys
    }
    return Misconception(diagnosis, observations)


def recorded_text(
    program_names: Iterable[str],
    runs: Iterable[str],
    mutants: Iterable[tuple[Diagnosis, WrongAnswers, SmallestPrograms]],
) -> str:
    """Return the text of a file from which `RecordedMisconceptions` reads all this again.

    Random graphs and other layouts are written down for those alone that go wrong nowhere else.

    Args:
        program_names: the key of each Program that an exercise asks, with everyone's seed.
        runs: the ids of the checks that look at a submission's own run.
        mutants: each one, its wrong answers, and its smallest examples.
    """
    lines = []
    for diagnosis, wrong, smallest in mutants:
        same_everywhere = {
            name: observation for name, observation in wrong.items() if not {"#", "@"} & {*name}
        }
        answers = {
            name: observation_to(observation)
            for name, observation in sorted((same_everywhere or wrong).items())
        }
        examples = {key: _example_to(program) for key, program in sorted(smallest.items())}
        record = {**diagnosis._asdict(), "wrong": answers, "smallest": examples}
        lines.append(f"    {json.dumps(record)}")
    head = (
        f'  "asked": {json.dumps(sorted(program_names))},\n  "runs": {json.dumps(sorted(runs))},\n'
    )
    body = ",\n".join(lines)
    return f'{{\n{head}  "mutants": [\n{body}\n  ]\n}}\n'


def _example_to(program: Program) -> list[Any]:
    return [program_to(program), [look.label for look in program.observed]]


def _example_from(plain: list[Any]) -> Program:
    """Return the Program that `_example_to` wrote; its nodes have letters."""
    program, labels = program_from(plain[0]), plain[1]
    observed = map(ObservedStep, labels, (look.at for look in program.observed))
    return lettered(program._replace(observed=tuple(observed)))


def program_keys(expected: Mapping[str, Expected]) -> dict[str, str]:
    """Return the key of each Program, made once for all misconceptions: some Programs are long."""
    return {key: program_key(key, one.program) for key, one in expected.items()}


def program_key(key: str, program: Program) -> str:
    """Return the key of a Program that a check asks; where it looks does not matter."""
    return f"{key}:{_fingerprint(program)}"


def _fingerprint(program: Program) -> str:
    return program._replace(observed=()).fingerprint()


def _again(file: Path) -> str:
    return f"record it again: {recording_command(file)}"
