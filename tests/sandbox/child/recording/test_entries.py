"""Entries are sent together, in their order, until an answer is needed."""

from typing import Any

from grader.sandbox.child.recording.entries import AT_ONCE, MOST_LOST, Entries


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


def test_what_is_lost_is_told_after_what_may_still_name_it() -> None:
    sent: list[list[Any]] = []
    entries = Entries(lambda taken, _: sent.append(taken))
    entries.forget(1)
    entries.waiting.extend((1, 1, 2))
    entries.forget(2)

    entries.ask(66, 3)
    entries.ask(66, 3)

    assert sent == [[1, 1, 2, 66, 3, 0, 72, [1, 2], 0], [66, 3, 0]]


def test_a_graph_that_is_lost_as_a_whole_is_told_in_messages_that_are_not_too_large() -> None:
    sent: list[tuple[list[Any], bool]] = []
    entries = Entries(lambda taken, wants: sent.append((taken, wants)))
    for number in range(3 * MOST_LOST):
        entries.forget(number)

    entries.ask(66, 3)

    assert [wants for _, wants in sent] == [True, False, False][: len(sent)]
    lost = [one[-2] for one, _ in sent]
    assert max(map(len, lost)) <= MOST_LOST
    assert sum(map(len, lost)) >= 2 * MOST_LOST


def test_whatever_waits_is_sent_in_messages_that_are_not_too_large() -> None:
    sent: list[tuple[list[Any], bool]] = []
    entries = Entries(lambda taken, wants: sent.append((taken, wants)))
    for number in range(AT_ONCE):
        entries.waiting.extend((64, number, 0.5))

    entries.ask(66, 3)

    assert [wants for _, wants in sent] == [False, False, False, True]
    assert max(len(taken) for taken, _ in sent) <= AT_ONCE
    told = [field for taken, _ in sent for field in taken]
    assert told[1::3] == [*range(AT_ONCE), 3]
    assert sent[-1][0][-3:] == [66, 3, 0]
