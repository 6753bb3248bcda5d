"""The entries that the stand-in writes, sent together until a number is needed.

Runs in the student's process.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

from grader.sandbox.protocol import record_codes as codes

AT_ONCE = 24_000  # fields in one message, and operands in them: a third of what a reply may hold
MOST_LOST = 20_000  # nodes that one message says are lost


class Unrecordable(BaseException):
    """The run does what the stand-in cannot do; nothing of the submission's should catch it."""


class Entries:
    """The entries that have not been sent yet, and the number of the next node.

    Attributes:
        waiting: the fields of entries, three each; always the same list.
        next_node: gives the number of the node that the last entry made.
        owns: whether a node has a rule of the submission's own.
        values: those that are known here, by the numbers of their nodes.
        gradients: the same; a pass changes them, and tells those that have been asked for before.
        operands: how many the fields of what waits name.
        is_walking: whether a pass is under way in which the submission's own rules are run.
    """

    def __init__(self, exchange: Callable[[list[Any], bool], Any]) -> None:
        """Prepare.

        Args:
            exchange: sends entries, and returns what comes back where that is wanted.
        """
        self.waiting: list[Any] = []
        self.next_node: Callable[[], int] = count(1).__next__
        self.owns = self.is_walking = False
        self.operands = 0
        self.values: dict[int, float] = {}
        self.gradients: dict[int, float] = {}
        self._exchange = exchange
        self._lost: list[int] = []
        self._ended = False

    def ask(self, code: int, x: Any, y: Any = 0) -> Any:
        """Send what waits and an entry after it, and return the answer to that."""
        self.waiting.extend((code, x, y))
        return self._send(wants=True)

    def go_back(self, code: int, x: Any, y: Any = 0) -> int | None:
        """Ask for a pass, or for what follows a rule; return the node whose own rule is next.

        At its end the pass tells the numbers of the nodes whose gradients are usually read.
        """
        self.gradients.clear()
        rule, told = self.ask(code, x, y) or (None, ())
        self.is_walking = rule is not None
        triples = iter(told)
        for number, value, gradient in zip(triples, triples, triples, strict=True):
            self.values[number], self.gradients[number] = value, gradient
        return rule

    def forget(self, number: int) -> None:
        """Tell, with what is sent next, that the submission has lost a node."""
        self._lost.append(number)
        self.values.pop(number, None)
        self.gradients.pop(number, None)

    def send(self) -> None:
        """Send what waits."""
        self._send(wants=False)

    def refuse(self, why: str) -> Unrecordable:
        """Tell that the run cannot be recorded, and return what ends it."""
        self.waiting.extend((codes.UNFIT, why, 0))
        self._send(wants=False)
        return Unrecordable(why)

    def end(self) -> None:
        """Send what waits, and nothing from now on."""
        self._send(wants=False)
        self._ended = True

    def _send(self, *, wants: bool) -> Any:
        """Send all that waits, in messages that are not too large; the last one is answered."""
        waiting, self.operands = _taken(self.waiting), 0
        earlier = waiting[: max(0, len(waiting) - 3) // AT_ONCE * AT_ONCE]
        for at in range(0, len(earlier), AT_ONCE):
            self._pass_on(earlier[at : at + AT_ONCE], wants=False)
        answer = self._pass_on(waiting[len(earlier) :] + self._told_lost(), wants=wants)
        while len(self._lost) > MOST_LOST:
            self._pass_on(self._told_lost(), wants=False)
        return answer

    def _told_lost(self) -> list[Any]:
        """Return the entry on lost nodes, which stands after all that may still name them."""
        lost = _taken(self._lost, MOST_LOST)
        return [codes.FREE, lost, 0] if lost else []

    def _pass_on(self, entries: list[Any], *, wants: bool) -> Any:
        return None if self._ended else self._exchange(entries, wants)


def _taken(waiting: list[Any], most: int | None = None) -> list[Any]:
    """Take what waits, and leave what is added meanwhile, by a node that is lost."""
    taken = waiting[:most]
    del waiting[: len(taken)]
    return taken
