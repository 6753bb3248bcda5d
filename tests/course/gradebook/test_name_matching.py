"""Two names are strangers where no word of one is in the other, and in doubt they are not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.gradebook.name_matching import are_strangers

WORD = st.text("abcdefghijklmnopqrstuvwxyzäéøß", min_size=2, max_size=9)
NAME = st.lists(WORD, min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("antalice", "Zed, Zack"),
        ("Alice Ant", "Zed, Zack"),
        ("Alice Ant", "Zoë Bee"),
        ("A. Ant", "A. Bee"),
        ("antalice", "Li, Bo"),
        ("王伟", "李, 娜"),
    ],
)
def test_names_without_a_word_in_common_are_strangers(one: str, other: str) -> None:
    assert are_strangers(one, other)
    assert are_strangers(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("antalice", "Ant, Alice"),
        ("Alice Ant", "Ant-Bee, Alice"),
        ("Müller Zoe", "Zoë Mueller"),
        ("obrienpat", "O’Brien, Pat"),
        ("wuxi", "Wu, Xi"),
        ("王伟", "王, 伟"),
        ("ab12", "Zed, Zack"),
        ("ant@x.org", "Zed, Zack"),
        ("", "Zed, Zack"),
        ("--", "Zed, Zack"),
    ],
)
def test_what_may_be_one_persons_is_no_strangers(one: str, other: str) -> None:
    assert not are_strangers(one, other)
    assert not are_strangers(other, one)


@given(NAME, st.randoms())
def test_a_name_is_no_stranger_to_itself_in_any_order_or_spelling(
    name: list[str], by: object
) -> None:
    mixed = sorted(name, key=lambda _: by.random())  # type: ignore[attr-defined]
    told = " ".join(name)

    assert not are_strangers(told, f"{mixed[0].upper()}, {' '.join(mixed[1:])}")
    assert not are_strangers(unicodedata.normalize("NFD", told), told)
    assert not are_strangers("".join(mixed), told)
