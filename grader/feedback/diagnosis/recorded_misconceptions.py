"""Where each misconception goes wrong, written down beside the exercise: naming one is quick.

What a mutant answers rightly is left out: a submission that has it right is as good a fit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, TypeAlias

from grader.engines.encoding import (
    Malformed,
    observation_from,
    observation_to,
    program_from,
    program_to,
)
from grader.engines.memo import Remembered
from grader.engines.observation import Observation
from grader.engines.oracles.expected import Question
from grader.engines.program import Observed, Program
from grader.errors import BrokenExercise, at
from grader.feedback.diagnosis.one_misconception import Suspect
from grader.feedback.shrinking.editing import lettered
from grader.reports.report import Diagnosis

Wrong: TypeAlias = Mapping[str, Observation]
"""What stands for a Program, see `print_of` → what is answered to it, wrongly."""
Smallest: TypeAlias = Mapping[str, Program]
"""The id of a check that is failed → the smallest Program that is failed in the same way."""

OTHERWISE = Observation("not asked")  # wrong in a way that fits nobody: another Program was run
MOST_GIVEN = 50
AGAIN = "record it again: grade verify EX --record"


class Fingerprints:
    """The misconceptions of an exercise, as they were written down."""

    def __init__(self, file: Path) -> None:
        """Read them.

        Raises:
            BrokenExercise: the file cannot be read.
        """
        self._file = file
        self._prints: Remembered[Program, str] = Remembered()
        self._given: dict[tuple[str, ...], list[Suspect]] = {}
        try:
            held: dict[str, Any] = json.loads(file.read_bytes())
            self._asked: set[str] = {*held["asked"]}
            self._runs: set[str] = {*held["runs"]}
            self._mutants: list[dict[str, Any]] = [*held["mutants"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenExercise(f"{at(file)}: cannot be read: {error}", hint=AGAIN) from error

    def know(self, asked: Mapping[str, Question]) -> bool:
        """Return whether every mutant was asked all of this; what its own run did is known."""
        asked_of_all = {key: one for key, one in asked.items() if key not in self._runs}
        return self._asked.issuperset(self._names(asked_of_all).values())

    def are_of(self, asked: Set[str], mutants: Sequence[tuple[str, str, str]]) -> bool:
        """Return whether they are of these mutants, and of all that an exercise asks.

        Args:
            asked: what stands for each Program, see `print_of`.
            mutants: each one's id, sentence and question.
        """
        known = [(one.get("id"), one.get("says"), one.get("hint")) for one in self._mutants]
        return self._asked == asked and known == list(mutants)

    def suspects(self, asked: Mapping[str, Question]) -> Sequence[Suspect]:
        """Return where each mutant goes wrong in what is asked.

        Raises:
            BrokenExercise: what was written down is not an Observation.
        """
        names = self._names(asked)
        known = tuple(sorted(names.values()))
        if known not in self._given:
            if len(self._given) >= MOST_GIVEN:
                self._given.clear()
            self._given[known] = list(self._read(asked, names))
        return self._given[known]

    def _names(self, asked: Mapping[str, Question]) -> dict[str, str]:
        """Return what stands for each Program; most are asked of every submission."""
        return {key: f"{key}:{self._prints.of(one.program, _print)}" for key, one in asked.items()}

    def _read(self, asked: Mapping[str, Question], names: Mapping[str, str]) -> Iterator[Suspect]:
        programs = {names[key]: one.program for key, one in asked.items()}
        for mutant in self._mutants:
            try:
                wrong = {
                    name: observation_from(observation, programs[name])
                    if name in programs
                    else OTHERWISE
                    for name, observation in mutant["wrong"].items()
                }
                diagnosis = Diagnosis(mutant["id"], mutant["says"], mutant["hint"])
                smallest = {
                    key: _example_from(plain) for key, plain in mutant.get("smallest", {}).items()
                }
            except (Malformed, LookupError, TypeError, ValueError, AttributeError) as error:
                raise BrokenExercise(f"{at(self._file)}: {error}", hint=AGAIN) from error
            yield suspect_of(diagnosis, wrong, names)._replace(smallest=smallest)


def suspect_of(diagnosis: Diagnosis, wrong: Wrong, names: Mapping[str, str]) -> Suspect:
    """Return a misconception as a suspect for what was asked of a submission.

    Args:
        diagnosis: what to call it.
        wrong: what it answers wrongly.
        names: what stands for each Program that was asked, see `prints_of`.
    """
    keys = {name.rpartition(":")[0] for name in wrong}
    observations = {
        key: wrong.get(name, OTHERWISE)
        for key, name in names.items()
        if name in wrong or key in keys
    }
    return Suspect(diagnosis, observations)


def written(
    asked: Iterable[str],
    runs: Iterable[str],
    mutants: Iterable[tuple[Diagnosis, Wrong, Smallest]],
) -> str:
    """Return the text of a file from which `Fingerprints` reads all this again.

    Random graphs and other layouts are written down for those alone that go wrong nowhere else.

    Args:
        asked: what stands for each Program that an exercise asks, with everyone's seed.
        runs: the ids of the checks that look at a submission's own run.
        mutants: each one, what it answers wrongly, and its smallest examples.
    """
    lines = []
    for diagnosis, wrong, smallest in mutants:
        fixed = {name: seen for name, seen in wrong.items() if not {"#", "@"} & {*name}}
        kept = {name: observation_to(seen) for name, seen in sorted((fixed or wrong).items())}
        examples = {key: _example_to(program) for key, program in sorted(smallest.items())}
        told = {**diagnosis._asdict(), "wrong": kept, "smallest": examples}
        lines.append(f"    {json.dumps(told)}")
    head = f'  "asked": {json.dumps(sorted(asked))},\n  "runs": {json.dumps(sorted(runs))},\n'
    body = ",\n".join(lines)
    return f'{{\n{head}  "mutants": [\n{body}\n  ]\n}}\n'


def _example_to(program: Program) -> list[Any]:
    return [program_to(program), [seen.label for seen in program.observed]]


def _example_from(plain: list[Any]) -> Program:
    """Return the Program that `_example_to` wrote; its nodes have letters."""
    program, labels = program_from(plain[0]), plain[1]
    observed = map(Observed, labels, (seen.at for seen in program.observed))
    return lettered(program._replace(observed=tuple(observed)))


def prints_of(asked: Mapping[str, Question]) -> dict[str, str]:
    """Return what stands for each Program, found once for all suspects: some are long."""
    return {key: print_of(key, one.program) for key, one in asked.items()}


def print_of(key: str, program: Program) -> str:
    """Return what stands for a Program that a check asks; where it looks does not matter."""
    return f"{key}:{_print(program)}"


def _print(program: Program) -> str:
    return program._replace(observed=()).fingerprint()
