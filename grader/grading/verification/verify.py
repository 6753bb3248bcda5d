"""Proves an exercise: its solution, its starter, its mutants, right variants, and both oracles."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from time import perf_counter
from typing import NamedTuple, TypeAlias

from grader.engines.compare import ORACLES_RELATIVE, compare
from grader.engines.demands import NUMBER, demands, has_array
from grader.engines.oracles.expected import Expected, Oracle, expect, memoised
from grader.engines.program import Program
from grader.engines.program_graph import is_leaf
from grader.errors import at
from grader.exercises.exercise import Exercise
from grader.exercises.exercise_programs import (
    DEFAULT_SEED,
    check_of,
    programs,
    random_program,
    taught_in,
    with_other_numbers,
)
from grader.exercises.random.scalar_programs import TaughtOperations
from grader.exercises.source_lines import line_of_mutant
from grader.exercises.validation import read
from grader.feedback.wording.explain import explain
from grader.grading.prepared_exercise import can_be_compared
from grader.grading.verification.without_torch import left_out, live
from grader.reports.report import Outcome, Report

RANDOM_PROGRAMS = 1000
SEEDS = range(3)  # for other numbers in what the checks ask
OTHER_SEED = 1
MOST_TOLD = 3
GradeSource: TypeAlias = Callable[[str, int], Report]


class Materials(NamedTuple):
    """The sources that an exercise brings along to prove itself with.

    Attributes:
        solution: scores everything.
        starter: scores nothing beyond what is given.
        mutants: id → the solution with that misconception.
        variants: name → a right engine in another style.
        bare: the solution without what the exercise does not ask for; none where that is "".
        examples: a mutant and the check that it fails → the smallest Program that shows it.
        undecided: what its author has still to decide, with the place of each.
    """

    solution: str
    starter: str
    mutants: Mapping[str, str]
    variants: Mapping[str, str]
    undecided: tuple[str, ...] = ()
    bare: str = ""
    examples: Mapping[tuple[str, str], Program] = {}


class Proof(NamedTuple):
    """The result of verifying an exercise.

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
        left_out: what could not be asked without torch, a line each.
        has_torch: whether torch was asked now.
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
    left_out: tuple[str, ...] = ()
    has_torch: bool = True


def verify(
    exercise: Exercise,
    materials: Materials,
    grade: GradeSource,
    oracles: Sequence[Oracle],
) -> Proof:
    """Return the proof of `exercise`, with what falls short.

    Args:
        exercise: from the catalogue.
        materials: its solution, starter, mutants and variants.
        grade: grades a source text as a submission, by a seed.
        oracles: the reference engine and torch, both live, or what there is without torch.
    """
    started = perf_counter()
    reports = _graded(materials, grade)
    fixed = programs(exercise)
    agreement = _agreement(fixed, taught_in(exercise), oracles)
    problems = [
        *_of_materials(materials, reports, exercise, fixed),
        *_of_oracles(agreement, fixed, oracles),
        *_of_other_numbers(exercise, fixed, oracles),
        *(_of_recording(reports.solution) if agreement.has_torch else ()),
    ]
    return Proof(
        exercise.path,
        checks=len(exercise.checks),
        kills=_kills(exercise, reports.mutants),
        caught=sum(not list(_of_mutant(*one, exercise)) for one in reports.mutants.items()),
        mutants=len(reports.mutants),
        ties=_ties(reports.mutants),
        variants=sum(report.passed for report in reports.variants.values()),
        programs=agreement.programs,
        random=agreement.random,
        problems=tuple(problems),
        seconds=perf_counter() - started,
        left_out=tuple(left_out(fixed, oracles)),
        has_torch=agreement.has_torch,
    )


class Agreement(NamedTuple):
    """Where the oracles agree.

    Attributes:
        programs: how many fixed Programs they answer alike.
        random: how many random ones; without torch none is compared.
        apart: the key of each Program on which they disagree, and why.
        has_torch: whether torch is one of them.
    """

    programs: int
    random: int
    apart: tuple[tuple[str, str], ...]
    has_torch: bool


def _agreement(
    fixed: Mapping[str, Program], taught: TaughtOperations, oracles: Sequence[Oracle]
) -> Agreement:
    expected = {key: expect(program, oracles) for key, program in fixed.items()}
    known = [one for one in expected.values() if len(one.by_oracle) == len(oracles)]
    has_torch = live(oracles) == tuple(oracles)
    random, random_apart = _random_disagreements(taught, live(oracles))
    return Agreement(
        programs=sum(not one.disagreement for one in known),
        random=random - len(random_apart) if has_torch else 0,
        apart=(*_disagreements(expected.items()), *random_apart[:MOST_TOLD]),
        has_torch=has_torch,
    )


class MaterialReports(NamedTuple):
    """The reports on an exercise's materials."""

    solution: Report
    starter: Report
    mutants: Mapping[str, Report]
    variants: Mapping[str, Report]
    bare: Report | None


def _graded(materials: Materials, grade: GradeSource) -> MaterialReports:
    """Return the reports on everything; right variants are asked with other numbers besides."""
    return MaterialReports(
        grade(materials.solution, DEFAULT_SEED),
        grade(materials.starter, DEFAULT_SEED),
        {id_: grade(source, DEFAULT_SEED) for id_, source in materials.mutants.items()},
        {name: grade(source, OTHER_SEED) for name, source in materials.variants.items()},
        grade(materials.bare, OTHER_SEED) if materials.bare else None,
    )


def random_programs(taught: TaughtOperations) -> Iterable[tuple[str, Program]]:
    """Return a thousand random Programs of what has been taught so far, or none before graphs."""
    if taught.operators or taught.functions:
        for seed in range(RANDOM_PROGRAMS):
            yield f"random program {seed}", random_program(seed, taught)


@lru_cache(maxsize=16)
def _random_disagreements(
    taught: TaughtOperations, oracles: tuple[Oracle, ...]
) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Return how many random Programs there are, and on which the oracles disagree, and why.

    Exercises in which the same has been taught ask the same ones.
    """
    random = dict(random_programs(taught))
    expected = ((key, expect(program, oracles)) for key, program in random.items())
    return len(random), tuple(_disagreements(expected))


def _of_other_numbers(
    exercise: Exercise, known: Mapping[str, Program], oracles: Sequence[Oracle]
) -> Iterable[str]:
    """Yield the checks that could not be asked with other numbers as a course asks them.

    Of those that cannot be asked as they stand, nothing more is to be said.
    """
    ask = memoised(oracles)
    is_fit = partial(can_be_compared, ask)
    for seed in SEEDS:
        for key, program in with_other_numbers(exercise, known, seed, is_fit).items():
            stands = ask(known[check_of(key)])
            if ask(program).disagreement and not stands.disagreement:
                yield f"the oracles disagree on {check_of(key)} with the numbers of seed {seed}"


def _disagreements(expected: Iterable[tuple[str, Expected]]) -> Iterable[tuple[str, str]]:
    """Yield the key of each Program on which the oracles disagree, and the reason that is known."""
    for key, expectation in expected:
        if expectation.disagreement:
            yield key, _why(expectation)


def _why(expected: Expected) -> str:
    """Return what an oracle raises, or says otherwise than the first one."""
    for label, one in expected.by_oracle.items():
        if one.fault is not None:
            place = one.fault.place
            where = f" ({place.file}, line {place.line})" if place else ""
            return f": {label} raises {one.fault.type}: {one.fault.message}{where}"
        if one.ended != "answered":
            return f": {label} does not answer: {one.ended}"
    program, want = expected.program, expected.want
    for label, one in expected.by_oracle.items():
        mismatch = compare(program, want, one, relative=ORACLES_RELATIVE)
        if mismatch is not None:
            said = explain(program, mismatch, {"": want}, {}, lambda *_: None).message
            return f": by {label}, {said}"
    return ""


def _of_oracles(
    agreement: Agreement, fixed: Mapping[str, Program], oracles: Sequence[Oracle]
) -> Iterable[str]:
    for key, why in agreement.apart:
        yield f"the oracles disagree on {key}{why}"
    yield from _unconfirmed(fixed, oracles)


def _unconfirmed(programs: Mapping[str, Program], oracles: Sequence[Oracle]) -> Iterable[str]:
    """Yield the checks of which nothing is known but what their author's own definition says."""
    for key, program in programs.items():
        for oracle in oracles:
            confirms = getattr(oracle, "confirms", None)
            if check_of(key) == key and confirms is not None and not confirms(program):
                yield (
                    f"nothing confirms what oracle.py says to {key}: central differences confirm"
                    " the gradients of numbers alone; give the definition its torch="
                )


def _of_materials(
    materials: Materials,
    reports: MaterialReports,
    exercise: Exercise,
    fixed: Mapping[str, Program],
) -> Iterable[str]:
    yield from materials.undecided
    yield from _of_reports(reports, exercise)
    yield from _of_examples(materials.examples, fixed, exercise.taught)


def _of_reports(reports: MaterialReports, exercise: Exercise) -> Iterable[str]:
    yield from _of_solution(reports.solution)
    yield from _of_starter(reports.starter, exercise.starter_points)
    if not reports.mutants:
        yield "mutants.py lists no mutant, so nothing shows what the checks catch"
    for id_, report in reports.mutants.items():
        if report.passed or reports.solution.passed:  # else its answers name no mutant
            yield from _of_mutant(id_, report, exercise)
    for name, report in reports.variants.items():
        yield from _of_variant(name, report)
    if reports.bare and reports.solution.passed:
        yield from _of_bare(reports.bare, exercise)


def _of_solution(report: Report) -> Iterable[str]:
    for check in report.checks:
        if check.outcome is Outcome.FAILED:
            first, _, _ = check.message.partition("\n")
            yield f"the solution fails {check.id}: {first}"
        if check.outcome is Outcome.BROKEN:
            yield f"nobody can be graded by {check.id}: {check.message.splitlines()[0]}"


def _of_recording(report: Report) -> Iterable[str]:
    if len(report.oracles) < 2:
        yield "torch's answers are not recorded: verify it again with --record"


def _of_starter(report: Report, given: float) -> Iterable[str]:
    if report.score > given:
        yield f"the starter scores {report.score:g}, and {given:g} is given"


def _of_mutant(id_: str, report: Report, exercise: Exercise) -> Iterable[str]:
    if report.passed:
        file = exercise.folder / "mutants.py"
        place = at(file, line_of_mutant(id_, read(file)))
        says = f"the mutant {id_} passes everything"
        yield f"{place}: {says}: it is right, or no check asks for its fault"
    elif not any(id_ in name.split("/") for name in _misconceptions(report)):
        yield f"the mutant {id_} is caught, and not named"


def _of_variant(name: str, report: Report) -> Iterable[str]:
    if not report.passed:
        yield f"the variant {name} is right, and fails {', '.join(_failed(report))}"


def _of_bare(report: Report, exercise: Exercise) -> Iterable[str]:
    """Yield the checks that ask for more than is taught; what a run does is its author's choice."""
    own = {check.id for check in exercise.checks if check.own_run}
    for check in report.checks:
        if check.outcome is Outcome.FAILED and check.id not in own:
            says = f"{check.id} asks for what `taught` does not name"
            yield f"{says}: {check.message.splitlines()[0]}"


def _of_examples(
    examples: Mapping[tuple[str, str], Program], fixed: Mapping[str, Program], taught: Sequence[str]
) -> Iterable[str]:
    """Yield what an example demands and the check that it is shown for does not."""
    for (mutant, check), program in examples.items():
        if check in fixed:
            more = sorted(demands(program) - demands(fixed[check]) - {*taught})
            if more or _is_number_for_array(program, fixed[check]):
                yield f"the example of {check} for {mutant} demands {', '.join(more) or NUMBER}"


def _is_number_for_array(example: Program, program: Program) -> bool:
    """Return whether an example is about 0-d arrays alone, where a check begins with others."""
    first = next((step for step in program.steps if is_leaf(step)), None)
    is_about_arrays = first is not None and has_array(first)
    return is_about_arrays and not any(has_array(step) for step in example.steps)


def _kills(exercise: Exercise, mutants: Mapping[str, Report]) -> dict[str, tuple[str, ...]]:
    return {
        check.id: tuple(id_ for id_, report in mutants.items() if check.id in _failed(report))
        for check in exercise.checks
    }


def _ties(mutants: Mapping[str, Report]) -> tuple[str, ...]:
    names = {name for report in mutants.values() for name in _misconceptions(report)}
    return tuple(sorted(name for name in names if "/" in name))


def _failed(report: Report) -> list[str]:
    return [check.id for check in report.checks if check.outcome is Outcome.FAILED]


def _misconceptions(report: Report) -> set[str]:
    return {check.diagnosis.id for check in report.checks if check.diagnosis}
