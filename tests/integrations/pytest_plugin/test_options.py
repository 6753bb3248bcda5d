"""Options may stand in a file; who uses none loads next to nothing."""

import pytest

from tests.places import SAMPLES

pytest_plugins = ["pytester"]
MINUS = SAMPLES / "minus.py"


def test_the_settings_may_stand_in_a_file(place: pytest.Pytester) -> None:
    place.makeini("[pytest]\ngrade_exercises = my475/ex9\ngrade_submission = value.py\n")

    place.runpytest_inprocess().assert_outcomes(passed=3, failed=1, skipped=1)


def test_who_does_not_ask_for_it_loads_next_to_nothing(place: pytest.Pytester) -> None:
    place.makepyfile(
        test_loaded="""
        import sys
        LOADED = ('', '.options', '.settings')
        def test_loaded():
            ours = {name for name in sys.modules if name.split('.')[0] == 'grader'}
            plugin = 'grader.integrations.pytest_plugin'
            loaded = {f'{plugin}{one}' for one in LOADED}
            assert ours == {'grader', 'grader.integrations'} | loaded
        """
    )

    place.runpytest_subprocess("test_loaded.py").assert_outcomes(passed=1)
