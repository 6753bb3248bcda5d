"""Everything in the bank gets what it deserves: no wrong one is accepted, no right one refused."""

import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.wild.known import LISTS, known
from tests.wild.submissions import Entry, entries
from tests.wild.verdicts import BankGrader, difference

BANK = entries()
EVERY = 6  # of so many one is graded behind walls, too
ABOUT_WALLS = ("folders", "process ends", "threads", "files", "tape")
ONE_TRAINING, ONE_ENGINE = "_step_", "_slots"  # walls have nothing to do with which engine it is


def _is_about_walls(entry: Entry) -> bool:
    is_the_same_again = ONE_TRAINING in entry.name and not entry.name.endswith(ONE_ENGINE)
    return entry.kind in ABOUT_WALLS and not is_the_same_again


PART = [one for n, one in enumerate(BANK) if n % EVERY == 0 or _is_about_walls(one)]


@pytest.fixture(scope="module")
def home() -> Iterator[BankGrader]:
    with BankGrader(forked=sys.platform == "linux") as grader:
        yield grader


@pytest.fixture(scope="module")
def walled() -> Iterator[BankGrader]:
    from grader.sandbox.zygote_pool import NoWalls

    try:
        grader = BankGrader("container")
    except NoWalls as error:
        pytest.skip(str(error))
    with grader:
        yield grader


def test_the_bank_is_large_and_about_half_of_it_is_wrong() -> None:
    groups = Counter(one.name.partition("/")[0] for one in BANK)
    wrong = sum(bool(one.truth.wrong) for one in BANK)

    assert groups["engines"] >= 80
    assert groups["notebooks"] + groups["folders"] >= 40
    assert 0.4 < wrong / len(BANK) < 0.6


def test_a_name_occurs_once_and_what_is_not_judged_right_yet_is_there() -> None:
    names = [one.name for one in BANK]

    assert len(set(names)) == len(names)
    assert {name for _, listed in LISTS for name in listed.split()} <= set(names)


@pytest.mark.parametrize("entry", BANK, ids=[one.name for one in BANK])
def test_at_home_a_submission_gets_what_it_deserves(
    entry: Entry, home: BankGrader, request: pytest.FixtureRequest
) -> None:
    _expect(entry, request)

    found = home.verdict(entry)

    assert difference(found, entry.truth) == ""


@pytest.mark.parametrize("entry", PART, ids=[one.name for one in PART])
def test_behind_walls_it_gets_the_same(
    entry: Entry, walled: BankGrader, request: pytest.FixtureRequest
) -> None:
    _expect(entry, request)

    found = walled.verdict(entry)

    assert difference(found, entry.truth) == ""


def _expect(entry: Entry, request: pytest.FixtureRequest) -> None:
    if why := known(entry.name):
        request.applymarker(pytest.mark.xfail(strict=True, reason=why))
