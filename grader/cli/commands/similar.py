"""`grade similar OUT`: submissions that are alike."""

import json
import os.path
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from grader.cli.errors import SUCCESS
from grader.cli.options.exercises import exercises_option
from grader.course.batch.folder import submissions_of
from grader.course.gradebook.column_scores import marks_in_column
from grader.course.marks import Mark, marks_in, totals
from grader.course.pages.similarity_page import (
    CrowdOnPage,
    IdenticalOnPage,
    NamedStudent,
    SimilarPage,
    render,
)
from grader.course.similarity.clusters import TOGETHER, Cluster, Crowd, clusters
from grader.course.similarity.compare_all import CourseComparison, compare_all
from grader.course.similarity.identical_files import IdenticalFiles
from grader.course.similarity.jplag import lay_out
from grader.course.similarity.matches import LineSpan
from grader.course.similarity.page_content import agreeing, clusters_on_page, per_cent
from grader.course.similarity.similarity import LEAST, SimilarPair, crowd
from grader.course.similarity.texts import StudentText
from grader.course.similarity.winnowing import GUARANTEED
from grader.engines.text import visible
from grader.exercises import catalogue
from grader.exercises.catalogue import UnknownExercise
from grader.reports.files import write_whole
from grader.submissions.submission import read

SCHEMA = "grade/similar/1"
SHOWN = 10
NAMED = 3


@click.command
@click.argument("course", metavar="OUT", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-n", "most", type=click.IntRange(min=1), default=50, help="Groups and pairs on the page."
)
@click.option(
    "--starter",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that everyone was given, beside the exercise's own starter.",
)
@click.option("--exercise", multiple=True, help="Whose submissions, where there are several.")
@click.option("--to", "tool", type=click.Choice(["jplag"]), help="Lay the files out for it, at -o.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="The page [OUT/similar.html, or OUT/similar-ex8.html for one of several exercises].",
)
@click.option("-f", "--format", "of_format", type=click.Choice(["text", "json"]), default="text")
@exercises_option
def similar(course: Path, out: Path | None, of_format: str, **options: Any) -> int:
    """Find submissions that are alike beyond what the starter and the crowd explain.

    OUT is the folder that `grade batch` has written. Names, comments and the order of methods do
    not count. Likeness is not proof: read both before you believe anything.
    """
    marks = marks_in_column(marks_in(course), options["exercise"])
    lies_in = submissions_of(course, (mark.exercise for mark in marks))
    given, solutions = _of_exercises(marks, options["homes"])
    given += _texts(options["starter"])
    everyones = [*given, *solutions]
    comparison = compare_all(course, everyones, given, lies_in)
    if options["tool"]:
        if out is None:
            raise click.UsageError("--to jplag needs -o FOLDER: where the files are laid out")
        click.echo(lay_out(out, comparison.texts, everyones))
        for line in comparison.unread:
            click.echo(visible(f"not laid out: {line}"), err=True)
        return SUCCESS
    place = out or course / _page_name(marks, options["exercise"])
    linked = [mark._replace(page=_link(course, mark.page, place)) for mark in marks]
    write_whole(place, render(_page(linked, comparison, options["most"])).encode())
    worth = _worth(marks)
    as_text = as_lines(comparison, str(place), worth)
    click.echo(_json(comparison, worth) if of_format == "json" else "\n".join(as_text))
    return SUCCESS


def _page_name(marks: Iterable[Mark], chosen: Sequence[str]) -> str:
    """Return the name of the page: where one of several exercises was chosen, of that one."""
    paths = dict.fromkeys(mark.exercise for mark in marks) if chosen else ()
    return "-".join(["similar", *(path.rpartition("/")[2] for path in paths)]) + ".html"


def _worth(marks: Iterable[Mark]) -> dict[str, str]:
    """Return of each student whether what they handed in is right, by their key."""
    worth = {True: "right", False: "wrong"}
    return {key: worth[one.is_full] for key, one in totals(marks).items() if one.graded}


def as_lines(comparison: CourseComparison, place: str, worth: Mapping[str, str]) -> Iterator[str]:
    """Yield those who are the most alike, and where the rest is."""
    alike = clusters(comparison.pairs)
    yield from (visible(_line(group)) for group in alike[:SHOWN])
    if len(alike) > SHOWN:
        yield f"and {len(alike) - SHOWN} more"
    if not alike and not comparison.crowds:
        yield "no two submissions are alike beyond what the starter and the crowd explain"
    yield from (visible(_more_than_a_few(many)) for many in comparison.crowds)
    yield from (visible(_identical(one, worth)) for one in comparison.identical)
    yield from (visible(f"not compared: {line}") for line in comparison.unread)
    yield f"{place} has them side by side; likeness is not proof"


def _line(group: Cluster) -> str:
    first, last = group.links[0], group.links[-1]
    same = ", the same text" if last.same else ""
    if len(group.keys) == 2:
        return f"{per_cent(first):3} %  {first.left} · {first.right}{same}"
    least = f", the least {per_cent(last)} %" if per_cent(last) < per_cent(first) else ""
    return f"{per_cent(first):3} %  {len(group.keys)} together{least}: {_some(group.keys)}{same}"


def _more_than_a_few(many: Crowd) -> str:
    what = "the same text" if many.same else "the same but for names and numbers"
    return f"{len(many.keys)} have {what}: {_some(many.keys)} (given to all? --starter FILE)"


def _identical(one: IdenticalFiles, worth: Mapping[str, str]) -> str:
    return f"{len(one.keys)} have the same file, {_worth_of(one, worth)}: {_some(one.keys)}"


def _worth_of(one: IdenticalFiles, worth: Mapping[str, str]) -> str:
    """Return whether it is right, or both where an override or a late hour tells them apart."""
    return " and ".join(sorted({worth.get(key, "not graded") for key in one.keys}))


def _some(keys: Sequence[str]) -> str:
    rest = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
    return f"{' · '.join(keys[:NAMED])}{rest}"


def _of_exercises(marks: Iterable[Mark], homes: Any) -> tuple[list[str], list[str]]:
    """Return the starters of the exercises, which everyone was given, and the solutions."""
    starters, solutions = [], []
    for path in dict.fromkeys(mark.exercise for mark in marks):
        try:
            entry = catalogue.find(path, homes)
        except UnknownExercise as error:
            click.echo(f"without its starter: {error.message}; --exercises DIR has it", err=True)
            continue
        starters.append(catalogue.starter(entry))
        solutions.append(catalogue.solution(catalogue.load(entry)))
    return starters, solutions


def _texts(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        submission = read(file)
        yield submission.source
        yield from submission.cells


def _page(marks: Sequence[Mark], comparison: CourseComparison, most: int) -> SimilarPage:
    names = {key: NamedStudent(key, "") for key in comparison.texts}  # who could not be graded, too
    names |= {mark.student.key: NamedStudent(visible(_name(mark)), mark.page) for mark in marks}
    titles = dict.fromkeys(mark.title for mark in marks)
    alike, worth = clusters(comparison.pairs), _worth(marks)
    return SimilarPage(
        ", ".join(titles),
        len(comparison.texts),
        crowd(len(comparison.texts)),
        GUARANTEED,
        LEAST,
        round(100 * TOGETHER),
        tuple(clusters_on_page(alike[:most], comparison.texts, names)),
        max(0, len(alike) - most),
        tuple(map(visible, comparison.unread)),
        tuple(
            CrowdOnPage(tuple(names[key] for key in one.keys), one.same)
            for one in comparison.crowds
        ),
        tuple(_identical_on_page(comparison.identical, names, worth)),
    )


def _identical_on_page(
    identical: Iterable[IdenticalFiles],
    names: Mapping[str, NamedStudent],
    worth: Mapping[str, str],
) -> Iterator[IdenticalOnPage]:
    """Yield the files that several have, with who that is."""
    for one in identical:
        people = tuple(names.get(key, NamedStudent(key, "")) for key in one.keys)
        yield IdenticalOnPage(people, _worth_of(one, worth))


def _link(course: Path, page: str, place: Path) -> str:
    """Return the way to a student's page from where this page is put."""
    if not page:
        return ""
    return quote(os.path.relpath((course / page).resolve(), place.parent.resolve()))


def _name(mark: Mark) -> str:
    return mark.student.name or mark.student.key


def _json(comparison: CourseComparison, worth: Mapping[str, str]) -> str:
    fields = {
        "schema": SCHEMA,
        "submissions": len(comparison.texts),
        "groups": [one.keys for one in clusters(comparison.pairs)],
        "pairs": [_pair(pair, comparison.texts) for pair in comparison.pairs],
        "crowds": [one._asdict() for one in comparison.crowds],
        "identical": [
            {**one._asdict(), "worth": _worth_of(one, worth)} for one in comparison.identical
        ],
        "unread": comparison.unread,
    }
    return json.dumps(fields, ensure_ascii=False, indent=2)


def _pair(pair: SimilarPair, texts: Mapping[str, StudentText]) -> dict[str, object]:
    left, right = texts[pair.left], texts[pair.right]
    passages = [
        {"left": _at(left, one.left), "right": _at(right, one.right)}
        for one in agreeing(pair, left, right)
    ]
    likeness = {"likeness": round(pair.likeness, 4), "shared": len(pair.shared), "same": pair.same}
    return {"left": pair.left, "right": pair.right, **likeness, "passages": passages}


def _at(student: StudentText, span: LineSpan) -> dict[str, object]:
    first, last = student.lines[span.first], student.lines[span.last]
    return {"file": first.place, "from": first.number, "to_file": last.place, "to": last.number}
