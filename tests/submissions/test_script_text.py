"""A script is decoded from the encodings that people save scripts in, each in one pass."""

from codecs import lookup

import pytest

from grader.submissions.script_text import ENCODINGS, NotAScript, text_of

SIGNS = "".join(map(chr, range(0x20, 0x7F)))


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_an_encoding_that_is_taken_has_the_letters_of_ascii_where_they_are(encoding: str) -> None:
    source = f"# coding: {encoding}\n{SIGNS}\n"

    assert lookup(encoding).name == encoding
    assert text_of(source.encode("ascii")) == source


@pytest.mark.parametrize("name", ["Latin-1", "L1", "UTF8", "windows-1252", "sjis", "KOI8_R"])
def test_an_encoding_has_all_the_names_that_python_has_for_it(name: str) -> None:
    assert text_of(f"# coding: {name}\nx = 1\n".encode()).endswith("x = 1\n")


def test_an_encoding_that_takes_ever_longer_is_refused_before_a_byte_is_read() -> None:
    content = b"# coding: punycode\n-" + b"abcdefghij" * 200_000

    with pytest.raises(NotAScript, match="'punycode', in which no script is taken"):
        text_of(content)


def test_a_name_that_goes_on_for_ever_is_shown_in_part() -> None:
    with pytest.raises(NotAScript) as refusal:
        text_of(b"# coding: " + b"u" * 10_000)

    assert len(refusal.value.kind) < 100
