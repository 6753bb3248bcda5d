"""`grade EX [PATH]`: one submission, one exercise or a track of them."""

from typing import Any

import click

from grader.cli.grade_once import run
from grader.cli.options.completion import exercise_argument
from grader.cli.options.engine import class_option
from grader.cli.options.exercises import exercises_option
from grader.cli.options.limits import limiting_options
from grader.cli.options.oracles import oracles_option, seed_option
from grader.cli.options.reports import reports_option
from grader.cli.options.walls import walls_option
from grader.cli.output import OutputOptions
from grader.cli.signals import ends_in_order
from grader.grading.request import REPAIR_STEPS, REPAIR_STEPS_WITH_HINTS, GradeRequest
from grader.reports.formats import FORMATS


@click.command
@exercise_argument()
@click.argument("path", required=False, type=click.Path())
@click.option(
    "-f",
    "--format",
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    default="text",
    help=f"How the report is written: {', '.join(FORMATS)}.",
)
@click.option("-o", "--out", "file", type=click.Path(), help="Write the report to this file.")
@click.option("--html", "page", type=click.Path(), help="Write a page beside the report.")
@reports_option
@click.option("--hints", is_flag=True, help="Say what is probably the matter.")
@click.option("--for-staff", is_flag=True, help="Show the edit that would mend it, too.")
@class_option
@click.option("--kernel", is_flag=True, help="Run a notebook in a real Jupyter kernel.")
@seed_option
@oracles_option
@walls_option(
    "What to put around a stranger's code; see `grade doctor`.",
    default="limits",
    show_default=True,
)
@limiting_options
@exercises_option
@click.pass_context
@ends_in_order
def check(context: click.Context, /, **options: Any) -> int:
    """Grade a submission.

    EXERCISE is a name from `grade list`, ex9 or my475/ex9, or a track, my475. PATH is a script, a
    notebook, or a folder with one; left out, it is looked for in this folder.
    """
    request = GradeRequest(
        **{name: options[name] for name in GradeRequest._fields if name in options}
    )
    steps = REPAIR_STEPS_WITH_HINTS if options["hints"] or options["for_staff"] else REPAIR_STEPS
    request = request._replace(repair_steps=steps)
    output = OutputOptions(**{name: options[name] for name in OutputOptions._fields})
    return run(request, output, context.obj)
