"""`grade EX [PATH]`: one submission, one exercise."""

import click

from grader.cli.output import FORMATS, Output, deliver


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("exercise")
@click.argument("path", required=False, type=click.Path())
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default="text")
@click.option("-o", "--output", type=click.Path(), help="Write the report to this file.")
@click.option("--html", type=click.Path(), help="Write a page beside the report.")
@click.option("--hints", is_flag=True, help="Say what is probably the matter.")
@click.option("--class", "class_name", metavar="NAME", help="The class that is the engine.")
@click.option("--kernel", is_flag=True, help="Run a notebook in a real Jupyter kernel.")
@click.option(
    "--oracles",
    type=click.Choice(["recorded", "live"]),
    default="recorded",
    help="Take torch's recorded answers, or ask torch now (needs it installed).",
)
@click.pass_context
def check(ctx: click.Context, exercise: str, path: str | None, **chosen: object) -> int:
    """Grade a submission.

    EXERCISE is a name from `grade list`, ex9 or my475/ex9. PATH is a script, a notebook, or a
    folder with one; left out, it is looked for in this folder.
    """
    from grader.cli.sitting import Choice, sit

    output = Output(chosen["format_"], chosen["output"], chosen["html"], chosen["hints"])  # type: ignore[arg-type]
    choice = Choice(exercise, path, chosen["class_name"], chosen["kernel"], chosen["oracles"])  # type: ignore[arg-type]
    report, next_name = sit(choice, ctx.obj)
    deliver(report, output, next_name)
    return 0 if report.passed else 1
