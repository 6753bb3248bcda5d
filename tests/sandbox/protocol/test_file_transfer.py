"""Files travel as text, and no name leads out of the folder that they are put into."""

from pathlib import Path

import pytest

from grader.sandbox.protocol.file_transfer import unwrap, wrap

FILES = [("engine.py", b"class Value: ..."), ("data/numbers.bin", bytes(range(256)))]
LEADS_OUT = ["../a", "/a", "a/../../b", "a//b", "./a", "", "a\\b", "c:a", "a\0b", "a/b/c/d/e"]


def test_what_is_wrapped_is_unwrapped_byte_for_byte(tmp_path: Path) -> None:
    unwrap(wrap(FILES), str(tmp_path))

    assert [(name, (tmp_path / name).read_bytes()) for name, _ in FILES] == FILES


@pytest.mark.parametrize("name", [*LEADS_OUT, "ä" * 128])
def test_a_name_that_leads_elsewhere_is_refused_on_both_sides(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name of a file below a folder"):
        wrap([(name, b"")])
    with pytest.raises(ValueError, match="no name of a file below a folder"):
        unwrap([[name, ""]], str(tmp_path))

    assert list(tmp_path.iterdir()) == []


def test_no_file_takes_the_place_of_another(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError):
        unwrap([*wrap(FILES), *wrap(FILES)], str(tmp_path))
