"""Proves an exercise: its solution, its starter, its mutants, right variants, and both oracles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

from grader.exercise import Exercise
from grader.generate import generate, taught_by
from grader.grade import Oracle, question, questions
from grader.program import Program
from grader.results import Outcome, Report

RANDOM_PROGRAMS = 1000
MOST_TOLD = 3


class Materials(NamedTuple):
    """What an exercise brings along to prove itself with, as source texts.

    Attributes:
        solution: scores everything.
        starter: scores nothing beyond what is given.
        mutants: id → the solution with that misconception.
        variants: name → a right engine in another style.
    """

    solution: str
    starter: str
    mutants: Mapping[str, str]
    variants: Mapping[str, str]


class Proof(NamedTuple):
    """What was shown of an exercise.

    Attributes:
        exercise: its full name.
        checks: how many it has.
        kills: check → the mutants that fail it.
        caught: how many mutants were caught and named.
        mutants: how many there are.
        ties: mutants that answer alike, "W5/W20".
        variants: how many right variants scored everything.
        programs: how many fixed Programs both oracles answer alike.
        random: how many random ones.
        problems: what falls short, a line each; none where the exercise is proven.
        seconds: how long it took.
    """

    exercise: str
    checks: int
    kills: Mapping[str, tuple[str, ...]]
    caught: int
    mutants: int
    ties: tuple[str, ...]
    variants: int
    programs: int
    random: int
    problems: tuple[str, ...]
    seconds: float


def verify(
    exercise: Exercise,
    materials: Materials,
    sit: Callable[[str], Report],
    oracles: Sequence[Oracle],
) -> Proof:
    """Return what can be shown of `exercise`, and what falls short.

    Args:
        exercise: from the catalogue.
        materials: its solution, starter, mutants and variants.
        sit: grades a source text as a submission.
        oracles: the reference engine and torch, both live.
    """
    started = perf_counter()
    mutants = {id_: sit(source) for id_, source in materials.mutants.items()}
    variants = {name: sit(source) for name, source in materials.variants.items()}
    fixed = questions(exercise)
    random = dict(random_programs(exercise))
    quarrels = list(_quarrels(fixed, oracles)), list(_quarrels(random, oracles))
    problems = [
        *_of_solution(sit(materials.solution)),
        *_of_starter(sit(materials.starter), exercise.given),
        *(line for id_, report in mutants.items() for line in _of_mutant(id_, report)),
        *(line for name, report in variants.items() for line in _of_variant(name, report)),
        *(f"the oracles disagree on {key}" for key in (*quarrels[0], *quarrels[1][:MOST_TOLD])),
    ]
    return Proof(
        exercise.path,
        checks=len(exercise.checks),
        kills=_kills(exercise, mutants),
        caught=sum(not list(_of_mutant(id_, report)) for id_, report in mutants.items()),
        mutants=len(mutants),
        ties=tuple(
            sorted({name for report in mutants.values() for name in _named(report) if "/" in name})
        ),
        variants=sum(report.passed for report in variants.values()),
        programs=len(fixed) - len(quarrels[0]),
        random=len(random) - len(quarrels[1]),
        problems=tuple(problems),
        seconds=perf_counter() - started,
    )


def random_programs(exercise: Exercise) -> Iterable[tuple[str, Program]]:
    """Return a thousand random Programs of what has been taught so far, or none before graphs."""
    taught = taught_by(exercise.taught)
    if taught.operators or taught.functions:
        for seed in range(RANDOM_PROGRAMS):
            yield f"random program {seed}", generate(seed, taught)


def _quarrels(programs: Mapping[str, Program], oracles: Sequence[Oracle]) -> Iterable[str]:
    for key, program in programs.items():
        asked = question(program, oracles)
        if asked.quarrel or len(asked.expected) < len(oracles):
            yield key


def _of_solution(report: Report) -> Iterable[str]:
    if not report.passed:
        yield f"the solution fails {', '.join(_failed(report))}"
    if len(report.oracles) < 2:
        yield "torch's answers are not recorded: python -m tests.catalogue.record"


def _of_starter(report: Report, given: float) -> Iterable[str]:
    if report.score > given:
        yield f"the starter scores {report.score:g}, and {given:g} is given"


def _of_mutant(id_: str, report: Report) -> Iterable[str]:
    if report.passed:
        yield f"the mutant {id_} passes everything"
    elif not any(id_ in name.split("/") for name in _named(report)):
        yield f"the mutant {id_} is caught, and not named"


def _of_variant(name: str, report: Report) -> Iterable[str]:
    if not report.passed:
        yield f"the variant {name} is right, and fails {', '.join(_failed(report))}"


def _kills(exercise: Exercise, mutants: Mapping[str, Report]) -> dict[str, tuple[str, ...]]:
    return {
        check.id: tuple(id_ for id_, report in mutants.items() if check.id in _failed(report))
        for check in exercise.checks
    }


def _failed(report: Report) -> list[str]:
    return [check.id for check in report.checks if check.outcome is Outcome.FAILED]


def _named(report: Report) -> set[str]:
    return {check.diagnosis.id for check in report.checks if check.diagnosis}
