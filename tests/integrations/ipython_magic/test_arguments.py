import pytest

from grader.exercises.exercise_programs import DEFAULT_SEED
from grader.integrations.ipython_magic.arguments import MagicArguments, UnknownArgument, parse


def test_a_line_is_read_in_any_order() -> None:
    said = parse("--hints ex9 --class Scalar --seed 7 'my value.ipynb'")

    assert said == MagicArguments("ex9", "my value.ipynb", True, True, "Scalar", 7, ())


def test_without_a_file_or_fresh_the_kernel_is_meant() -> None:
    assert parse("ex9") == MagicArguments("ex9", None, False, False, None, DEFAULT_SEED, ())
    assert parse("ex9 --fresh").fresh
    assert parse("ex9 --exercises here --exercises there").exercises == ("here", "there")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "the following arguments are required: exercise"),
        ("ex9 --seed many", "argument --seed: invalid int value: 'many'"),
        ("ex9 'a", "no closing quotation"),
    ],
)
def test_a_line_that_makes_no_sense_says_where(line: str, says: str) -> None:
    with pytest.raises(UnknownArgument, match=says) as caught:
        parse(line)

    assert caught.value.hint == "write %grade ex9; %grade? tells the rest"


@pytest.mark.parametrize("comment", ["# at home", "  # it's so", "#", "\t#  --fresh"])
def test_a_comment_at_the_end_says_nothing(comment: str) -> None:
    assert parse(f"ex9 --class Scalar {comment}") == parse("ex9 --class Scalar")


def test_a_sharp_in_a_name_begins_no_comment() -> None:
    assert parse("ex9 'my #2.py'").path == "my #2.py"
    assert parse("ex9 my#2.py").path == "my#2.py"
