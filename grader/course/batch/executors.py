"""Executors that do jobs: a pool of processes here, a cluster, or any that a module makes."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from importlib import import_module
from multiprocessing import get_context
from typing import Any, TypeVar

from grader.course.batch.worker import release
from grader.engines.text import visible
from grader.errors import Misused, install_command
from grader.grading.processes import ProcessPool, processor_queue

T = TypeVar("T")

CLUSTERS = {"dask://": "tcp://", "tls://": "tls://"}
"""A cluster's scheme in a spec, and dask's own; who may use it by TLS, dask's settings say."""

EXECUTORS = "name dask://HOST:PORT, tls://HOST:PORT, or module:function for an Executor"
CONNECTING_S = 10


class NoExecutor(Misused):
    """A spec of an executor does not give one."""

    def __init__(self, spec: str, reason: str, hint: str = EXECUTORS) -> None:
        super().__init__(f"no executor at {spec!r}: {reason}", hint=hint)


class NoPool(Misused):
    """A machine where processes may not share a lock."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"no processes can be started side by side here: {reason}",
            hint="they share locks in /dev/shm: it has to be there, and writable for you",
        )


class Pool(ProcessPool):
    """Processes here, each of which keeps to a processor with all that it forks."""

    def __init__(self, jobs: int) -> None:
        """Make a pool of so many processes.

        Raises:
            NoPool: this machine lets none be made.
        """
        context = get_context("spawn")
        try:
            super().__init__(jobs, context, release, processor_queue(jobs, context))
        except (OSError, ImportError) as error:
            raise NoPool(getattr(error, "strerror", None) or str(error)) from error


class DaskCluster(Executor):
    """A dask cluster; it tries a job elsewhere by itself where a worker has died."""

    def __init__(self, client: Any) -> None:
        """Use a cluster through its `distributed.Client`."""
        self._client = client
        self._executor: Executor = client.get_executor(
            pure=False
        )  # a job that is submitted twice is done twice

    def submit(self, function: Callable[..., T], /, *arguments: Any, **options: Any) -> Future[T]:
        """Have a worker call a function."""
        return self._executor.submit(function, *arguments, **options)

    def stop(self) -> None:
        """Let go of the cluster, and of what it has not begun."""
        self._client.close()


def maker_of(spec: str, jobs: int) -> Callable[[], Executor]:
    """Return a function that makes the executor of a spec, each time that one is needed.

    Args:
        spec: "dask://HOST:PORT", "tls://HOST:PORT", "module:function", or "" for processes here.
        jobs: how many of those.

    Raises:
        NoExecutor: there is none.
    """
    if not spec:
        return lambda: Pool(jobs)
    for scheme, calls in CLUSTERS.items():
        if spec.startswith(scheme):
            return lambda: _dask(spec, calls + spec.removeprefix(scheme))
    module, _, name = spec.partition(":")
    try:
        function = getattr(import_module(module), name)
    except (Exception, SystemExit) as error:  # a module may raise anything
        raise NoExecutor(spec, _reason(error)) from error
    if not callable(function):
        raise NoExecutor(spec, f"it is a {type(function).__name__}, and no function")
    return lambda: _executor(spec, function)


def end(executor: Executor) -> None:
    """End an executor without waiting for what is still in it."""
    if isinstance(executor, (Pool, DaskCluster)):
        executor.stop()
    else:
        executor.shutdown(wait=False, cancel_futures=True)


def _dask(spec: str, address: str) -> Executor:
    try:
        from distributed import Client
    except ImportError as error:
        raise NoExecutor(
            spec, "distributed is not installed", install_command("distributed")
        ) from error
    try:
        return DaskCluster(Client(address, timeout=CONNECTING_S))
    except (
        OSError,
        ValueError,
        TypeError,
        RuntimeError,
    ) as error:  # the last one of TLS without certificates
        raise NoExecutor(spec, str(error)) from error


def _executor(spec: str, make: Callable[[], object]) -> Executor:
    try:
        executor = make()
    except (Exception, SystemExit) as error:  # whatever it is, it is why there is none
        raise NoExecutor(spec, _reason(error)) from error
    if not isinstance(executor, Executor):
        raise NoExecutor(spec, f"it gives a {type(executor).__name__}")
    return executor


def _reason(error: BaseException) -> str:
    return visible(str(error)) or type(error).__name__
