"""So much is read of an archive, and what is left out is told."""

from io import BytesIO

import pytest

from grader.submissions.intake.bounded_reading import (
    ArchiveEntry,
    Bounds,
    FileContent,
    TooMuch,
    read,
    too_large,
)
from grader.submissions.intake.left_out import LeftOut

FLAT = Bounds(depth=0)


def entry(name: str, size: int = 1) -> ArchiveEntry:
    return ArchiveEntry(name, open=lambda: BytesIO(bytes(size)))


def test_a_file_as_large_as_may_be_is_read_and_one_larger_is_not() -> None:
    refused = LeftOut()
    bounds = Bounds(file=10, depth=0)

    listing = read([entry("a.py", 10), entry("b.py", 11)], refused, bounds)

    assert listing.files == [FileContent("a.py", bytes(10))]
    assert refused.lines() == (f"b.py: {too_large(bounds)}",)


def test_an_entry_beyond_the_bound_is_not_even_opened() -> None:
    def unreachable() -> BytesIO:
        raise AssertionError

    entries = [entry("a.py"), ArchiveEntry("b.py", open=unreachable)]

    listing = read(entries, LeftOut(), Bounds(entries=1, depth=0))

    assert [file.name for file in listing.files] == ["a.py"]


def test_each_upper_folder_has_its_own_room() -> None:
    entries = [entry("eve/x/1"), entry("eve/x/2"), entry("eve/y/3"), entry("zoe/x/4")]
    refused = LeftOut()

    listing = read(entries, refused, Bounds(entries=1, depth=2))

    assert [file.name for file in listing.files] == ["eve/x/1", "eve/y/3", "zoe/x/4"]
    assert refused.lines() == ("eve/x: the rest: only the first 1 entries are looked at",)


@pytest.mark.parametrize("bounds", [Bounds(all_entries=1), Bounds(all_kept=1)])
def test_what_nobody_has_room_for_ends_the_reading(bounds: Bounds) -> None:
    with pytest.raises(TooMuch, match="it holds more than"):
        read([entry("ant/a.py"), entry("bee/b.py")], LeftOut(), bounds)


def test_each_upper_folder_counts_what_it_tries_for_itself() -> None:
    entries = [entry("eve/x/1", 9), entry("eve/x/2", 9), entry("eve/x/3"), entry("zoe/x/4")]
    refused = LeftOut()

    listing = read(entries, refused, Bounds(tried=10, depth=2))

    assert [file.name for file in listing.files] == ["eve/x/1", "eve/x/2", "zoe/x/4"]
    assert refused.lines() == ("eve/x: the rest: only 0 MB are read",)


def test_what_reading_raises_costs_one_entry() -> None:
    def broken() -> BytesIO:
        raise OSError("bad sector")

    refused = LeftOut()

    listing = read([ArchiveEntry("a.py", open=broken), entry("b.py")], refused, FLAT)

    assert [file.name for file in listing.files] == ["b.py"]
    assert refused.lines() == ("a.py: it cannot be read: bad sector",)


def test_the_name_of_what_is_left_out_is_kept_as_far_as_it_may_tell_whose_it_is() -> None:
    entries = [
        ArchiveEntry("ant/"),
        ArchiveEntry("bee/link", "it is a link"),
        ArchiveEntry("../eve", "it is a link"),
        ArchiveEntry("fox/.hidden", "it is a link"),
        ArchiveEntry("con", "it is a link"),
    ]

    assert read(entries, LeftOut(), FLAT).others == ["ant/", "bee/link", "con"]
