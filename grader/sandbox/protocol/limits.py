"""What a submission may use: said by an exercise or by whoever grades, and put into numbers."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

Tier: TypeAlias = Literal["full", "container", "limits"]
"""What stands around a submission: see `tiers`; "limits" are those of this module alone."""


PATIENCE = 3  # seconds that may pass for each second of CPU: machines are shared, and sleep ends
LOADING = 5  # times what one Program may take: running the file, or all cells
EVERYTHING = 30
AFTERWARDS_S = 0.5  # of CPU, for all cells of a notebook after the one that used up the time
HASTE = 0.25  # of what one Program may take: a right one takes a thousandth
WAITING = "waiting"  # says an OutOfTime that came by the clock


class Limits(NamedTuple):
    """The limits on what a submission uses.

    Attributes:
        load_s: CPU seconds for running the file, or all cells of a notebook.
        program_s: CPU seconds for one Program.
        cpu_s: CPU seconds for everything together.
        memory_mb: memory on top of the interpreter's own, in megabytes.
        output_kb: what it may print, in kilobytes.
        file_mb: how large a file it may write, in megabytes.
        processes: how many processes and threads it may add to the machine's.
    """

    load_s: float = 10.0
    program_s: float = 2.0
    cpu_s: int = 60
    memory_mb: int = 2048
    output_kb: int = 1024
    file_mb: int = 64
    processes: int = 128


class Allowance(NamedTuple):
    """The limits that somebody sets for a submission; None where they leave it as it is.

    Attributes:
        time_s: CPU seconds for one Program; running the file may take LOADING times as long, and
            everything together EVERYTHING times.
        memory_mb: as in Limits.
        output_kb: as in Limits.
    """

    time_s: float | None = None
    memory_mb: int | None = None
    output_kb: int | None = None


MOST: Final = Allowance(time_s=86_400.0, memory_mb=1 << 20, output_kb=1 << 20)
"""The most that anybody can mean: a day, a terabyte, a gigabyte."""


def widest(allowances: Iterable[Allowance]) -> Allowance:
    """Return an allowance with which each of several is met: the most of each, or the default."""
    usual = Limits()
    defaults = Allowance(usual.program_s, usual.memory_mb, usual.output_kb)
    complete = [_over(defaults, one) for one in allowances]
    return Allowance(*map(max, zip(*complete, strict=True))) if complete else Allowance()


def granted(*allowances: Allowance) -> Limits:
    """Return the limits that allowances come to; a later one counts before an earlier one."""
    time_s, memory_mb, output_kb = Allowance()
    for one in allowances:
        time_s, memory_mb, output_kb = _over(Allowance(time_s, memory_mb, output_kb), one)
    limits = Limits()
    if time_s is not None:
        whole = max(1, round(time_s * EVERYTHING))
        limits = limits._replace(load_s=time_s * LOADING, program_s=time_s, cpu_s=whole)
    if memory_mb is not None:
        limits = limits._replace(memory_mb=memory_mb)
    return limits if output_kb is None else limits._replace(output_kb=output_kb)


def in_haste(limits: Limits) -> Limits:
    """Return limits for a first look at a submission: time enough for all but a few."""
    return limits._replace(
        load_s=min(limits.load_s, limits.program_s), program_s=limits.program_s * HASTE
    )


def _over(below: Allowance, above: Allowance) -> Allowance:
    return Allowance(
        below.time_s if above.time_s is None else above.time_s,
        below.memory_mb if above.memory_mb is None else above.memory_mb,
        below.output_kb if above.output_kb is None else above.output_kb,
    )
