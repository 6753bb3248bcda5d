"""What a submission may use: the exercise's word, and the command line's before it."""

from grader.sandbox.protocol.limits import Allowance, Limits, granted, widest


def test_nobody_says_anything_and_the_defaults_stand() -> None:
    assert granted() == granted(Allowance(), Allowance()) == Limits()


def test_one_number_of_seconds_sets_every_limit_of_time() -> None:
    assert granted(Allowance(time_s=0.5)) == Limits(load_s=2.5, program_s=0.5, cpu_s=15)


def test_the_defaults_are_what_two_seconds_come_to() -> None:
    assert granted(Allowance(2.0, 2048, 1024)) == Limits()


def test_a_later_word_counts_before_an_earlier_one() -> None:
    exercise, command_line = Allowance(3.0, 400, 7), Allowance(memory_mb=500)

    assert granted(exercise, command_line) == granted(Allowance(3.0, 500, 7))


def test_a_track_gets_what_its_most_demanding_exercise_needs() -> None:
    small, long = Allowance(memory_mb=100, output_kb=2000), Allowance(time_s=5.0)

    assert widest([small, long]) == Allowance(5.0, 2048, 2000)
    assert widest([small]) == Allowance(2.0, 100, 2000)
    assert widest([]) == Allowance()
