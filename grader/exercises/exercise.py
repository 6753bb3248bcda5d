"""What an exercise is: checks that ask, advisories that remark, and mutants that it must catch.

Everything here is a NamedTuple: made in a tenth of a dataclass's time, on every run of `grade`.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from grader.exercises.forbidden_packages import USUAL
from grader.exercises.late_policy import LatePolicy
from grader.sandbox.protocol.limits import Allowance

if TYPE_CHECKING:
    from grader.engines.oracles.definition import Definition
    from grader.exercises.optimizers.rule import Rule
    from grader.exercises.training import Example, TrainingTask

CheckFunction: TypeAlias = Callable[..., Any]
Visibility: TypeAlias = Literal["public", "hidden"]


class AnyDescent(NamedTuple):
    """The least that a training of any shape has to have.

    Attributes:
        parameters: how many numbers have to learn.
        steps: how many steps have to be made.
        rule: by which they are made; None for plain descent.
    """

    parameters: int
    steps: int
    rule: "Rule | None" = None


class OwnRun(NamedTuple):
    """The part of the submission's own run that a check looks at, in place of the engine.

    Attributes:
        of: "variables" at some moment, the "output", a "training", or a "descent" of any shape.
        inside: the dict that holds what is looked at, by label; "" for variables.
        rough: numbers were found by difference quotients, and are near the right ones.
        task: of a training, what it has to do.
        descent: of a training of any shape, what is asked of it.
        by_engine: what is looked at comes from the engine, and not from a student's own reckoning.
    """

    of: Literal["variables", "output", "training", "descent"]
    inside: str = ""
    rough: bool = False
    task: "TrainingTask | None" = None
    descent: AnyDescent | None = None
    by_engine: bool = False

    @property
    def is_training(self) -> bool:
        """Whether it is a training that is looked at."""
        return self.of in ("training", "descent")


class Check(NamedTuple):
    """One thing an exercise asks, worth points.

    Attributes:
        id: the function's name.
        title: what the student reads, the first line of the docstring.
        points: what it is worth.
        function: records the question; it knows no answer.
        after: the checks without which this one would charge the same fault again.
        visibility: of a "hidden" check that fails, what it asks is not shown.
        random: how many random graphs it asks besides, of what has been taught.
        own_run: the part of the submission's run that it looks at; None where it asks the engine.
        layouts: in how many orders of the nodes in a set it is asked.
    """

    id: str
    title: str
    points: float
    function: CheckFunction
    after: tuple["Check", ...] = ()
    visibility: Visibility = "public"
    random: int = 0
    own_run: OwnRun | None = None
    layouts: int = 1

    @property
    def is_public(self) -> bool:
        """Whether a student sees what it asks, where it fails."""
        return self.visibility == "public"


class Advisory(NamedTuple):
    """A remark that costs nothing.

    Attributes:
        id: the function's name.
        says: the remark.
        when: "differs" to make it where the submission answers, and not as the oracles do;
            "agrees" to make it where it answers just as they do.
        function: records the question.
    """

    id: str
    says: str
    when: Literal["differs", "agrees"]
    function: CheckFunction


class Mutant(NamedTuple):
    """A misconception made executable: an edit of the exercise's solution.

    Attributes:
        id: the misconception's id, "S1" say.
        written: what was written, in a few words.
        replace: text that stands in the solution exactly once.
        by: what a student with this misconception has there.
        says: the sentence the student reads; no code, no blame.
        asks: the question behind the fold, which leads to the cure.
    """

    id: str
    written: str
    replace: str
    by: str
    says: str
    asks: str = ""


class Exercise(NamedTuple):
    """An exercise as the catalogue found it.

    Attributes:
        points: what its checks add up to.
        starter_points: what the starter scores already.
        after: the exercises of the track that come before it.
        taught: what random Programs use: operators as in `program.BINARY`, methods, "numbers"
            where plain numbers may stand beside a Value; Functions over Tensors ("MatMul"),
            "broadcasting" where their operands may have different shapes.
        accepts: method Python looks for → other names that the sheet asks for, taken as well.
        by_name: members that its sheet asks for by name; all others are found under any.
        limits: what a submission may use.
        forbids: packages that what it grades must not use, by their top-level names.
        late: when it is due in a course, and what it costs to be late.
        definitions: what its author tells both oracles, beyond what they know.
    """

    track: str
    name: str
    title: str
    points: float
    starter_points: float
    after: tuple[str, ...]
    taught: tuple[str, ...]
    accepts: Mapping[str, tuple[str, ...]]
    by_name: tuple[str, ...]
    folder: Path
    checks: tuple[Check, ...]
    advisories: tuple[Advisory, ...]
    limits: Allowance = Allowance()
    forbids: tuple[str, ...] = USUAL
    late: LatePolicy = LatePolicy()
    definitions: "tuple[Definition, ...]" = ()

    @property
    def path(self) -> str:
        """The full name, "my475/ex9"."""
        return f"{self.track}/{self.name}"

    def functions(self) -> dict[str, CheckFunction]:
        """Return the functions of checks and advisories, by id."""
        checks = {check.id: check.function for check in self.checks}
        return checks | {advisory.id: advisory.function for advisory in self.advisories}

    def ids(self) -> list[str]:
        """Return the ids of checks and advisories, twins included."""
        return [check.id for check in self.checks] + [advisory.id for advisory in self.advisories]


def check(
    *,
    points: float,
    after: Check | Iterable[Check] = (),
    visibility: Visibility = "public",
    random: int = 0,
    layouts: int = 1,
) -> Callable[[CheckFunction], Check]:
    """Make a function a Check: its name the id, its docstring's first line the title.

    Args:
        points: what it is worth.
        after: the check, or checks, whose failure would make this one fail for the same reason.
        visibility: "hidden" counts as "public" does; where it fails, its title is shown and what
            explains the fault, and nothing of what was asked, expected or answered.
        random: how many random graphs it asks besides; the same for everyone, or by `--seed`.
        layouts: in how many orders it is asked in which a set may give its nodes: 1 is that in
            which they were put in, 2 also the reverse, more are mixed. For checks in which nodes
            are shared: with children in a set, a wrong order is right by chance otherwise.
    """
    needed = _checks(after)

    def make(function: CheckFunction) -> Check:
        named = _id(function), _title(function)
        return Check(*named, points, function, needed, visibility, random, layouts=layouts)

    return make


def holds(
    *,
    points: float,
    after: Check | Iterable[Check] = (),
    visibility: Visibility = "public",
    inside: str = "",
    by_engine: bool = False,
) -> Callable[[CheckFunction], Check]:
    """Make a function a Check of variables: at some moment the submission's hold what its own do.

    A label is looked up as it reads: "h.data", "w.grad"; a question by its operand's local name.

    Args:
        points: what it is worth.
        after: as for `check`.
        visibility: as for `check`.
        inside: a dict among the variables; then the labels are its keys.
        by_engine: the numbers come from the engine: where leaves begin at other numbers, as in a
            course, so do they. Not where they are worked out by hand.
    """
    own_run = OwnRun("variables", inside=inside, by_engine=by_engine)
    return _of_run(points, after, visibility, own_run)


def prints(
    *,
    points: float,
    after: Check | Iterable[Check] = (),
    visibility: Visibility = "public",
    rough: bool = False,
    by_engine: bool = False,
) -> Callable[[CheckFunction], Check]:
    """Make a function a Check of what is printed or shown: every number that it returns.

    Args:
        points: what it is worth.
        after: as for `check`.
        visibility: as for `check`.
        rough: the numbers are found by difference quotients, and only near.
        by_engine: as for `holds`.
    """
    own_run = OwnRun("output", rough=rough, by_engine=by_engine)
    return _of_run(points, after, visibility, own_run)


def trains(  # noqa: PLR0913  (all of a training task, said where the check stands)
    *,
    points: float,
    start: Mapping[str, float],
    examples: "Iterable[Example]",
    epochs: int,
    rate: float,
    after: Check | Iterable[Check] = (),
    visibility: Visibility = "public",
    other_ways: float = 0.0,
    uses: Iterable[str] = (),
    kink: bool = False,
    rule: "Rule | None" = None,
    one_number_free: bool = False,
) -> Callable[[CheckFunction], Check]:
    """Make a function, one forward pass, a Check of the submission's own training.

    Its parameters are the engine, what `start` names, and the fields of an example; it returns the
    loss. The other arguments are those of `TrainingTask`; `points`, `after` and `visibility` are
    as for `check`. Without a `rule` it is plain descent; `rule=Momentum(0.9)` and others are in
    `grader.exercises.optimizers.usual_rules`.

    Raises:
        BrokenExercise: a model with a kink is trained by another rule than plain descent.
    """
    from grader.exercises.training import TrainingTask  # most exercises have none

    named = (uses,) if isinstance(uses, str) else tuple(uses)
    task = TrainingTask(start, tuple(examples), epochs, rate, other_ways, named, kink)
    task = (task.by(rule) if rule else task)._replace(one_number_free=one_number_free)
    return _of_run(points, after, visibility, OwnRun("training", task=task))


def descends(  # noqa: PLR0913  (all of a training, said where the check stands)
    *,
    points: float,
    parameters: int,
    steps: int,
    after: Check | Iterable[Check] = (),
    visibility: Visibility = "public",
    rule: "Rule | None" = None,
) -> Callable[[CheckFunction], Check]:
    """Make a function, whose body says nothing, a Check of a training of any shape.

    Args:
        points: what it is worth.
        parameters: how many numbers have to learn, at least.
        steps: how many steps have to be made, at least.
        after: as for `check`.
        visibility: as for `check`.
        rule: as for `trains`; its rate is the submission's own, and the same in all steps but for
            the rule's schedule.
    """
    by = None if getattr(rule, "is_plain", False) else rule
    own_run = OwnRun("descent", descent=AnyDescent(parameters, steps, by))
    return _of_run(points, after, visibility, own_run)


def _of_run(
    points: float, after: Check | Iterable[Check], visibility: Visibility, own_run: OwnRun
) -> Callable[[CheckFunction], Check]:
    needed = _checks(after)

    def make(function: CheckFunction) -> Check:
        named = _id(function), _title(function)
        return Check(*named, points, function, needed, visibility, own_run=own_run)

    return make


def advisory(
    *, says: str, when: Literal["differs", "agrees"]
) -> Callable[[CheckFunction], Advisory]:
    """Make a function an Advisory, which remarks `says` and costs nothing.

    Args:
        says: one sentence for the report's notes.
        when: "differs" or "agrees", see Advisory.
    """

    def make(function: CheckFunction) -> Advisory:
        return Advisory(_id(function), says, when, function)

    return make


def _checks(after: Check | Iterable[Check]) -> tuple[Check, ...]:
    """Return the checks that another comes after; a text is one that is refused later."""
    return (after,) if isinstance(after, Check | str) else tuple(after)


def _id(function: CheckFunction) -> str:
    return str(getattr(function, "__name__", ""))


def _title(function: CheckFunction) -> str:
    lines = (function.__doc__ or "").strip().splitlines()
    return lines[0].rstrip(".") if lines else ""
