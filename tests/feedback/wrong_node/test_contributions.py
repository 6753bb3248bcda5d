"""A sum that is wrong is explained by its shares, where they explain it."""

import pytest

from grader.feedback.wrong_node.contributions import Contributions, explained_sum, in_words


@pytest.mark.parametrize(
    ("sources", "shares", "got", "explanation"),
    [
        (("d",), (3.0,), 0.0, "nothing arrived"),
        (("d",), (3.0,), -3.0, "the sign is wrong"),
        (("d",), (3.0,), 5.0, ""),
        (("d", "e"), (3.0, -6.0), 0.0, "none of the shares arrived"),
        (("d", "e"), (3.0, -6.0), -6.0, "overwritten"),
        (("d", "e"), (3.0, -6.0), 3.0, "the share from e is missing"),
        (("d", "e"), (3.0, -5.0), 1.0, "the share from d counts twice"),
        (("d", "e"), (3.0, -5.0), 8.0, "the share from e has the wrong sign"),
        (("d", "d"), (3.0, 3.0), 3.0, "one of two shares is missing"),
        (("d", "e"), (3.0, -6.0), 100.0, ""),
        (("d",), (3.0,), None, ""),
        ((), (), 3.0, ""),
    ],
)
def test_a_wrong_sum_has_the_explanation_that_its_shares_give(
    sources: tuple[str, ...], shares: tuple[float, ...], got: float | None, explanation: str
) -> None:
    account = Contributions(sources, shares, sum(shares), got)

    assert explained_sum(account) == explanation


def test_shares_are_told_with_their_sum_and_what_is_there_instead() -> None:
    account = Contributions(("d", "e"), (3.0, -6.0), -3.0, -6.0)

    assert in_words(account, "-6") == ("from d 3, from e -6, together -3; got -6: overwritten")


def test_what_was_there_before_counts() -> None:
    account = Contributions(("d",), (3.0,), 5.0, 2.0)

    assert in_words(account, "2") == "from d 3, before 2, together 5; got 2: nothing arrived"


def test_a_reason_that_is_known_otherwise_stands_for_the_explanation() -> None:
    account = Contributions(("d",), (3.0,), 3.0, 0.0)

    assert in_words(account, "0", "the rule sends nothing") == (
        "from d 3; got 0: the rule sends nothing"
    )


def test_without_shares_the_number_that_should_be_there_is_told() -> None:
    assert in_words(Contributions((), (), 1.0, 2.0), "2") == "should be 1; got 2"
