"""A code page is found where names tell it, and otherwise what they may be is said."""

import pytest

from grader.submissions.intake.lms.code_pages import (
    UnknownCodePage,
    code_page,
    likely_page,
    other_readings,
    reads_as_names,
)


def names(page: str, *texts: str) -> list[bytes]:
    return [f"{text}/value.py".encode(page) for text in texts]


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("cp437", ("Jürgen", "Zoë")),
        ("cp437", ("André", "Ann Lee_4711_assignsubmission_file")),
        ("cp1252", ("Jürgen", "Zoë")),
        ("cp1252", ("Ångström", "Müller-Lüdenscheidt", "O'Brien")),
        ("cp866", ("Иван Петров", "Мария")),
    ],
)
def test_names_that_read_well_in_one_page_alone_are_in_that(
    page: str, texts: tuple[str, ...]
) -> None:
    found = likely_page(names(page, *texts))

    assert [raw.decode(found) for raw in names(page, *texts)] == [f"{t}/value.py" for t in texts]


@pytest.mark.parametrize(
    ("page", "text"), [("cp932", "田中太郎"), ("gbk", "王小明"), ("big5", "陳大文")]
)
def test_names_of_the_east_may_be_in_several_pages_and_the_right_one_is_among_those_said(
    page: str, text: str
) -> None:
    raw = names(page, text)

    assert likely_page(raw) == "cp437"
    assert f"{text}/value.py' in {page}" in other_readings(raw, "cp437")


def test_a_word_is_of_one_script() -> None:
    assert reads_as_names(["Jürgen Иванов/value.py".encode()], "utf-8")
    assert not reads_as_names(["Jьrgen".encode()], "utf-8")
    assert not reads_as_names(["J³rgen".encode()], "utf-8")
    assert not reads_as_names([b"\xff"], "utf-8")


def test_a_page_is_called_in_any_way_and_strange_ones_are_refused() -> None:
    assert (code_page(""), code_page("CP932"), code_page("latin-1")) == ("", "cp932", "iso8859-1")
    for strange in ("punycode", "utf-7", "nonsense", "rot13", "a\0b"):
        with pytest.raises(UnknownCodePage, match="no code page that names are read in"):
            code_page(strange)
