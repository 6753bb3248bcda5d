"""A roster is a table of people, and says how many it adds and changes."""

from pathlib import Path

import pytest

from grader.service.database.people import Person, Role
from grader.service.roster import RosterChange, UnreadPeople, enrol, people_in, retire_others
from tests.service.running import COURSE, Site


def test_who_is_in_it_twice_is_one_person(on_both: Site) -> None:
    twice = [(Person("", "Cyd", "cyd@x.example"), Role.STUDENT)] * 2

    assert on_both.write(enrol, COURSE, twice, 1.0) == RosterChange(added=1)
    assert on_both.write(enrol, COURSE, twice, 1.0) == RosterChange(same=1)


def test_nobody_leaves_twice(on_both: Site) -> None:
    assert on_both.write(retire_others, COURSE, []) == 2
    assert on_both.write(retire_others, COURSE, []) == 0


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadPeople, match=r"none\.csv"):
        people_in(tmp_path / "none.csv")
