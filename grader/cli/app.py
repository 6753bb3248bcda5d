"""The command line as a whole: its commands, and near misses."""

from importlib import import_module
from typing import TYPE_CHECKING

import click

from grader import __version__
from grader.cli.errors import STOPPED, SUCCESS, USAGE, say
from grader.reports.formats import FORMATS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "list": ("list", "list_", "List the exercises, track by track, with their points."),
    "show": ("list", "show", "Print the task of an exercise."),
    "start": ("start", "start", "Write a starter file for an exercise."),
    "watch": ("watch", "watch", "Grade again at each save, and say what changed."),
    "batch": ("batch", "batch", "Grade a course: what everyone handed in, each once."),
    "diff": ("diff", "diff", "Say what another grading of a course would change."),
    "similar": ("similar", "similar", "Find submissions that are alike."),
    "export": ("export", "export", "Give the marks of a course back to the LMS."),
    "push": ("push", "push_", "Send the marks of a course to the LMS over its API."),
    "export ci": ("export_ci", "ci", "Write what GitHub, GitLab, … need to grade by themselves."),
    "ci": ("ci", "ci", "Grade in a CI, and tell it what it wants."),
    "serve": ("service.serve", "serve", "Serve courses on the web: hand in, and see why."),
    "submit": ("service.submit", "submit_", "Hand in to a service, and print its verdict."),
    "admin": ("service.admin", "admin", "Run a service: courses, people, tokens, backups."),
    "verify": ("verify", "verify", "Prove that an exercise holds, for its author."),
    "new": ("new", "new", "Begin a new exercise, for its author."),
    "doctor": ("doctor", "doctor", "Say what this machine can isolate."),
    "check": ("grade", "check", "Grade a submission: `grade ex9` is short for this."),
}
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 88}

HELP = f"""Check an exercise in which you build automatic differentiation.

\b
  grade ex9                     grade the script or notebook in this folder
  grade ex9 value.py            grade this file
  grade ex9 --html ex9.html     and write a page about it
  grade watch ex9 value.py      and again each time it is saved
  grade my475 value.py          every exercise of a track
  grade list                    what there is to do

Every answer of your code is compared with two engines that know: a reference
engine and torch. What is wrong is shown as a few lines that you can paste below
your class.

Reports (-f, --report): {", ".join(FORMATS)}.

\b
Exit status: 0 all right, 1 something is to be fixed, 2 the command line,
3 the grader itself, 4 nothing to grade.
"""


class Commands(click.Group):
    """Loads a command when it is called; a name that is none is taken for an exercise's."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, function, _ = COMMANDS[cmd_name]
        command = getattr(import_module(f"grader.cli.commands.{module}"), function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [("EXERCISE [PATH]", "Grade a submission (all options: grade check --help).")]
        rows += [(name, about) for name, (_, _, about) in COMMANDS.items() if name != "check"]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        from grader.cli.options.completion import exercises  # a shell asks for it, and nobody else

        words = (one for one in super().shell_complete(ctx, incomplete) if " " not in one.value)
        return [*words, *exercises(ctx, None, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if (two := " ".join(args[:2])) in COMMANDS and len(args) > 1:
            return two, self.get_command(ctx, two), args[2:]
        if args and args[0] not in COMMANDS:
            return "check", self.get_command(ctx, "check"), args
        return super().resolve_command(ctx, args)


@click.command(
    cls=Commands, context_settings=SETTINGS, help=HELP, subcommand_metavar="EXERCISE | COMMAND …"
)
@click.version_option(__version__, prog_name="grade", message="%(prog)s %(version)s")
def grade() -> None:
    """See HELP."""


def run(args: list[str], ready: object = None) -> int:
    """Run a command line, and return its exit status.

    Args:
        args: without the program's name.
        ready: an interpreter that was started before, for the command that has a use for it.

    Raises:
        GraderError: a command cannot do what was asked.
    """
    try:
        status = grade.main(args or ["--help"], prog_name="grade", standalone_mode=False, obj=ready)
        return status if isinstance(status, int) else SUCCESS
    except click.UsageError as error:
        return say(error.format_message(), _usage_hint(error), USAGE)
    except click.ClickException as error:
        return say(error.format_message(), "", USAGE)
    except click.Abort:
        return say("stopped", "", STOPPED)


def _usage_hint(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "grade"
    return f"see {command} --help"
