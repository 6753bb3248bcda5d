"""Entries are sent together, in their order, until an answer is needed."""

from typing import Any

from grader.sandbox.child.recording.entries import Entries


def test_what_waits_is_sent_with_what_is_asked() -> None:
    sent: list[tuple[list[Any], bool]] = []

    def exchange(entries: list[Any], wants: bool) -> Any:
        sent.append((entries, wants))
        return 7

    entries = Entries(exchange)
    entries.waiting.extend((0, 2.0, 0))

    assert entries.ask(66, 1) == 7
    assert sent == [([0, 2.0, 0, 66, 1, 0], True)]
    assert entries.waiting == []


def test_after_the_end_nothing_is_sent() -> None:
    sent: list[list[Any]] = []
    entries = Entries(lambda taken, _: sent.append(taken))

    entries.end()
    entries.waiting.extend((0, 2.0, 0))
    entries.send()

    assert sent == [[]]
    assert entries.waiting == []


def test_a_refusal_says_why() -> None:
    sent: list[list[Any]] = []
    entries = Entries(lambda taken, _: sent.append(taken))

    assert str(entries.refuse("arrays")) == "arrays"
    assert sent == [[75, "arrays", 0]]
