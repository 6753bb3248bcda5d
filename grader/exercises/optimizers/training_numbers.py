"""Finds the first argument of a training by which nobody can train: a rate below 0, a beta of 1."""

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import NamedTuple

from grader.exercises.exercise import AnyDescent, Check
from grader.exercises.optimizers.rule import Rule
from grader.exercises.training import TrainingTask

MOST_STEPS = 100_000
RULES = "Sgd(…), Momentum(…), Nesterov(…), Adam(…) or AdamW(…)"
EXAMPLES = "examples=[(1.0, 2.0), (3.0, 6.0)]"
SHARES = ("momentum", "beta1", "beta2")  # of what was there before, that stay


class Flaw(NamedTuple):
    """A reason why a training cannot be asked.

    Attributes:
        argument: of the decorator, where it is to be changed; "" for the function itself.
        says: what is wrong.
        hint: what to write instead.
    """

    argument: str
    says: str
    hint: str


def flaw_of_numbers(check: Check) -> Flaw | None:
    """Return the first argument of a training that is of no use; None where all are."""
    return next(_flaws(check), None)


def _flaws(check: Check) -> Iterator[Flaw]:
    """Yield what is of no use; what comes later may rely on what came before."""
    assert check.own_run is not None
    task, descent = check.own_run.task, check.own_run.descent
    if task is not None:
        yield from _of_task(task)
        yield from _of_names(check, task)
        yield from _of_rule(task.rule, _count(task))
    if descent is not None:
        yield from _of_descent(descent)
        yield from _of_rule(descent.rule, descent.steps)


def _of_task(task: TrainingTask) -> Iterator[Flaw]:
    if not isinstance(task.start, Mapping) or not task.start:
        yield Flaw("start", f"start is {task.start!r}", 'name each parameter: start={"w": 0.5}')
    elif not _are_numbers(task.start.values()):
        yield Flaw("start", f"start is {task.start!r}", "each parameter starts at a finite number")
    if not task.examples or not all(isinstance(one, tuple) for one in task.examples):
        says = f"examples is {list(task.examples)!r}"
        yield Flaw("examples", says, f"each is a tuple, of one number too, (1.0,): {EXAMPLES}")
        return
    if not all(map(_are_numbers, task.examples)) or len(set(map(len, task.examples))) > 1:
        says = f"examples is {list(task.examples)!r}"
        yield Flaw("examples", says, f"each has as many finite numbers as the others: {EXAMPLES}")
    if not _is_count(task.epochs, 1):
        yield Flaw("epochs", f"epochs is {task.epochs!r}", "it counts, from 1: epochs=10")
    elif _count(task) > MOST_STEPS:
        says = f"{task.epochs} epochs over {len(task.examples)} examples are {_count(task)} steps"
        yield Flaw("epochs", says, f"{MOST_STEPS:,} steps are the most")
    if not _is_number(task.rate) or task.rate <= 0:
        yield Flaw("rate", f"rate is {task.rate!r}", "it is a number above 0: rate=0.1")
    if not _is_number(task.other_ways) or task.other_ways < 0:
        says = f"other_ways is {task.other_ways!r}"
        yield Flaw("other_ways", says, "it is a number of points: other_ways=1")


def _of_names(check: Check, task: TrainingTask) -> Iterator[Flaw]:
    """Yield the flaw of a function whose parameters are not those of the task, one for each."""
    code, count = check.function.__code__, len(task.examples[0])
    names = code.co_varnames[: code.co_argcount]
    if (
        names[1 : 1 + len(task.start)] == (*task.start,)
        and len(names) == 1 + len(task.start) + count
    ):
        return
    fields = [name for name in names[1:] if name not in task.start]
    if len(fields) != count:
        fields = [f"x{place}" for place in range(1, count + 1)]
    right = ", ".join((*(names[:1] or ("Value",)), *task.start, *fields))
    says = f"its parameters are {', '.join(names) or 'none'}"
    hint = f"the engine, what start names, the fields of an example: def {check.id}({right})"
    yield Flaw("", says, hint)


def _of_descent(descent: AnyDescent) -> Iterator[Flaw]:
    if not _is_count(descent.parameters, 1):
        says = f"parameters is {descent.parameters!r}"
        yield Flaw("parameters", says, "it counts what has to learn, from 1: parameters=2")
    if not _is_count(descent.steps, 2):
        says = f"steps is {descent.steps!r}"
        yield Flaw("steps", says, "it counts, from 2, as one step is no descent yet: steps=10")


def _of_rule(rule: Rule | None, steps: int) -> Iterator[Flaw]:
    if rule is None:
        return
    if not isinstance(rule, Rule):
        shown = getattr(rule, "__name__", repr(rule))
        yield Flaw("rule", f"rule is {shown}", f"it is one of {RULES}")
        return
    for name, number in rule.constants:
        if name in SHARES and not (_is_number(number) and 0 <= number < 1):
            yield _of_number(name, number, "is a share: from 0, and below 1")
        elif name == "eps" and not (_is_number(number) and 0 <= number < 1):
            yield _of_number(name, number, "keeps a divisor from 0: eps=1e-8")
    if not (_is_number(rule.decay) and 0 <= rule.decay <= 1):
        yield _of_number("decay", rule.decay, "is a share: from 0 to 1")
    for name, most in (("clip_norm", rule.clip_norm), ("clip_value", rule.clip_value)):
        if most is not None and not (_is_number(most) and most > 0):
            yield _of_number(name, most, "is a number above 0")
    if rule.schedule is not None:
        yield from _of_schedule(rule, steps)


def _of_schedule(rule: Rule, steps: int) -> Iterator[Flaw]:
    hint = "it is a function: schedule=lambda made: 0.5 ** (made // 20)"
    if not callable(rule.schedule):
        yield _of_number("schedule", rule.schedule, hint.removeprefix("it "))
        return
    for made in range(steps):
        try:
            factor = rule.schedule(made)
        except Exception as error:  # an author's function may raise anything
            says = f"schedule({made}) of the rule raises {type(error).__name__}: {error}"
            yield Flaw("rule", says, hint)
            return
        if not _is_number(factor) or factor < 0:
            yield Flaw("rule", f"schedule({made}) of the rule is {factor!r}", hint)
            return


def _of_number(name: str, number: object, form: str) -> Flaw:
    return Flaw("rule", f"{name} of the rule is {number!r}", f"{name} {form}")


def _count(task: TrainingTask) -> int:
    """Return how many steps a task has."""
    return task.epochs * len(task.examples)


def _is_count(value: object, least: int) -> bool:
    return type(value) is int and value >= least


def _are_numbers(values: Iterable[object]) -> bool:
    return all(map(_is_number, values))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and type(value) is not bool and isfinite(value)
