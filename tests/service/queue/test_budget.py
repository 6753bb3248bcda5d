"""Who uses much of the workers' time waits until enough of it has come back; nobody else does."""

from grader.service.queue.budget import BACK_PER_S, BUDGET_S, MOST_PEOPLE, PersonBudget


def test_a_budget_is_used_up_and_comes_back() -> None:
    budget = PersonBudget()
    budget.spend("ada", BUDGET_S + 10, 0.0)

    assert budget.wait_s("ada", 0.0) == round(10 / BACK_PER_S + 0.5)
    assert budget.wait_s("ada", 10 / BACK_PER_S) == 0
    assert budget.wait_s("bob", 0.0) == 0


def test_usual_submissions_never_use_it_up() -> None:
    budget = PersonBudget()
    for minute in range(600):
        for _ in range(30):
            budget.spend("ada", 0.1, minute * 60.0)

    assert budget.wait_s("ada", 36_000.0) == 0


def test_a_clock_that_jumps_back_gives_nothing_and_takes_nothing() -> None:
    budget = PersonBudget()
    budget.spend("ada", BUDGET_S + 1, 1000.0)

    assert budget.wait_s("ada", 0.0) == budget.wait_s("ada", 1000.0)


def test_who_has_used_nothing_lately_is_not_kept() -> None:
    budget = PersonBudget()
    for number in range(MOST_PEOPLE + 1):
        budget.spend(str(number), 0.01, float(number))

    assert len(budget._used) < MOST_PEOPLE
