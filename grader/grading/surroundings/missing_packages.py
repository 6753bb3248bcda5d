"""Finds who fails for want of a package on this machine: somebody has to look at that by hand."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from grader.engines.observation import Fault
from grader.errors import install_command
from grader.exercises.exercise import Exercise
from grader.grading.answers import Answers
from grader.grading.surroundings.wall_words import refusal
from grader.sandbox.load_result import LoadResult

NO_MODULE = re.compile(r"No module named '(\w+)")
PACKAGE: Mapping[str, str] = MappingProxyType(
    {
        "sklearn": "scikit-learn",
        "cv2": "opencv-python",
        "PIL": "pillow",
        "yaml": "pyyaml",
        "skimage": "scikit-image",
        "bs4": "beautifulsoup4",
        "attr": "attrs",
        "dotenv": "python-dotenv",
        "dateutil": "python-dateutil",
    }
)
"""A module → the package that has it, where their names differ."""
KNOWN = (
    *("numpy", "pandas", "scipy", "torch", "torchvision", "tensorflow", "keras", "jax", "jaxlib"),
    *("sympy", "networkx", "numba", "autograd", "tabulate", "rich", "requests", "nltk", "xgboost"),
    *("lightgbm", "statsmodels", "einops", "dill", "pydantic", "termcolor", "colorama", "pytest"),
    *("hypothesis", "mpmath", "cupy", "datasets", "transformers", "gym", "gymnasium", "joblib"),
    *("tinygrad", "micrograd", "prettytable", "loguru", "polars", "pyarrow", "h5py", "gdown"),
    *("typing_extensions", "sortedcontainers", "absl", "click", "typer", "optax", "flax"),
    *("mlxtend", "gensim", "spacy", "tiktoken", "psutil", "toolz", "more_itertools", "nose"),
)
LOOK = "to be looked at by hand"
OURS = "_submission"  # the package of the files beside a script


def missing_modules(loaded: LoadResult, faults: Iterable[Fault | None] = ()) -> list[str]:
    """Return the modules that were not there, in the order in which they were missed.

    Args:
        loaded: the run of a submission.
        faults: what was raised by it besides.
    """
    raised = (*(mishap.fault for mishap in loaded.mishaps), *faults)
    names = (_module(fault) for fault in raised if fault is not None)
    return [name for name in dict.fromkeys(names) if name and name != OURS]


def _module(fault: Fault) -> str:
    found = NO_MODULE.match(fault.message) if fault.type == "ModuleNotFoundError" else None
    return found[1] if found else ""


def reason_to_look(
    exercise: Exercise,
    loaded: LoadResult,
    answers: Answers,
    failed: Iterable[str],
    *,
    walled: bool,
) -> str:
    """Return why somebody is to look at a submission by hand, "" where nobody has to.

    Args:
        exercise: whose checks it failed.
        loaded: its run.
        answers: what it answered.
        failed: the ids of the checks that it failed.
        walled: whether it ran behind walls, which may be what it failed by.
    """
    raised = [fault for id_ in failed if (fault := answers.fault(id_))]
    own_run = {check.id for check in exercise.checks if check.own_run}
    asked_in_vain = answers.problem or answers.no_engine
    if answers.forbidden_use or not (asked_in_vain or raised or not own_run.isdisjoint(failed)):
        return ""
    refused = refusal([*(one.fault for one in loaded.mishaps), *raised]) if walled else ""
    because = by_hand(missing_modules(loaded, raised))
    return because or (f"{LOOK}: {refused}" if refused else "")


def by_hand(modules: Iterable[str]) -> str:
    """Return why somebody is to look at a submission that fails, "" where no module is missing."""
    names = list(modules)
    if not names:
        return ""
    known = [name for name in names if name in KNOWN or name in PACKAGE]
    if not known:
        some = " and ".join(names[:3])
        return (
            f"{LOOK}: {some} is not here, a file that was not handed in or a "
            f"package: `{install_command(names[0])}`"
        )
    packages = [PACKAGE.get(name, name) for name in known[:5]]
    is_or_are = "is" if len(packages) == 1 else "are"
    return (
        f"{LOOK}: {' and '.join(packages)} {is_or_are} not installed where this "
        f"is graded; `{install_command(' '.join(packages))}` there, and grade it again"
    )
