"""Grades what is in the bank, at home or behind walls, and compares verdicts with truths."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from grader.engines.memo import Memo
from grader.engines.program import Program
from grader.errors import GraderError
from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.grading.one_submission import sandboxed
from grader.grading.request import GradeRequest, exercises_of, with_limits
from grader.grading.stages import grade
from grader.reports.report import Outcome, Report
from grader.sandbox.interpreter import Interpreter
from grader.sandbox.protocol.limits import Allowance, Tier
from grader.sandbox.protocol.wire import Encoded
from grader.sandbox.zygote_pool import ZygotePool
from grader.submissions.submission import find, packed
from tests.ready_grader import SHELL, prepared
from tests.wild.bank import Truth
from tests.wild.submissions import Entry

BAD = (Outcome.FAILED, Outcome.BROKEN)
COURSE_SEED = 20261128  # behind walls checks ask more than at home


class Verdict(NamedTuple):
    """What a submission got.

    Attributes:
        failed: the checks that cost it points, each "exercise.check".
        skipped: those that were not asked.
        told: all that was said.
        problem: why it could not be graded, "" where it was.
    """

    failed: frozenset[str]
    skipped: frozenset[str]
    told: str
    problem: str = ""


class BankGrader:
    """Grades one entry after another; what does not depend on them is prepared once."""

    def __init__(
        self, tier: Tier = "limits", *, kernel: bool = False, forked: bool = False
    ) -> None:
        """Make ready.

        Args:
            tier: of the walls; "limits" is at home.
            kernel: whether notebooks run in a Jupyter kernel.
            forked: whether processes are forked at home, too, which takes half the time.
        """
        self._tier = tier
        self._kernel = kernel
        self._encoded: Memo[Program, Encoded] = Memo()
        self._zygotes = ZygotePool(tier, [SHELL]) if forked or tier != "limits" else None

    def verdict(self, entry: Entry) -> Verdict:
        """Return what an entry gets."""
        with TemporaryDirectory() as folder:
            path = entry.written(Path(folder))
            try:
                return verdict_of(self._reports(path, entry))
            except GraderError as error:
                return Verdict(frozenset(), frozenset(), error.message, error.message)

    def close(self) -> None:
        """End what it has started."""
        if self._zygotes:
            self._zygotes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reports(self, path: Path, entry: Entry) -> list[Report]:
        names = ",".join(entry.truth.asks)
        submission = find(str(path), names)
        request = GradeRequest(
            names, kernel=self._kernel, walls=self._tier, allowed=Allowance(entry.time_s)
        )
        request = with_limits(request, exercises_of(request))
        launch = self._zygotes.launch if self._zygotes else Interpreter
        if self._tier != "limits":
            submission = packed(submission)
        encoded = self._encoded if self._zygotes else None
        with closing(sandboxed(submission, request, None, launch, encoded)) as subject:
            if self._tier == "limits":  # else an exercise says what is withheld
                subject.begin()
            seed = DEFAULT_SEED if self._tier == "limits" else COURSE_SEED
            asked = (prepared(name, seed) for name in entry.truth.asks)
            return [grade(exercise, submission, subject, how) for exercise, how in asked]


def verdict_of(reports: Sequence[Report]) -> Verdict:
    """Return what reports come to."""
    checks = {
        f"{report.exercise}.{check.id}": check for report in reports for check in report.checks
    }
    told = [note for report in reports for note in report.notes]
    for check in checks.values():
        told += [
            check.message,
            *((check.diagnosis.says, check.diagnosis.hint) if check.diagnosis else ()),
        ]
        if check.first_wrong_node:
            told.append(check.first_wrong_node.says)
    return Verdict(
        frozenset(name for name, check in checks.items() if check.outcome in BAD),
        frozenset(name for name, check in checks.items() if check.outcome is Outcome.SKIPPED),
        "\n".join(dict.fromkeys(told)),
    )


def difference(found: Verdict, truth: Truth) -> str:
    """Return in what a verdict differs from the truth, "" where it does not.

    A check that the truth names must fail, and whatever fails must be named. One is skipped where
    one before it failed, which is no verdict on it.
    """
    if found.problem:
        return f"not graded: {found.problem}"
    said = []
    if unseen := truth.wrong - found.failed:
        said.append(f"accepts {' '.join(sorted(unseen))}")
    if unfair := found.failed - truth.wrong:
        said.append(f"refuses {' '.join(sorted(unfair))}: {_first_line(found)}")
    if not truth.wrong and found.skipped and not said:
        said.append("skips what it should ask")
    if truth.says not in found.told:
        said.append(f"does not say {truth.says!r}: {_first_line(found)}")
    return "; ".join(said)


def _first_line(found: Verdict) -> str:
    return next((line for line in found.told.splitlines() if line), "")


def is_accepted_falsely(found: Verdict, truth: Truth) -> bool:
    """Return whether a wrong submission passes all that it is asked."""
    return bool(truth.wrong) and not found.failed and not found.problem


def is_refused_falsely(found: Verdict, truth: Truth) -> bool:
    """Return whether a submission loses points for what is right."""
    return bool(found.problem or found.failed - truth.wrong)


def same_verdict(verdicts: Mapping[str, Verdict]) -> bool:
    """Return whether several ways lead to one verdict: the same checks cost points."""
    return len({(one.failed, one.skipped, bool(one.problem)) for one in verdicts.values()}) == 1
