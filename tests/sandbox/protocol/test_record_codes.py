"""A code says what an entry is, with a plain number on either side or none."""

from grader.sandbox.protocol import record_codes as codes


def test_no_two_codes_are_one() -> None:
    numbers = [value for name, value in vars(codes).items() if name.isupper() and name != "NAMES"]

    assert len(set(numbers)) == len(numbers)


def test_an_operation_is_the_same_with_a_plain_number_beside_it() -> None:
    assert all(
        (code + side) & 15 == code for code in codes.NAMES for side in (codes.LEFT, codes.RIGHT)
    )
    assert max(codes.NAMES) + codes.LEFT < codes.SET_DATA
