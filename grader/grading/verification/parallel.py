"""Proves many exercises at once, each in a process, and gives the proofs in their order.

Processes, because comparing and diagnosing are Python's own work, and what a mutant prints is
caught process-wide. They are forked from one that has imported torch, where the system can fork;
that one ends when ours does.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, as_completed
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext

from grader.exercises.catalogue import ExerciseEntry
from grader.grading.processes import ProcessPool
from grader.grading.verification.prove import prove, record, release
from grader.grading.verification.verify import Proof
from grader.sandbox.protocol.socket_folder import socket_folder

Finished = Callable[[int], None]


def prove_all(
    entries: Sequence[ExerciseEntry], finished: Finished, *, jobs: int, recording: bool
) -> list[Proof]:
    """Return the proofs of `entries`, in that order.

    Args:
        entries: at least one.
        finished: is called with how many are proven, each time that one more is.
        jobs: how many may be proven at a time.
        recording: whether torch's answers are recorded first.
    """
    if min(jobs, len(entries)) == 1:
        proofs = []
        for entry in entries:
            proofs.append(_prove(entry, recording))
            finished(len(proofs))
        return proofs
    pool = ProcessPool(min(jobs, len(entries)), process_context(), release)
    try:
        proofs = _collect(pool, entries, finished, recording)
    except BaseException:  # where one is broken or Ctrl-C came, the rest is moot
        pool.stop()
        raise
    pool.shutdown()
    return proofs


def _collect(
    pool: Executor, entries: Sequence[ExerciseEntry], finished: Finished, recording: bool
) -> list[Proof]:
    futures: dict[ExerciseEntry, Future[Proof]] = {
        entry: pool.submit(_prove, entry, recording)
        for entry in sorted(entries, key=_size, reverse=True)  # the longest first
    }
    for number, future in enumerate(as_completed(futures.values()), start=1):
        future.result()
        finished(number)
    return [futures[entry].result() for entry in entries]


def _prove(entry: ExerciseEntry, recording: bool) -> Proof:
    if recording:
        record(entry)
    return prove(entry)


def _size(entry: ExerciseEntry) -> int:
    """Return the bytes of an exercise's mutants, which tell how long it takes to prove."""
    return (entry.folder / "mutants.py").stat().st_size


def process_context() -> BaseContext:
    """Return how processes are started: anew where none can be asked to fork them."""
    if "forkserver" not in get_all_start_methods() or socket_folder() is not None:
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(
        ["grader.grading.verification.prove", "grader.engines.oracles.pytorch"]
    )
    return context
