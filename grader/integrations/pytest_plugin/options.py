"""What `pytest --grade ex9` adds to pytest; whoever does not ask for it loads no more."""

import pytest

from grader.integrations.pytest_plugin.settings import EXERCISES, HINTS, SUBMISSION


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, and the settings of the same meaning."""
    group = parser.getgroup("grade", "grade: an engine for automatic differentiation")
    group.addoption(
        "--grade",
        action="append",
        default=[],
        metavar="EXERCISE",
        dest=EXERCISES,
        help="Collect the checks of an exercise or a track; may be given several times.",
    )
    group.addoption(
        "--submission",
        metavar="PATH",
        dest=SUBMISSION,
        help="The script or notebook, --submission=PATH; left out, it is looked for here.",
    )
    group.addoption(
        "--grade-hints", action="store_true", dest=HINTS, help="Say what is probably the matter."
    )
    parser.addini(EXERCISES, "The same as --grade, a line each.", type="linelist", default=[])
    parser.addini(SUBMISSION, "The same as --submission.", default="")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Keep pytest from settings and a conftest.py of whoever has handed in the submission.

    Raises:
        UsageError: it has obeyed such settings already.
    """
    arguments = early_config.known_args_namespace
    if getattr(arguments, EXERCISES, None) or early_config.getini(EXERCISES):
        from grader.integrations.pytest_plugin import foreign_settings, selection

        foreign_settings.refuse(early_config, getattr(arguments, SUBMISSION, None))
        arguments.file_or_dir = selection.arguments_left(
            early_config, getattr(arguments, SUBMISSION, None), arguments.file_or_dir
        )


def pytest_configure(config: pytest.Config) -> None:
    """Load what collects checks, where they were asked for."""
    exercises = config.getoption(EXERCISES) or config.getini(EXERCISES)
    if exercises:
        from grader.integrations.pytest_plugin import collection

        collection.begin(config)
