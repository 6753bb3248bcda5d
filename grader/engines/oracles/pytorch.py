"""The second oracle: torch in float64, dressed as an engine so that it can be asked Programs."""

from collections.abc import Iterable

import torch

from grader.engines.observation import Observation
from grader.engines.oracles.definition import Definition, author_file, uses
from grader.engines.oracles.differences import CentralDifferences
from grader.engines.oracles.drawing import FUNCTIONS
from grader.engines.oracles.textbook import Names, Textbook
from grader.engines.oracles.torch_arrays import ARRAYS
from grader.engines.oracles.torch_functions import LISTS, in_torch
from grader.engines.oracles.torch_values import TorchValue
from grader.engines.program import Program

NAMES: Names = {"Value": TorchValue, "Scalar": TorchValue, **FUNCTIONS, **LISTS, **ARRAYS}


class Torch(Textbook):
    """Answers every Program, a second after the first import."""

    label = f"torch {torch.__version__.partition('+')[0]}"

    def __init__(self) -> None:
        super().__init__(lambda _: NAMES)


class SecondOracle:
    """Torch, and central differences for Programs with a definition that torch has not.

    Attributes:
        label: which torch.
    """

    label = Torch.label

    def __init__(self, definitions: Iterable[Definition], first: Textbook) -> None:
        known = tuple(definitions)
        own = {one.name: in_torch(one.name, one.torch) for one in known if one.torch is not None}
        self._torch = Textbook(lambda _: {**NAMES, **own}, own, author_file=author_file)
        self._differences = CentralDifferences(first)
        self._missing = tuple(one.name for one in known if one.torch is None)

    def answer(self, program: Program) -> Observation:
        """Return the Observation of torch, or of differences where torch has no definition."""
        if uses(program, self._missing):
            return self._differences.answer(program)
        return self._torch.answer(program)

    def confirms(self, program: Program) -> bool:
        """Return whether it has another way to some of the answers than the first oracle."""
        return not uses(program, self._missing) or self._differences.confirms(program)
