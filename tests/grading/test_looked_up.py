"""A table of the known answers, made at home, is worth nothing where the seed is another."""

import pytest

from grader.engines.oracles.textbook import Textbook
from grader.engines.program import ObservedStep
from grader.exercises import catalogue
from grader.exercises.exercise_programs import DEFAULT_SEED, programs
from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest
from tests.ready_grader import AS_ASKED

OTHER_SEED = 20261128
NO_ENGINE = """
ANSWERS = iter({answers})

class Value:
    _prev = ()
    def __init__(self, data=0.0):
        pass
    def __add__(self, other):
        return Value()
    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = __truediv__ = __add__
    def __neg__(self):
        return Value()
    def backward(self):
        pass
    data = grad = property(lambda self: next(ANSWERS, 0.0), lambda self, value: None)
"""


def looked_up(exercise: str) -> str:
    """A submission that knows what is read in each Program of everyone's seed, and nothing else."""
    answers = []
    for program in programs(catalogue.load(catalogue.find(exercise))).values():
        reads = [at for at, step in enumerate(program.steps) if step.kind == "read"]
        observed = tuple(ObservedStep("", at) for at in reads)
        observation = Textbook().answer(program._replace(observed=observed))
        answers += [observation.answers[at].value for at in reads]
    return NO_ENGINE.format(answers=answers)


@pytest.mark.parametrize(("seed", "score"), [(DEFAULT_SEED, 5.0), (OTHER_SEED, 0.0)])
def test_a_table_of_what_is_known_scores_only_where_the_seed_is_known(
    tmp_path_factory: pytest.TempPathFactory, seed: int, score: float
) -> None:
    path = tmp_path_factory.mktemp("looked up") / "value.py"
    path.write_text(looked_up("ex9"), encoding="utf-8")
    request = GradeRequest("ex9", str(path), seed=seed, examples_s=AS_ASKED)

    report = grade_exercise(request, None).report

    assert report.score == score
