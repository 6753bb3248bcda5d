"""A ledger keeps every whole line, whatever becomes of the others."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.batch.ledger import (
    AFTER,
    BEFORE,
    BETWEEN,
    Ledger,
    LedgerEntry,
    _sum,
    entry_from,
    line_of,
)

texts = st.text(max_size=8)
entries = st.lists(st.builds(LedgerEntry, texts, texts, st.fixed_dictionaries({"problem": texts})))
ANT = LedgerEntry("ant", "1", {"problem": "", "reports": [1.5, "ä"]})
BEE = LedgerEntry("bee", "1", {"problem": "no script"})


def entries_in(file: Path) -> list[LedgerEntry]:
    lines = map(entry_from, file.read_bytes().splitlines(keepends=True))
    return [entry for entry in lines if entry is not None]


def written(file: Path, some: list[LedgerEntry]) -> None:
    with Ledger(file) as ledger:
        for entry in some:
            ledger.add(entry)


@given(texts, texts, texts)
def test_an_entry_is_read_as_it_was_written(student: str, stamp: str, problem: str) -> None:
    entry = LedgerEntry(student, stamp, {"problem": problem})

    assert entry_from(line_of(entry)) == entry


@given(entries, st.integers(min_value=0))
def test_a_file_cut_off_anywhere_keeps_its_whole_lines_and_goes_on(
    some: list[LedgerEntry], cut: int
) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        file = Path(folder, "ledger.jsonl")
        written(file, some)
        content = file.read_bytes()
        kept = content[: cut % (len(content) + 1)]
        file.write_bytes(kept)

        written(file, [ANT])

        assert entries_in(file) == [*some[: kept.count(b"\n")], ANT]


def test_a_changed_line_is_counted_and_its_neighbours_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    written(file, [ANT, BEE])
    file.write_bytes(file.read_bytes().replace(b"1.5", b"9.5"))

    with Ledger(file) as ledger:
        assert ledger.damaged == 1
        assert ledger.of("ant", "1") is None
        assert ledger.of("bee", "1") == BEE


def test_an_order_of_its_own_makes_two_ledgers_the_same(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    written(one, [BEE, ANT])
    written(other, [ANT, BEE._replace(outcome={}), BEE])

    for file in (one, other):
        with Ledger(file) as ledger:
            ledger.put_in_order()
            ledger.add(ANT._replace(student="cow"))

    assert one.read_bytes() == other.read_bytes()
    assert [entry.student for entry in entries_in(one)] == ["ant", "bee", "cow"]


def test_entries_are_on_the_disk_in_groups(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    ledger = Ledger(file, clock=lambda: 0.0)
    for number in range(49):
        ledger.add(ANT._replace(student=str(number)))
    before = len(entries_in(file))

    ledger.add(ANT)

    assert before < 49
    assert len(entries_in(file)) == 50
    ledger.close()


def test_after_a_second_an_entry_waits_no_longer(tmp_path: Path) -> None:
    now = [0.0]
    ledger = Ledger(tmp_path / "ledger.jsonl", clock=lambda: now[0])
    now[0] = 1.0

    ledger.add(ANT)

    assert entries_in(ledger.file) == [ANT]
    ledger.close()


@pytest.mark.parametrize(
    "entry",
    [
        {"student": "ant", "stamp": "1", "outcome": {}, "more": 1},
        {"student": "ant", "stamp": "1"},
        {"student": 3, "stamp": "1", "outcome": {}},
        {"student": "ant", "stamp": [], "outcome": {}},
        {"student": "ant", "stamp": "1", "outcome": 3},
        [1],
        3,
    ],
)
def test_a_line_with_a_right_checksum_and_something_else_in_it_is_damaged(entry: object) -> None:
    text = json.dumps(entry).encode()
    line = b"".join((BEFORE, _sum(text), BETWEEN, text, AFTER))

    assert entry_from(line) is None
