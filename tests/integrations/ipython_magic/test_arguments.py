import pytest

from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.integrations.ipython_magic.arguments import NotUnderstood, Words, understood


def test_a_line_is_read_in_any_order() -> None:
    said = understood("--hints ex9 --class Scalar --seed 7 'my value.ipynb'")

    assert said == Words("ex9", "my value.ipynb", True, True, "Scalar", 7, ())


def test_without_a_file_or_fresh_the_kernel_is_meant() -> None:
    assert understood("ex9") == Words("ex9", None, False, False, None, DEFAULT_SEED, ())
    assert understood("ex9 --fresh").fresh
    assert understood("ex9 --exercises here --exercises there").exercises == ("here", "there")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "the following arguments are required: exercise"),
        ("ex9 --seed many", "argument --seed: invalid int value: 'many'"),
        ("ex9 'a", "no closing quotation"),
    ],
)
def test_a_line_that_makes_no_sense_says_where(line: str, says: str) -> None:
    with pytest.raises(NotUnderstood, match=says) as caught:
        understood(line)

    assert caught.value.hint == "write %grade ex9; %grade? tells the rest"
