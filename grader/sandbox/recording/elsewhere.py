"""Where the leaves of a run begin, if not where the submission has them begin."""

from random import Random
from typing import NamedTuple

LEAST, MOST = 0.06, 0.3  # of a shift: enough to be seen in one decimal, and little of a way
WITHIN = 1.0


class Elsewhere(NamedTuple):
    """The leaves that begin elsewhere in a run, and by how much.

    Attributes:
        seed: of the shifts.
        origins: of the leaves, each with that of the first one that it goes on from; None for all
            that begin between -1 and 1, where parameters usually do, and data seldom.
    """

    seed: str
    origins: tuple[tuple[int, int], ...] | None = None

    def shift(self, origin: int) -> float:
        """Return what is added to the value of a leaf."""
        random = Random(f"{self.seed}, {origin}")
        return random.choice((-1, 1)) * random.uniform(LEAST, MOST)
