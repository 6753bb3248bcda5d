"""Whoever is not found is told in a line each, and many of one reason in one."""

from grader.cli.not_found import not_found


def test_many_of_one_reason_are_told_together() -> None:
    lost = [f"Student {number} (s{number}): no row with their name" for number in range(4)]

    lines = list(not_found([*lost, "Ant, Alice (a): ambiguous: 2 rows with their name"]))

    assert lines == [
        "not found: 4 students: no row with their name: Student 0 (s0), Student 1 (s1), "
        "Student 2 (s2), Student 3 (s3)",
        "not found: Ant, Alice (a): ambiguous: 2 rows with their name",
    ]


def test_few_have_a_line_each() -> None:
    lost = ["A: no row", "B: another", "C: no row"]

    assert list(not_found(lost)) == [
        "not found: A: no row",
        "not found: C: no row",
        "not found: B: another",
    ]
