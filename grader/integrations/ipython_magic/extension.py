"""Registers `%grade` with IPython; what the magic does is loaded when it is first used."""

from typing import Any

HELP = """Grade what the kernel holds, or with --fresh the saved notebook.

    %grade ex9                    what your cells have defined by now
    %grade ex9 --fresh            this notebook as it was saved, run from top to bottom
    %grade ex9 other.ipynb        another notebook or script, run the same way
    %grade my475                  every exercise of a track

A kernel holds what cells did in the order in which you ran them, and cells that you have changed
or deleted since; --fresh shows what others get when they run your notebook. Options: --hints says
what is probably the matter, --class NAME names the engine, --seed N draws other random graphs,
--exercises DIR adds a folder with exercises.
"""


def load_ipython_extension(shell: Any) -> None:
    """Give a shell the magic `%grade`, with completion of exercises' names.

    Args:
        shell: the `InteractiveShell` that runs the cells.
    """

    def grade(line: str) -> None:
        _grade(shell, line)

    grade.__doc__ = HELP
    shell.register_magic_function(grade, "line", "grade")
    shell.set_hook("complete_command", _completed, str_key="%grade")


def _grade(shell: Any, line: str) -> None:
    """Grade, and show what came of it; whatever happens becomes words in the cell."""
    from IPython.display import display

    from grader.integrations.ipython_magic.display import of_error

    try:
        from grader.integrations.ipython_magic.magic import grade

        shown = grade(shell, line)
    except KeyboardInterrupt:
        print("stopped")
    except Exception as error:  # whatever it is, the kernel goes on
        of_error(error)
    else:
        display(shown)


def _completed(_: Any, event: Any) -> list[str]:
    from grader.integrations.ipython_magic.arguments import completions

    return completions(event.line)
