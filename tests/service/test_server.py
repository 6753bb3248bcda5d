"""The service as a process: it starts, it ends in order, and after any end all is still there."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import URL, create_engine, make_url, text

from grader.service.database.engines import is_sqlite
from grader.service.database.migration import NoConnection
from grader.service.queue.background import in_background
from grader.service.server import (
    LOCK_NAME,
    AddressInUse,
    DataInUse,
    NoDataFolder,
    SoleService,
    listen,
    lock,
    make_data_folder,
    scratch,
    scratch_folder,
    stay_alone,
)
from tests.sandbox.test_zygote_pool import BEST
from tests.service.running import MINUS

EXERCISE = "/courses/demo/exercises/my475/ex9"
PATIENCE_S = 60
SAME = {"sec-fetch-site": "same-origin"}


@contextmanager
def demo(data: Path) -> Iterator[tuple["subprocess.Popen[str]", dict[str, str]]]:
    """A demo that runs, and its links by role."""
    words = [sys.executable, "-m", "grader", "serve", "--demo", "--data", str(data), "--port", "0"]
    process = subprocess.Popen(
        [*words, "--walls", BEST],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        yield process, dict(re.findall(r"^  (\w+) +(http\S+/enter/\S+)$", "".join(said), re.M))
    finally:
        process.terminate()
        process.wait(PATIENCE_S)
        process.stdout.close()


def come_in(client: httpx.Client, link: str) -> str:
    answer = client.post(link, headers=SAME)
    assert answer.status_code == 303
    return link.partition("/enter/")[0]


def test_a_student_hands_in_sees_why_and_finds_it_again_after_a_restart(tmp_path: Path) -> None:
    with demo(tmp_path) as (_, links), httpx.Client(timeout=PATIENCE_S) as client:
        assert set(links) == {"student", "ta", "admin"}
        site = come_in(client, links["student"])
        sent = client.post(site + EXERCISE, files={"file": ("minus.py", MINUS)}, headers=SAME)
        page = client.get(site + sent.headers["location"])
        cookies = dict(client.cookies)
    assert "3 of 5 points" in page.text

    with demo(tmp_path) as (process, links):
        site = links["ta"].partition("/enter/")[0]
        process.send_signal(signal.SIGHUP)  # reads the exercises anew, and ends nothing
        again = httpx.get(site + sent.headers["location"], cookies=cookies)
        process.send_signal(signal.SIGTERM)
        status = process.wait(PATIENCE_S)
    assert "3 of 5 points" in again.text
    assert status == 0
    assert not scratch_folder(tmp_path).exists()


def test_two_services_do_not_have_one_folder(tmp_path: Path) -> None:
    with (
        lock(tmp_path),
        pytest.raises(DataInUse, match="another `grade serve` works with"),
        lock(tmp_path),
    ):
        pass


def test_a_port_in_use_is_told_with_another() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(AddressInUse, match="Address already in use") as refused:
            listen("127.0.0.1", port)

    assert str(port + 1) in refused.value.hint


def test_a_port_and_a_host_that_cannot_be_are_told() -> None:
    with pytest.raises(AddressInUse, match="cannot listen at"):
        listen("192.0.2.1", 0)


def test_the_data_is_for_nobody_else_to_read(tmp_path: Path) -> None:
    make_data_folder(tmp_path / "new" / "data")

    assert (tmp_path / "new" / "data").stat().st_mode & 0o077 == 0


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")

    with pytest.raises(NoDataFolder, match="File exists"):
        make_data_folder(tmp_path / "data")


def test_what_an_earlier_life_left_is_swept_away(tmp_path: Path) -> None:
    with scratch(tmp_path) as folder:
        (folder / "grade-left").mkdir()
        (folder / "grade-left" / "value.py").write_text("theirs")
        os.rename(folder, f"{folder}.killed")
    os.rename(f"{folder}.killed", folder)

    with scratch(tmp_path) as folder:
        assert list(folder.iterdir()) == []
        assert os.environ["TMPDIR"] == str(folder)
    assert not folder.exists()
    assert os.environ.get("TMPDIR") != str(folder)


def test_the_socket_is_open_before_anything_is_slow() -> None:
    with (
        listen("127.0.0.1", 0) as listening,
        socket.create_connection(listening.getsockname(), 1) as connected,
    ):
        assert connected.getpeername() == listening.getsockname()


def test_two_services_do_not_have_one_database(database_url: URL) -> None:
    with closing(SoleService(database_url)) as first, closing(SoleService(database_url)) as second:
        first.keep()
        first.keep()
        if is_sqlite(database_url):
            second.keep()  # its file is in a folder, which has a lock
            return
        with pytest.raises(DataInUse, match="another `grade serve` works with"):
            second.keep()
        first.close()
        second.keep()


def connections_end(url: URL) -> None:
    """End whatever is connected to a place in PostgreSQL, which alone is of this test."""
    made = create_engine(url)
    with made.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND "
                "objid::bigint = hashtext(current_schema() || :name)::bigint & 4294967295"
            ),
            {"name": LOCK_NAME},
        )
    made.dispose()


def test_a_service_whose_connection_has_ended_is_the_only_one_again(database_url: URL) -> None:
    if is_sqlite(database_url):
        pytest.skip("SQLite has no connection that another one could end")
    with closing(SoleService(database_url)) as first, closing(SoleService(database_url)) as second:
        first.keep()
        connections_end(database_url)
        first.keep()

        with pytest.raises(DataInUse, match="another `grade serve` works with"):
            second.keep()


def test_a_service_in_whose_place_another_one_has_come_ends(
    database_url: URL, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    if is_sqlite(database_url):
        pytest.skip("SQLite has no connection that another one could end")
    monkeypatch.setattr("grader.service.server.ALONE_S", 0.01)

    async def life(first: SoleService) -> None:
        ended = asyncio.Event()
        async with in_background(stay_alone(first, ended.set)):
            await asyncio.wait_for(ended.wait(), PATIENCE_S)

    with closing(SoleService(database_url)) as first, closing(SoleService(database_url)) as second:
        first.keep()
        connections_end(database_url)
        second.keep()
        asyncio.run(life(first))

    assert "works with" in caplog.text


def test_a_database_that_is_not_there_is_told() -> None:
    url = make_url("postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=1")

    with (
        closing(SoleService(url)) as sole,
        pytest.raises(NoConnection, match="does not open: "),
    ):
        sole.keep()


LATER = {"httpx", "joserfc", "cryptography", "alembic", "markdown_it"}


def test_what_few_requests_need_is_imported_when_one_does() -> None:
    says = (
        "import sys, grader.service.server; print(*{one.partition('.')[0] for one in sys.modules})"
    )

    done = subprocess.run([sys.executable, "-c", says], capture_output=True, text=True, check=True)

    assert not LATER & set(done.stdout.split())
