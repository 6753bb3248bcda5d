"""`grade export ci --to PLACE EX…`: what a place needs to grade by itself, ready to copy."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from grader.cli.errors import SUCCESS
from grader.cli.options.completion import exercise_argument
from grader.cli.options.exercises import exercises_option
from grader.engines.text import visible
from grader.errors import FileExists, Misused, UnwritableOutput
from grader.exercises import catalogue
from grader.exercises.search_path import OURS, Folders
from grader.grading.request import GradeRequest, exercises_of, points_of
from grader.integrations.ci.detect import BUNDLES
from grader.integrations.ci.install_source import NAME, requirement
from grader.integrations.ci.place import CiBundle, Files
from grader.integrations.ci.threshold import threshold

PRIVATE = "gradescope"
NEXT = {
    "github": "commit it to the students' repository, or to the template that theirs are made from",
    "gitlab": "commit it to the students' repository, or to the one that theirs are forked from",
    "classroom50": "name it as the assignment's autograder",
    "gradescope": "upload it under the assignment's Configure Autograder",
}


class SolutionsExposed(Misused):
    """Students would see the solutions of exercises of one's own."""

    def __init__(self, system: str) -> None:
        super().__init__(
            f"students can read what {system} runs, and these exercises hold their solutions",
            hint="put them into a package, and name it with --install; or use --to gradescope",
        )


@click.command("ci")
@exercise_argument("exercises", nargs=-1, required=True)
@click.option("--to", "system", required=True, type=click.Choice(list(BUNDLES)), help="The place.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path(), help="Write it there."
)
@click.option("--install", default="", help="What pip installs there [what this one is from].")
@click.option("--python", default="3.12", show_default=True, help="Which Python, where it matters.")
@click.option("--fail-under", default="", help="Points, or 60%, that end it well [all points].")
@click.option(
    "--wheels",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of wheels to install without a network (Gradescope).",
)
@exercises_option
def ci(exercises: tuple[str, ...], system: str, out: Path, homes: Folders, **words: str) -> int:
    """Write what a place needs to grade by itself.

    EXERCISES are names or tracks. A file that exists is left as it is.
    """
    if words["fail_under"]:
        request = GradeRequest(",".join(exercises), homes=homes)
        threshold(words["fail_under"], points_of(request))
    wheels = words.pop("wheels")
    own = tuple(_own(GradeRequest(",".join(exercises), homes=homes)))
    if own and system != PRIVATE:
        raise SolutionsExposed(system)
    wheel_files = tuple(_wheels(Path(wheels))) if wheels else ()
    install = words.pop("install") or (NAME if _brings_grade(wheel_files) else requirement())
    files = BUNDLES[system](CiBundle(exercises, install, own=own, wheels=wheel_files, **words))
    for name in _write(out, files):
        click.echo(f"{visible(name)} is written: {NEXT[system]}")
    return SUCCESS


def _own(request: GradeRequest) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the exercises that are not grade's own."""
    for entry in exercises_of(request):
        if any(entry.folder.is_relative_to(home) for home in OURS):
            continue
        catalogue.load(entry)  # what is wrong with it is said now, and not by a student's run
        for file in sorted(entry.folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                within = file.relative_to(entry.folder.parent.parent)
                yield within.as_posix(), file.read_bytes()


def _wheels(folder: Path) -> Iterator[tuple[str, bytes]]:
    yield from ((file.name, file.read_bytes()) for file in sorted(folder.glob("*.whl")))


def _brings_grade(wheels: Iterable[tuple[str, bytes]]) -> bool:
    return any(name.startswith(f"{NAME.replace('-', '_')}-") for name, _ in wheels)


def _write(out: Path, files: Files) -> Iterator[str]:
    """Write the files, and yield their names; none where one of them exists."""
    for name in files:
        if (out / name).exists():
            raise FileExists(str(out / name))
    for name, content in files.items():
        try:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        except OSError as error:
            raise UnwritableOutput(str(out / name), error.strerror or str(error)) from error
        yield str(out / name)
