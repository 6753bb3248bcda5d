import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.engines.text import LONGEST_LINE, visible

ACTS = {
    "a terminal's escape": ("\x1b[2J", r"\x1b[2J"),
    "a link of a terminal": ("\x1b]8;;http://x\x07", r"\x1b]8;;http://x\x07"),
    "a one-byte escape": ("\x9b2J", r"\x9b2J"),
    "NUL": ("\0", r"\x00"),
    "DEL and backspace": ("\x7f\b", r"\x7f\x08"),
    "a return to the line's beginning": ("a\rb", r"a\rb"),
    "overrides": ("\u202a\u202b\u202c\u202d\u202e", r"\u202a\u202b\u202c\u202d\u202e"),
    "isolates": ("\u2066\u2067\u2068\u2069", r"\u2066\u2067\u2068\u2069"),
    "marks of direction": ("\u200e\u200f\u061c", r"\u200e\u200f\u061c"),
    "separators of lines": ("\u2028\u2029\x85", r"\u2028\u2029\x85"),
    "no width": ("\u200b\u200c\u200d\u2060\ufeff", r"\u200b\u200c\u200d\u2060\ufeff"),
    "fillers": ("\u3164\u115f\uffa0\u034f", r"\u3164\u115f\uffa0\u034f"),
    "tags": ("\U000e0041", r"\U000e0041"),
    "selectors that hide bytes": ("a\ufe01\U000e0100", r"a\ufe01\U000e0100"),
    "half a character": ("\ud83d", r"\ud83d"),
    "a space that is none": ("a\xa0b", r"a\xa0b"),
    "ends of lines, and tabs": ("a\n\tb", "a  b"),
}
STAYS = ["", "x = 1  # plain", "größer λ 中文 ελ", "e\u0301", "👩🏽 ❤\ufe0f ✓", "שלום", r"\x1b"]


@pytest.mark.parametrize("what", ACTS)
def test_what_acts_becomes_an_escape(what: str) -> None:
    text, shown = ACTS[what]

    assert visible(text) == shown


@pytest.mark.parametrize("text", STAYS)
def test_what_people_write_stays(text: str) -> None:
    assert visible(text) == text


def test_lines_stay_lines_where_they_may() -> None:
    assert visible("a\n\tb\r\x1b", lines=True) == "a\n b\\r\\x1b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" * 50, "a" * 50),
        ("a" * 51, "a" * 24 + "… (27 characters left out)"),
        ("a" * 10_000_000, "a" * 18 + "… (9999982 characters left out)"),
        ("\0" * 13, r"\x00" * 6 + "… (7 characters left out)"),
    ],
)
def test_what_is_too_long_says_how_much_is_left_out(text: str, shown: str) -> None:
    assert visible(text, 50) == shown


@given(st.text(st.characters(), max_size=3000), st.booleans())
def test_what_is_visible_is_bounded_and_stays_as_it_is(text: str, lines: bool) -> None:
    shown = visible(text, lines=lines)

    assert len(shown) <= LONGEST_LINE
    assert shown.replace("\n", "" if lines else "\n").isprintable()
    assert visible(shown, lines=lines) == shown


class Lying(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "\x1b"

    def __getitem__(self, _: object) -> str:
        return "\x1b"

    def isprintable(self) -> bool:
        return True


def test_a_string_s_own_methods_have_no_say() -> None:
    shown = visible(Lying("a\0"))

    assert shown == r"a\x00"
    assert type(shown) is str
