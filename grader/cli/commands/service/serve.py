"""`grade serve`: the service, for a course on the web."""

import gc
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from grader.cli.errors import SUCCESS, TO_FIX
from grader.cli.options.exercises import exercises_option
from grader.cli.options.walls import walls_option
from grader.errors import Misused, install_command
from grader.grading.processes import processors
from grader.sandbox.survey import strongest_tier, strongest_walls

if TYPE_CHECKING:
    from grader.service.service import Service
    from grader.service.settings import ServiceSettings

NEEDED = (
    *("starlette", "uvicorn", "multipart", "sqlalchemy", "alembic", "markdown_it"),
    *("joserfc", "httpx"),
)
DATA, DEMO_DATA = "grade-data", "grade-demo"
PORT = 8475
UNWALLED = "no walls: whoever hands in here can read your files. Let in nobody but yourself."


class NotInstalled(Misused):
    """The packages that the service is built on are not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"`grade serve` needs {package}, which is not installed",
            hint=install_command('"autograd-grader[serve]"'),
        )


def data_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where the data is."""
    for option in (
        click.option("--database", default="", help="postgresql://USER@HOST/NAME [a file in DATA]"),
        click.option("--data", type=click.Path(), help=f"The folder for the data [{DATA}]."),
    ):
        command = option(command)
    return command


@click.command
@click.option("--check", "only_check", is_flag=True, help="Say whether it could start; 1 if not.")
@click.option("--demo", is_flag=True, help="A course to look around in, with links to come in by.")
@data_options
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
@click.option("--url", default="", help="The address that people type: https://HOST.")
@click.option("--former-url", multiple=True, help="One that it had before, and LMSs still know.")
@click.option("--workers", type=click.IntRange(1, 256), help="How many grade at a time.")
@click.option("--executor", default="", help="Who grades: dask://HOST:PORT, see `grade batch`.")
@walls_option("What to put around strangers' code; the strongest there is, if nobody says.")
@exercises_option
def serve(demo: bool, host: str, port: int, only_check: bool, **options: Any) -> int:
    """Serve courses on the web: students hand in, and see at once what is right and why not.

    All that it knows is in one folder, or in a database of PostgreSQL's. It ends in order with
    Ctrl-C or SIGTERM, and nothing that was handed in is lost.
    """
    require_packages()
    if only_check:
        return _check(options, host, port)
    server = _server()
    from grader.service.log import begin_log

    walls = options["walls"] or strongest_walls()
    begin_log(everything=not sys.stderr.isatty())
    with server.listen(host, port) as listening:
        url = options.pop("url") or f"http://{host}:{listening.getsockname()[1]}"
        former = tuple(_own(one) for one in options.pop("former_url"))
        settings = settings_of({**options, "walls": walls}, demo=demo)
        settings = settings._replace(url=_own(url), former_urls=former)
        server.serve(settings, listening, lambda service: _tell(service, demo))
    return SUCCESS


def _server() -> ModuleType:
    """Return the module that serves; of what is imported with it, nothing becomes garbage."""
    gc.disable()
    try:
        from grader.service import server
    finally:
        gc.enable()
    return server


def _check(options: dict[str, Any], host: str, port: int) -> int:
    """Say what there is to know before the service starts, a line each."""
    from grader.service.check import check

    walls = options["walls"] or strongest_tier()
    settings = settings_of({**options, "walls": walls})
    findings = check(settings._replace(url=options["url"] or f"http://{host}:{port}"))
    for one in findings:
        click.echo(f"{'ok ' if one.is_well else 'NO '} {one.what:<10} {one.says}")
    return SUCCESS if all(one.is_well for one in findings) else TO_FIX


def require_packages() -> None:
    """See that the service can be imported.

    Raises:
        NotInstalled: it cannot.
    """
    for package in NEEDED:
        if find_spec(package) is None:
            raise NotInstalled(package)


def settings_of(options: dict[str, Any], *, demo: bool = False) -> "ServiceSettings":
    """Return the settings that options come to."""
    from grader.service.database.engines import database_url
    from grader.service.settings import ServiceSettings

    data = Path(options["data"] or (DEMO_DATA if demo else DATA))
    workers = options.get("workers") or max(1, processors() - 1)
    return ServiceSettings(
        data,
        database_url(options["database"], data),
        walls=options.get("walls") or "limits",
        workers=workers,
        executor=options.get("executor") or "",
        homes=options["homes"],
    )


def _own(url: str) -> str:
    from grader.service.settings import own_address

    return own_address(url)


async def _tell(service: "Service", demo: bool) -> None:
    """Say on stdout where the service is, and for the demo how to come in."""
    from grader.service.database.engines import is_sqlite, shown, sqlite_version

    settings = service.settings
    kept = sqlite_version() if is_sqlite(settings.database) else "PostgreSQL"
    click.echo(f"{settings.url}\n  data: {shown(settings.database)}, {kept}")
    grades = settings.executor or f"{settings.workers} workers and a slow one"
    click.echo(f"  walls: {settings.walls}, {grades}")
    if settings.walls == "limits":
        click.echo(f"  {UNWALLED}")
    if demo:
        await _tell_links(service)
    click.echo("Ctrl-C ends it.")


async def _tell_links(service: "Service") -> None:
    from grader.service.demo import demo_links

    links = await service.database.write(
        lambda one: list(demo_links(one, service.shelf.paths, service.now()))
    )
    click.echo("Come in as")
    for word, secret in links:
        click.echo(f"  {word:<8} {service.settings.url}/enter/{secret}")
