"""The second oracle where torch is not installed: its recorded answers, else differences."""

from collections.abc import Iterable

from grader.engines.observation import Observation
from grader.engines.oracles.definition import Definition, uses
from grader.engines.oracles.differences import CentralDifferences
from grader.engines.oracles.expected import Oracle
from grader.engines.oracles.textbook import Textbook
from grader.engines.program import Program


class WithoutTorch:
    """Answers what was recorded; central differences confirm gradients of an author's definitions.

    They are not asked about the engine's own operations: at a kink they agree with a wrong answer.

    Attributes:
        label: who answers, as reports name it.
    """

    label = "without torch"

    def __init__(
        self, recorded: Oracle | None, definitions: Iterable[Definition], first: Textbook
    ) -> None:
        known = tuple(definitions)
        self._recorded = recorded
        self._differences = CentralDifferences(first)
        self._defined = tuple(one.name for one in known)
        self._missing = tuple(one.name for one in known if one.torch is None)

    def answer(self, program: Program) -> Observation | None:
        """Return what was recorded or can be measured, or None where that is nothing."""
        known = self.recorded_answer(program)
        if known is not None or not uses(program, self._defined):
            return known
        return self._differences.answer(program) if self._differences.confirms(program) else None

    def recorded_answer(self, program: Program) -> Observation | None:
        """Return torch's recorded Observation, or None where `program` was not recorded."""
        return self._recorded.answer(program) if self._recorded is not None else None

    def confirms(self, program: Program) -> bool:
        """Return whether torch or differences have another way to some of the answers."""
        return not uses(program, self._missing) or self._differences.confirms(program)
