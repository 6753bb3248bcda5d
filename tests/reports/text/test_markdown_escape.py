"""Text stays text in Markdown."""

import pytest

from grader.reports.text.markdown_escape import block, cell, code, prose

PROSE = [
    ("b.grad is 1.0, expected -1.0", "b.grad is 1.0, expected -1.0"),
    ("`a - b` is [1.0, 2.0]", "`a - b` is \\[1.0, 2.0]"),
    ("raises <b> & a&amp; c", "raises \\<b> & a\\&amp; c"),
    ("in self._backward, twice", "in `self._backward`, twice"),
    ("(see https://evil.example).", "(see `https://evil.example`)."),
    ("@torvalds", "`@torvalds`"),
    ("- a", "`-` a"),
    ("12. a", "`12.` a"),
    ("> a", "\\> a"),
    ("a`b` `c`d", "a`b` `c`d"),
    ("`a``b`", "`ab`"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "written"), PROSE)
def test_a_word_that_could_come_alive_is_code_and_the_rest_is_as_it_was(
    text: str, written: str
) -> None:
    assert prose(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("|x| is a + b", "&#124;x&#124; is a + b"),
        ("a_b|c", "`a_b\\|c`"),
        ("a\\|b", "`a\\¦b`"),
    ],
)
def test_a_bar_ends_no_cell(text: str, written: str) -> None:
    assert cell(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), (" a ", "`  a  `"), ("", "")],
)
def test_code_is_fenced_by_more_backticks_than_it_has(text: str, written: str) -> None:
    assert code(text) == written


def test_so_many_backticks_that_github_sees_no_code_are_made_fewer() -> None:
    assert code("`" * 81) == f"{'`' * 21} {'`' * 20}… {'`' * 21}"


def test_a_block_is_fenced_by_more_backticks_than_it_has() -> None:
    assert block("a\n````\nb", "python") == "`````python\na\n````\nb\n`````"
