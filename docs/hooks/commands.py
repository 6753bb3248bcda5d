"""Writes each command's help, where a page says `{{ commands }}`."""

from typing import Any

import click

from grader.cli.app import COMMANDS, grade

PLACE = "{{ commands }}"
WIDTH = 78


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with the help of every command; mkdocs calls this."""
    return markdown.replace(PLACE, helps()) if PLACE in markdown else markdown


def helps() -> str:
    """Return what `grade --help` says, and `grade COMMAND --help` for each command."""
    parent = click.Context(grade, info_name="grade", terminal_width=WIDTH)
    parts = [f"```text\n{grade.get_help(parent)}\n```"]
    for name in COMMANDS:
        command = grade.get_command(parent, name)
        assert command is not None
        own = click.Context(command, info_name=name, parent=parent, terminal_width=WIDTH)
        parts.append(f"## grade {name}\n\n```text\n{command.get_help(own)}\n```")
    return "\n\n".join(parts)
