"""What strangers made is read in a process of its own, and takes so much there and no more."""

import os
import pickle
import signal
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from time import sleep

import pytest

from grader.submissions.reader import Reader, ReaderDied, ReadingLimits, TooMuchToRead
from grader.submissions.submission import (
    SeveralSubmissions,
    Submission,
    UnreadableSubmission,
    find,
    read,
)
from tests.handed_in import ENGINE, notebook, written

SMALL = ReadingLimits(cpu_s=1, memory_mb=64)
limited = pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="only Linux limits it")


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(SMALL) as started:
        yield started


@pytest.mark.parametrize("name", ["value.py", "value.ipynb"])
def test_what_is_read_there_is_what_is_read_here(tmp_path: Path, reader: Reader, name: str) -> None:
    file = written(tmp_path, name, ENGINE if name.endswith(".py") else notebook("x = 1"))

    there = reader(read, file)

    assert there == read(file)
    assert type(there) is Submission


def test_an_error_comes_back_as_it_was_raised(tmp_path: Path, reader: Reader) -> None:
    written(tmp_path, "a.py")
    written(tmp_path, "b.py")

    with pytest.raises(SeveralSubmissions, match="two files") as several:
        reader(find, str(tmp_path), "ex9")
    with pytest.raises(UnreadableSubmission, match=r"^empty\.py is empty$") as empty:
        reader(read, written(tmp_path, "empty.py", b""))

    assert [Path(name).name for name in several.value.names] == ["a.py", "b.py"]
    assert empty.value.hint == "save the file, then grade again"


def test_one_process_serves_many(reader: Reader) -> None:
    assert reader(os.getpid) == reader(os.getpid) != os.getpid()


@limited
def test_what_takes_too_long_is_stopped_and_the_next_one_is_read(reader: Reader) -> None:
    with pytest.raises(TooMuchToRead, match="takes more than 1 s of CPU time to be read"):
        reader(pow, 3, 10**9)

    assert reader(abs, -1) == 1


@limited
def test_what_takes_too_much_memory_is_stopped_and_the_next_one_is_read(reader: Reader) -> None:
    first = reader(os.getpid)

    with pytest.raises(TooMuchToRead, match="takes more than 64 MB of memory to be read"):
        reader(bytes, 1 << 30)

    assert reader(os.getpid) != first


def test_a_process_that_dies_is_ours_to_look_at_and_the_next_one_is_read(reader: Reader) -> None:
    with pytest.raises(ReaderDied, match="its reader ended with status -6"):
        reader(os.abort)

    assert reader(abs, -1) == 1


def test_what_somebody_has_killed_is_started_again_and_asked_once_more(reader: Reader) -> None:
    os.kill(reader(os.getpid), signal.SIGKILL)  # as the kernel does where memory runs out

    assert reader(abs, -1) == 1


def test_a_process_that_is_killed_each_time_is_ours_to_look_at(reader: Reader) -> None:
    with pytest.raises(ReaderDied, match="ended with status -9"):
        reader(os.kill, 0, signal.SIGKILL)


def test_what_is_raised_there_and_is_no_error_of_ours_is_said(reader: Reader) -> None:
    with pytest.raises(ReaderDied, match="ValueError: invalid literal"):
        reader(int, "x")


def test_nothing_is_taken_that_is_not_plain(reader: Reader) -> None:
    with pytest.raises(ReaderDied):
        reader(Fraction, 1)

    assert reader(abs, -1) == 1


def test_a_closed_reader_has_no_process_left() -> None:
    with Reader() as reader:
        pid = reader(os.getpid)

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


class Ended(BaseException):
    """Whoever waits is asked to end."""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a stream in use
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="Windows interrupts nothing")
def test_a_reader_is_closed_by_a_signal_that_comes_while_it_is_waited_for(reader: Reader) -> None:
    def end(*_: object) -> None:
        reader.close()
        raise Ended

    pid, before = reader(os.getpid), signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(Ended):
            reader(sleep, 60)
    finally:
        signal.signal(signal.SIGALRM, before)

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_an_error_survives_the_way_with_all_that_it_knows() -> None:
    error = SeveralSubmissions(["a.py", "b.py"], "grade ex9", "b.py")

    again = pickle.loads(pickle.dumps(error))

    assert isinstance(again, SeveralSubmissions)
    assert (again.message, again.hint) == (error.message, error.hint)
    assert (again.names, again.engine) == (("a.py", "b.py"), "b.py")
