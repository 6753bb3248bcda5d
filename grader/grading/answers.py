"""The answers of a submission so far: what is wrong in them, and what is in the way of others."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from grader.engines.compare import Mismatch
from grader.engines.observation import Fault, Observation
from grader.engines.oracles.expected import mismatch_of
from grader.engines.program import Program
from grader.exercises.exercise import Check
from grader.exercises.exercise_programs import check_of
from grader.grading.forbidden_use import needs_engine
from grader.grading.prepared_exercise import PreparedExercise

if TYPE_CHECKING:
    from grader.grading.own_run.run_result import RunResult


class Answers:
    """The answers of a submission so far, to Programs and by its own run.

    Attributes:
        expected: the id of a check, or of a Program that it asks besides → what oracles say.
        observations: the id of a check, or of a Program that it asks besides → the answer to it.
        mismatches: the same ids → where that is wrong first, None where it is right.
        run_results: the ids of the checks of its own run → their results.
        problem: why nothing of the submission can be asked, "" where it can.
        no_engine: why its engine cannot be asked, "" where it can.
        forbidden_use: what the engine uses of a forbidden package, in words, "" where nothing.
    """

    def __init__(self, prepared: PreparedExercise) -> None:
        self.expected = prepared.expected
        self._checks = {check.id: check for check in prepared.exercise.checks}
        keys = [(key, check_of(key)) for key in prepared.expected]
        self._keys = {id_: [key for key, of in keys if of == id_] for id_ in self._checks}
        self.observations: dict[str, Observation] = {}
        self.mismatches: dict[str, Mismatch | None] = {}
        self.run_results: dict[str, RunResult] = {}
        self.problem = self.no_engine = self.forbidden_use = ""

    def add(self, key: str, observation: Observation) -> None:
        """Compare what the engine answered with what the oracles say."""
        expected = self.expected.get(key)
        if expected is None:
            return
        self.observations[key] = observation
        first_oracle = next(iter(expected.by_oracle.values()))
        self.mismatches[key] = mismatch_of(expected.program, first_oracle, observation)

    def add_run(self, check: Check, result: "RunResult") -> None:
        """Add what a check of the submission's own run came to."""
        self.run_results[check.id] = result
        self.observations[check.id] = result.observation
        self.mismatches[check.id] = result.mismatch

    def is_right(self) -> bool:
        """Return whether every answer to what checks ask openly is right, and there are some."""
        keys = [key for key in self.programs(hidden=False) if check_of(key) in self._checks]
        return bool(keys) and all(
            key in self.mismatches and self.mismatches[key] is None for key in keys
        )

    def is_known(self, check: Check) -> bool:
        """Return whether a check has been asked to its end, or to its first wrong answer."""
        if check.id in self.run_results:
            return True
        if self.problem:
            return False
        known = [self.observations[key] for key in self._keys[check.id] if key in self.observations]
        return bool(known) and all(one.ended != "not asked" for one in known)

    def fault(self, id_: str) -> Fault | None:
        """Return what was raised where a check went wrong, None where nothing was."""
        wrong = [key for key in self._keys.get(id_, ()) if self.mismatches.get(key)]
        return self.observations[wrong[0]].fault if wrong else None

    def drop(self) -> None:
        """Drop all answers of an engine that is not the student's own."""
        self.observations.clear()
        self.mismatches.clear()

    def engine_programs(self) -> dict[str, Program]:
        """Return the Programs that the engine is asked, which those of its own run are not."""
        return {
            key: one.program
            for key, one in self.expected.items()
            if not ((check := self._checks.get(check_of(key))) and check.own_run)
        }

    def is_engine_right(self) -> bool | None:
        """Return whether nothing in the engine's answers is wrong, None where it is not asked."""
        asked = [key for key in self.engine_programs() if check_of(key) in self._checks]
        return not any(self.mismatches.get(key) for key in asked) if asked else None

    def is_hidden(self, key: str) -> bool:
        """Return whether an id is of a hidden check."""
        check = self._checks.get(check_of(key))
        return check is not None and not check.is_public

    def programs(self, *, hidden: bool) -> dict[str, Program]:
        """Return the Programs that the engine is asked by hidden checks, or by all others."""
        programs = self.engine_programs()
        return {key: one for key, one in programs.items() if self.is_hidden(key) is hidden}

    def is_wanted(self, key: str) -> bool:
        """Return whether an id is still worth asking: nothing that it comes after has failed."""
        check = self._checks.get(check_of(key))
        if check is None:  # a remark is not worth another wait
            return all(one.ended in ("answered", "raised") for one in self.observations.values())
        if any(self._has_timed_out(key) for key in self._keys[check.id]):
            return False  # that is enough
        return self.failed_before(check) is None

    def _has_timed_out(self, key: str) -> bool:
        observation = self.observations.get(key)
        return observation is not None and observation.ended == "timed out"

    def failed_before(self, check: Check) -> Check | None:
        """Return the first check that has failed of those that `check` comes after."""
        return next((earlier for earlier in check.after if self.has_failed(earlier)), None)

    def has_failed(self, check: Check) -> bool:
        """Return whether a check, or one that it comes after, has failed."""
        if self.disagreement(check):
            return False
        if self.obstacle(check) or self.first_mismatch(check):
            return True
        return self.failed_before(check) is not None

    def disagreement(self, check: Check) -> str:
        """Return the disagreement of the oracles on a check, "" where they agree."""
        disagreements = (self.expected[key].disagreement for key in self._keys[check.id])
        return next(filter(None, disagreements), "")

    def obstacle(self, check: Check) -> str:
        """Return why a check cannot be asked, "" where it can."""
        if self.forbidden_use and needs_engine(check, self.expected[check.id].program):
            return self.forbidden_use
        return self.problem or ("" if check.own_run else self.no_engine)

    def first_mismatch(self, check: Check) -> tuple[str, Mismatch] | None:
        """Return the first of a check's ids whose answer is wrong, and where that is wrong."""
        wrong = ((key, self.mismatches.get(key)) for key in self._keys[check.id])
        return next(((key, mismatch) for key, mismatch in wrong if mismatch), None)

    def to_diagnose(self) -> Mapping[str, Observation]:
        """Return the Observations that a fault is known by, none where nothing is wrong.

        Those of random graphs, and in other layouts, only where nothing else differs: there it
        matters whether children are kept in a set, and misconceptions may keep theirs otherwise.
        """
        of_checks = {
            key: observation
            for key, observation in self.observations.items()
            if check_of(key) in self._checks
        }
        on_right_engine = {
            key for key, result in self.run_results.items() if result.on_right_engine
        }
        own = {key: one for key, one in of_checks.items() if key not in on_right_engine}
        wrong = {key for key in own if self.mismatches[key]}
        if not wrong:  # what is left is wrong on a right engine, too
            return {key: one for key, one in of_checks.items() if self.mismatches[key]}
        fixed = {key: one for key, one in own.items() if key in self._checks}
        return fixed if wrong & fixed.keys() else own
