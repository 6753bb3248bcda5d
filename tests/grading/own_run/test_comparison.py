"""A training beside the one that was asked: where it differs, and how near it is."""

from grader.grading.own_run.comparison import end_of, observe, telling_answers
from tests.grading.own_run.trainings import EXAMPLES, compared, loop, number


def test_the_end_counts_only_where_as_many_steps_were_made_as_asked() -> None:
    whole, short = compared(loop()), compared(loop(order=EXAMPLES))

    assert whole.target.end["w"] in whole.observation.answers
    assert short.target.end["w"] not in short.observation.answers


def test_a_loop_that_stops_early_differs_at_the_first_step_that_it_lacks() -> None:
    short = compared(loop(order=EXAMPLES))

    assert short.mismatch is not None
    assert short.mismatch.at == short.target.steps[2].loss
    assert short.mismatch.got is None


def test_a_loop_that_goes_on_differs_after_the_last_step_that_was_asked() -> None:
    longer = compared(loop(order=EXAMPLES * 3))

    assert longer.mismatch is not None
    assert longer.mismatch.at == longer.target.program.observed[-1].at


def test_a_right_loop_is_nearer_than_any_wrong_one_and_a_whole_one_than_a_trial() -> None:
    right, wrong, trial = compared(loop()), compared(loop(rate=0.2)), compared(loop(order=EXAMPLES))

    assert right.nearness > wrong.nearness > trial.nearness


def test_another_order_is_remarked_with_the_end_that_it_leads_to() -> None:
    reverse = compared(loop(order=(EXAMPLES[1], EXAMPLES[0]) * 2))

    end = end_of(reverse)["w"]
    assert compared(loop()).order_note(EXAMPLES * 2) == ""
    assert reverse.order_note(EXAMPLES * 2) == (
        f"your steps take the examples in an order of their own, and end at w = {end:.4g}: compared"
        " in that order"
    )


def test_a_loop_in_which_nothing_moves_is_stuck_though_there_is_a_loss() -> None:
    assert compared(loop(factor=0.0)).is_stuck
    assert not compared(loop()).is_stuck


def test_answers_that_tell_misconceptions_apart_are_those_that_were_given() -> None:
    right = compared(loop())

    assert telling_answers(right).answers == right.observation.answers
    assert observe(right.target, right.training, right.parameters).answers[
        right.target.steps[0].loss
    ] == number(4.0)
