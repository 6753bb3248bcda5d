"""What the commands of `grade admin` share: where the data is, and the service's address."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from grader.cli.commands.service.serve import data_options, require_packages, settings_of
from grader.cli.options.exercises import exercises_option

if TYPE_CHECKING:
    from grader.service.settings import ServiceSettings

URL = "http://127.0.0.1:8475"


def admin_command(group: click.Group, function: Callable[..., Any]) -> click.Command:
    """Return a command of a group, called as its function, with the options that all share."""
    for option in (
        exercises_option,
        data_options,
        click.option("--url", default=URL, show_default=True, help="The service's address."),
    ):
        function = option(function)
    name = function.__name__.rstrip("_").replace("_", "-")
    made: click.Command = group.command(name)(function)
    return made


def settings_at_address(options: dict[str, Any]) -> "ServiceSettings":
    """Return the settings that these options say, where the service's packages are installed."""
    require_packages()
    from grader.service.settings import own_address

    return settings_of(options)._replace(url=own_address(options["url"]))
