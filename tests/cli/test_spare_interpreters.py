"""One interpreter is always ahead, and a save ends the grading that it overtakes."""

from collections.abc import Iterator

import pytest

from grader.cli.spare_interpreters import SavedAgain, SpareInterpreters

OLD, NEW = {"value.py": "1"}, {"value.py": "2"}


@pytest.fixture
def spare() -> Iterator[SpareInterpreters]:
    interpreters = SpareInterpreters()
    yield interpreters
    interpreters.end()


def test_each_grading_has_an_interpreter_of_its_own(spare: SpareInterpreters) -> None:
    spare.begin(OLD)
    first = spare.launch()
    overtaken = spare.prepare()
    spare.begin(NEW)
    second = spare.launch()

    assert first is not second
    assert not overtaken
    for interpreter in (first, second):
        interpreter.end()


def test_another_version_ends_the_grading_and_gives_no_further_world(
    spare: SpareInterpreters,
) -> None:
    spare.begin(OLD)
    interpreter = spare.launch()

    spare.saved(NEW)

    with pytest.raises(SavedAgain):
        spare.launch()
    assert interpreter.end(patience_s=60.0) == -9
    assert spare.prepare()


def test_the_same_version_saved_again_ends_nothing(spare: SpareInterpreters) -> None:
    spare.begin(OLD)
    spare.saved(OLD)

    spare.launch().end()
    assert not spare.prepare()
