"""Says what a submission had used where a limit stopped it: "stopped after 2 s of CPU".

How long and how much is measured in the grader's process, or by the system; only by which of the
two alarms it was interrupted is what the submission's process says.
"""

from grader.engines.observation import Fault, Observation, ResourceUse
from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import PATIENCE, WAITING, Limits

OUT_OF_MEMORY = "MemoryError"  # and numpy's, whose name ends so
OUT_OF_TIME = "OutOfTime"
TOO_MUCH_OUTPUT = "TooMuchOutput"


def use_of(seconds: float, *, waited: bool) -> str:
    """Return the message of code that may take so many seconds of CPU, and took more."""
    if waited:
        return f"stopped after {seconds * PATIENCE:g} s, most of which it waited"
    return f"stopped after {seconds:g} s of CPU"


def is_stopped(observation: Observation) -> bool:
    """Return whether a limit has stopped a Program that its process told of itself."""
    if observation.ended == "raised":
        return observation.fault is not None and observation.fault.type.endswith(OUT_OF_MEMORY)
    return observation.ended in ("timed out", "flooded")


def explain_exit(observation: Observation, limits: Limits, use: ResourceUse) -> Observation:
    """Return the Observation of a Program that a limit has stopped, with what it had used."""
    if observation.fault is not None and observation.ended == "raised":
        return observation._replace(use=use, fault=of_memory(observation.fault, limits, use))
    if observation.ended == "flooded":
        return observation._replace(use=use, detail=printed(limits))
    return observation._replace(
        use=use, detail=use_of(limits.program_s, waited=has_waited(observation.fault))
    )


def is_load_stopped(loaded: LoadResult) -> bool:
    """Return whether a limit has stopped the submission while it ran, or a part of it."""
    short = any(mishap.fault.type.endswith(OUT_OF_MEMORY) for mishap in loaded.mishaps)
    return loaded.ended not in ("ran", "raised") or short


def explain_load(loaded: LoadResult, limits: Limits, use: ResourceUse) -> LoadResult:
    """Return the result of a run that a limit has stopped, with what it had used."""
    mishaps = tuple(
        mishap._replace(fault=of_memory(mishap.fault, limits, use)) for mishap in loaded.mishaps
    )
    waited = any(has_waited(mishap.fault) for mishap in loaded.mishaps)
    details = {"timed out": use_of(limits.load_s, waited=waited), "flooded": printed(limits)}
    return loaded._replace(mishaps=mishaps, detail=details.get(loaded.ended, ""), use=use)


def has_waited(fault: Fault | None) -> bool:
    """Return whether it was the clock that interrupted code, and not the CPU time it had used."""
    return fault is not None and fault.message == WAITING


def printed(limits: Limits) -> str:
    """Return the message of a submission that has printed too much."""
    return f"stopped after {limits.output_kb} kB"


def of_memory(fault: Fault, limits: Limits, use: ResourceUse) -> Fault:
    """Return a MemoryError that says how much there was; any other fault as it is."""
    if not fault.type.endswith(OUT_OF_MEMORY):
        return fault
    has = f"used {use.peak_mb} MB of {limits.memory_mb} and asked for more"
    return fault._replace(message=f"{fault.message}; {has}" if fault.message else has)
