"""`grade`: checks exercises in which students build automatic differentiation.

An exercise imports what it needs from here: `from grader import check, children_of`. Names are
looked up when they are used, so that the command line and a student's process stay light.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.engines.oracles.definition import Definition
    from grader.exercises.exercise import (
        Advisory,
        Check,
        Mutant,
        advisory,
        check,
        descends,
        holds,
        prints,
        trains,
    )
    from grader.exercises.optimizers.usual_rules import Adam, AdamW, Momentum, Nesterov, Sgd
    from grader.exercises.questions import (
        children_of,
        drawing_of,
        graph_of,
        is_a,
        is_same,
        is_updated,
        label_of,
        numbers_of,
        operation_of,
        order_of,
        raises,
        text_of,
    )
    from reference.scalar import Value

__version__ = "0.1.0"
__all__ = [
    "Adam",
    "AdamW",
    "Advisory",
    "Check",
    "Definition",
    "Momentum",
    "Mutant",
    "Nesterov",
    "Sgd",
    "Value",
    "advisory",
    "check",
    "children_of",
    "descends",
    "drawing_of",
    "graph_of",
    "holds",
    "is_a",
    "is_same",
    "is_updated",
    "label_of",
    "numbers_of",
    "operation_of",
    "order_of",
    "prints",
    "raises",
    "text_of",
    "trains",
]

_HOMES = {
    "grader.engines.oracles.definition": ("Definition",),
    "grader.engines.reference.scalar": ("Value",),
    "grader.exercises.exercise": (
        *("Advisory", "Check", "Mutant", "advisory", "check", "descends", "holds", "prints"),
        "trains",
    ),
    "grader.exercises.optimizers.usual_rules": ("Adam", "AdamW", "Momentum", "Nesterov", "Sgd"),
    "grader.exercises.questions": (
        *("children_of", "drawing_of", "graph_of", "is_a", "is_same", "is_updated", "label_of"),
        *("numbers_of", "operation_of", "order_of", "raises", "text_of"),
    ),
    "grader.integrations.ipython_magic.extension": (
        "load_ipython_extension",
    ),  # for %load_ext grader
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'grader' has no attribute {name!r}")
