from grader.cli.table import table

ROWS = [
    ("wall", "why not", "how to get it"),
    ("root", "", ""),
    ("user", "uid 1 cannot read /opt/python/versions/3.11/lib", "docker run --security-opt x=y"),
]


def test_the_last_two_columns_wrap_at_spaces_and_in_paths_and_not_at_hyphens() -> None:
    assert table(ROWS, 44).splitlines() == [
        "wall  why not             how to get it",
        "root",
        "user  uid 1 cannot read   docker run",
        "      /opt/python/        --security-opt x=y",
        "      versions/3.11/lib",
    ]


def test_a_column_that_needs_less_than_its_half_leaves_the_rest_to_the_other() -> None:
    rows = [("a", "short", "one two three four five six"), ("b", "", "")]

    assert table(rows, 30).splitlines() == [
        "a  short  one two three four",
        "          five six",
        "b",
    ]
    assert table([("a", *row[:0:-1]) for row in rows], 30).splitlines() == [
        "a  one two three four    short",
        "   five six",
        "a",
    ]


def test_a_word_without_end_is_cut_and_no_line_is_longer_than_asked() -> None:
    lines = table([("a", "x" * 30, "y" * 70)], 40).splitlines()

    assert "".join(lines).count("x") == 30
    assert "".join(lines).count("y") == 70
    assert max(map(len, lines)) == 40


def test_what_fits_is_one_line_a_row() -> None:
    assert table([("a", "b", "c"), ("dd", "", "")], 80) == "a   b  c\ndd"
