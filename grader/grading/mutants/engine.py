"""A mutant of a solution as an engine, which answers as a misconception does."""

import ast
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from io import StringIO
from types import CodeType
from warnings import catch_warnings, simplefilter

from grader.engines.interpreter.set_order import fix_set_order
from grader.engines.observation import Observation
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program
from grader.engines.syntax import parse
from grader.errors import BrokenExercise, at
from grader.exercises.exercise import Mutant


class MutantEngine(Textbook):
    """An engine whose output goes nowhere: some misconceptions print, or make numpy warn."""

    def __init__(
        self, names: Mapping[str, Callable[..., object]], namespace: Mapping[str, object]
    ) -> None:
        self._tape = StringIO()
        self._kinds = tuple(names.values())
        super().__init__(lambda _: names, namespace, output_size=self._tape.tell)

    def answer(self, program: Program) -> Observation:
        """Return the engine's answer to `program`."""
        fix_set_order(self._kinds, program.layout)
        with redirect_stdout(self._tape), catch_warnings():
            simplefilter("ignore")  # some of numpy's, which would go to the grader's own stderr
            return super().answer(program)


def engine_of(source: str | CodeType, names: Mapping[str, str], file: str) -> MutantEngine:
    """Return the engine that `source` defines. It is the exercise author's code, never a student's.

    What it prints goes nowhere; where it raises after the class, as a training that overflows may,
    the class is there all the same.

    Args:
        source: a solution, or a mutant of one, which may be compiled.
        names: the name a check uses → the class or function in `source`.
        file: where it comes from, for errors.

    Raises:
        BrokenExercise: it does not run, or lacks a class or a function.
    """
    namespace: dict[str, object] = {"__name__": "solution"}
    try:
        with redirect_stdout(StringIO()):
            exec(_compiled(source, file), namespace)
    except (Exception, SystemExit) as error:  # an author's mistake may be of any kind
        if not set(names.values()) <= namespace.keys():
            raise BrokenExercise(
                f"{at(file)} does not run: {type(error).__name__}: {error}",
                hint="run it as a script",
            ) from error
    functions: dict[str, Callable[..., object]] = {}
    for ours, theirs in names.items():
        function = namespace.get(theirs)
        if not callable(function):
            kind = "class" if theirs[:1].isupper() else "function"
            raise BrokenExercise(
                f"{at(file)} defines no {kind} {theirs}",
                hint=f"the checks take {theirs}: define it in solution.py",
            )
        functions[ours] = function
    return MutantEngine(functions, namespace)


def _compiled(source: str | CodeType, file: str) -> CodeType:
    if isinstance(source, CodeType):
        return source
    return compile(source, file, "exec", dont_inherit=True)


def mutated_source(solution: str, mutant: Mutant, file: str) -> str:
    """Return the solution with the mutant's edit.

    Raises:
        BrokenExercise: what is to be replaced does not stand in the solution exactly once.
    """
    times = solution.count(mutant.replace)
    if times != 1:
        first = mutant.replace.strip().partition("\n")[0]
        raise BrokenExercise(
            f"{file}: the mutant {mutant.id} replaces a text that stands {times} times in the "
            f"solution: {first!r}",
            hint="choose a text that stands there exactly once",
        )
    return solution.replace(mutant.replace, mutant.by)


def twice_mutated_source(solution: str, one: Mutant, other: Mutant) -> str | None:
    """Return the solution with the edits of two mutants, None where they meet in one place.

    Each edit can be made in the solution by itself, see `mutated_source`.
    """
    first, last = sorted((one, other), key=lambda mutant: solution.index(mutant.replace))
    end, start = (
        solution.index(first.replace) + len(first.replace),
        solution.index(last.replace),
    )
    if end > start:
        return None
    before, after = solution[:end], solution[start:]
    return (
        before.replace(first.replace, first.by)
        + solution[end:start]
        + after.replace(last.replace, last.by)
    )


def definitions(source: str) -> str:
    """Return a source without the statements that call something: what it defines, at rest.

    The lines keep their numbers.
    """
    lines = source.splitlines()
    for node in parse(source).body:
        if not _defines(node):
            lines[node.lineno - 1 : node.end_lineno] = [""] * (
                (node.end_lineno or node.lineno) - node.lineno + 1
            )
    return "\n".join(lines) + "\n"


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return not any(isinstance(part, ast.Call) for part in ast.walk(node))
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return isinstance(node, kinds)
