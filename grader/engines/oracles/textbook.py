"""The first oracle: the textbook engine in `reference/`, exact float64 Python."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from grader.engines.interpreter.execute import OURS, Implementation, Locate, execute
from grader.engines.observation import ORDER, Answer, Observation, Traversal
from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.errors import Misused, install_command

if TYPE_CHECKING:
    from reference.scalar import Value
else:
    from grader.engines.reference.scalar import Value


class NoNumpy(Misused):
    """An exercise works with arrays, and numpy is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "this exercise works with arrays, and numpy is not installed",
            hint=install_command("numpy"),
        )


Names: TypeAlias = Mapping[str, Callable[..., object]]
NAMES: Names = {"Value": Value, "Scalar": Value}
OF_LISTS = ("softmax", "log_softmax", "max")


def textbook(program: Program) -> Names:
    """Return the names that `program` takes of the reference, what few take only where it is taken.

    Raises:
        NoNumpy: it takes a Tensor, and numpy is not installed.
    """
    taken = program.takes()
    if taken <= NAMES.keys():
        return NAMES
    from grader.engines.oracles.drawing import FUNCTIONS

    of_lists = functions_of_lists()
    if "Tensor" not in taken:
        return {**NAMES, **FUNCTIONS, **of_lists}
    try:
        tensor = import_module("grader.engines.reference.tensor")
    except ModuleNotFoundError as error:
        raise NoNumpy from error
    return {**NAMES, **FUNCTIONS, **vars(tensor)}


def functions_of_lists() -> Names:
    """Return the functions of a list of nodes that engines commonly have; see OF_LISTS."""
    lists = import_module("grader.engines.reference.lists")
    return dict(zip(OF_LISTS, (lists.softmax, lists.log_softmax, lists.maximum), strict=True))


class Textbook:
    """Answers every Program."""

    label = "reference"

    def __init__(
        self,
        names: Callable[[Program], Names] = textbook,
        namespace: Mapping[str, object] | None = None,
        output_size: Callable[[], int] = lambda: 0,
        author_file: Locate = lambda _: None,
    ) -> None:
        """Prepare.

        Args:
            names: what a Program takes by name.
            namespace: functions that stand for methods.
            output_size: how much has been printed.
            author_file: a code object's file name → that of the author's, None where it is ours.
        """
        self._names = names
        self._namespace: Mapping[str, object] = namespace or {}
        self._output_size = output_size
        self._author_file = author_file

    def answer(self, program: Program) -> Observation:
        """Return the engine's Observation of `program`, with the gradients behind each order."""
        observation = self._run(program)
        answers = {
            index: self._with_gradients(program, index, answer)
            for index, answer in observation.answers.items()
        }
        return observation._replace(answers=answers)

    def _run(self, program: Program) -> Observation:
        names = self._names(program)
        return execute(
            program,
            Implementation(
                names,
                self._namespace,
                student_file=self._author_file,
                output_size=self._output_size,
                caught=OURS,
            ),
        )

    def _with_gradients(self, program: Program, index: int, answer: Answer) -> Answer:
        """Add the leaves' gradients to an order, for engines whose order cannot be seen."""
        if answer.kind != ORDER or not isinstance(answer.value, Traversal):
            return answer
        leaves = _leaves_below(program, program.steps[index].refs()[0])
        backward = Step("call", "backward", program.steps[index].operands)
        reads = tuple(Step("read", "grad", (Ref(leaf),)) for leaf in leaves)
        observed = tuple(ObservedStep("", index + 1 + place) for place in range(len(leaves)))
        with_pass = Program((*program.steps[:index], backward, *reads), observed)
        answers = self._run(with_pass).answers
        pairs = tuple(
            (leaf, float(value))
            for leaf, look in zip(leaves, observed, strict=True)
            if look.at in answers and isinstance(value := answers[look.at].value, float)
        )
        return answer._replace(value=answer.value._replace(gradients=pairs))


def _leaves_below(program: Program, root: int) -> list[int]:
    """Return the steps that made what `root` is computed from; other graphs say nothing of it."""
    below = {root}
    for index in range(root, -1, -1):
        step = program.steps[index]
        if index in below and step.kind != "make":
            below.update(step.refs())
    return sorted(index for index in below if program.steps[index].kind == "make")
