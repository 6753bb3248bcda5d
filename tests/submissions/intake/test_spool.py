"""What is large is kept on disk, and read again as it was."""

import zipfile
from pathlib import Path

from grader.submissions.intake.archive import files_in
from grader.submissions.intake.left_out import LeftOut
from grader.submissions.intake.spool import LARGE, ContentStore, StoredContent, bytes_of


def test_what_is_small_stays_and_what_is_large_comes_back_as_it_was() -> None:
    store, contents = ContentStore(), [bytes([n]) * (LARGE + n) for n in range(4)]

    kept = [store.keep(content) for content in contents]

    assert [isinstance(one, StoredContent) for one in kept] == [False, True, True, True]
    assert [bytes_of(one) for one in reversed(kept)] == contents[::-1]


def test_a_course_of_large_files_takes_little_memory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "course.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(3):
            file.writestr(f"s{number}/value.ipynb", bytes(2 * LARGE))

    found = files_in(tmp_path / "course.zip", LeftOut()).files

    assert all(isinstance(one.content, StoredContent) for one in found)
    assert {bytes_of(one.content) for one in found} == {bytes(2 * LARGE)}
