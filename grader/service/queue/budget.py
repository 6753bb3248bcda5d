"""How much of the workers' time a person may use: what is used comes back as time passes."""

from typing import Final, NamedTuple

BUDGET_S: Final = 180.0
BACK_PER_S: Final = 0.2
"""Seconds that come back in each second: twelve a minute, a hundred usual submissions."""

MOST_PEOPLE: Final = 10_000


class _Used(NamedTuple):
    """What somebody had used at a time."""

    seconds: float
    at: float


class PersonBudget:
    """The seconds of workers that people have used, as far as they have not come back."""

    def __init__(self) -> None:
        self._used: dict[str, _Used] = {}

    def spend(self, person_id: str, seconds: float, at: float) -> None:
        """Put down that somebody's submission has taken so long."""
        self._used[person_id] = _Used(self._left_over(person_id, at) + seconds, at)
        if len(self._used) > MOST_PEOPLE:
            used = {one: self._left_over(one, at) for one in self._used}
            self._used = {one: _Used(left, at) for one, left in used.items() if left}

    def wait_s(self, person_id: str, at: float) -> int:
        """Return after how many seconds somebody may hand in again; 0 for at once."""
        too_much = self._left_over(person_id, at) - BUDGET_S
        return max(0, round(too_much / BACK_PER_S + 0.5)) if too_much > 0 else 0

    def _left_over(self, person_id: str, at: float) -> float:
        seconds, since = self._used.get(person_id, _Used(0.0, at))
        return max(0.0, seconds - max(0.0, at - since) * BACK_PER_S)
