"""Where each misconception goes wrong, written down beside the exercise: naming one is quick.

What a mutant answers rightly is left out: a submission that has it right is as good a fit.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from grader.diagnose import Suspect
from grader.encoding import Malformed, observation_from, observation_to
from grader.errors import BrokenExercise, at
from grader.expected import Question
from grader.program import Program
from grader.results import Diagnosis

AGAIN = "record it again: grade verify EX --record"


class Fingerprints:
    """The misconceptions of an exercise, as they were written down."""

    def __init__(self, file: Path) -> None:
        """Read them.

        Raises:
            BrokenExercise: the file cannot be read.
        """
        self._file = file
        try:
            held: dict[str, Any] = json.loads(file.read_bytes())
            self._asked: set[str] = {*held["asked"]}
            self._mutants: list[dict[str, Any]] = [*held["mutants"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BrokenExercise(f"{at(file)}: cannot be read: {error}", hint=AGAIN) from error

    def know(self, asked: Mapping[str, Question]) -> bool:
        """Return whether every mutant was asked all of this."""
        return all(print_of(key, one.program) in self._asked for key, one in asked.items())

    def are_of(self, asked: Set[str], mutants: Sequence[tuple[str, str, str]]) -> bool:
        """Return whether they are of these mutants, and of all that an exercise asks.

        Args:
            asked: what stands for each Program, see `print_of`.
            mutants: each one's id, sentence and question.
        """
        known = [(one.get("id"), one.get("says"), one.get("hint")) for one in self._mutants]
        return self._asked == asked and known == list(mutants)

    def suspects(self, asked: Mapping[str, Question]) -> Iterator[Suspect]:
        """Give where each mutant goes wrong in what is asked.

        Raises:
            BrokenExercise: what was written down is not an Observation.
        """
        names = {print_of(key, one.program): (key, one.program) for key, one in asked.items()}
        for mutant in self._mutants:
            try:
                wrong = {
                    names[name][0]: observation_from(observation, names[name][1])
                    for name, observation in mutant["wrong"].items()
                    if name in names
                }
                diagnosis = Diagnosis(mutant["id"], mutant["says"], mutant["hint"])
            except (Malformed, KeyError, TypeError, AttributeError) as error:
                raise BrokenExercise(f"{at(self._file)}: {error}", hint=AGAIN) from error
            yield Suspect(diagnosis, wrong)


def written(asked: Mapping[str, Question], suspects: Iterable[Suspect]) -> str:
    """Return the text of a file from which `Fingerprints` gives these suspects again.

    Random graphs and other layouts are written down for those alone that go wrong nowhere else.

    Args:
        asked: everything that an exercise asks, with the seed that is the same for everyone.
        suspects: where each mutant goes wrong in that.
    """
    lines = []
    for suspect in suspects:
        fixed = {key: seen for key, seen in suspect.observations.items() if not {"#", "@"} & {*key}}
        wrong = {
            print_of(key, asked[key].program): observation_to(seen)
            for key, seen in sorted((fixed or suspect.observations).items())
        }
        lines.append(f"    {json.dumps({**suspect.diagnosis._asdict(), 'wrong': wrong})}")
    names = sorted(print_of(key, question.program) for key, question in asked.items())
    mutants = ",\n".join(lines)
    return f'{{\n  "asked": {json.dumps(names)},\n  "mutants": [\n{mutants}\n  ]\n}}\n'


def print_of(key: str, program: Program) -> str:
    """Return what stands for a Program that a check asks; where it looks does not matter."""
    return f"{key}:{program._replace(observed=()).fingerprint()}"
