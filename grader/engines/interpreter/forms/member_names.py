"""The names that people give to the members of an engine, the usual one of each first."""

from collections.abc import Mapping

from grader.engines.interpreter.engine_state import CHILDREN as USUAL_CHILDREN

DATA = ("data", "value", "val", "v", "_data", "_value", "x", "number", "num", "scalar")
GRADIENT = (
    *("grad", "gradient", "derivative", "g", "_grad", "_gradient", "dv", "deriv", "grads"),
    *("adjoint", "adj", "dvalue", "delta", "diff", "d", "der", "dx", "sensitivity", "bar"),
)
CHILDREN = (
    *USUAL_CHILDREN,
    *("operands", "_operands", "args", "sources", "deps", "dependencies", "predecessors"),
)
PASSES = (
    *("backward", "backwards", "backprop", "back_propagate", "backpropagate", "back_prop"),
    *("backpropagation", "back_propagation", "backward_pass", "back", "run_backward"),
    *("do_backward", "full_backward", "backward_all", "propagate_back", "compute_gradients"),
    *("compute_grads", "compute_grad", "calculate_gradients", "calc_grads", "gradients"),
)
NEEDS_GRADIENT = (
    *("requires_grad", "require_grad", "requires_gradient", "needs_grad", "need_grad"),
    *("with_grad", "has_grad", "track_grad", "trainable", "differentiable", "is_param"),
)
READERS = ("item", "get", "get_data", "get_value", "getdata", "value", "val", "data", "numpy")
FUNCTIONS: Mapping[str, tuple[str, ...]] = {
    "relu": ("rectify", "rectifier", "rectifiedlinear", "relufn", "reluact"),
    "tanh": ("hyperbolictangent", "tanhfn", "tanhact", "htan"),
    "exp": ("exponential", "expfn", "exponentiate"),
    "log": ("ln", "logarithm", "logfn", "naturallog"),
    "sigmoid": ("logistic", "sigm", "sig", "sigmoidfn"),
    "sqrt": ("squareroot", "root", "sqrtfn"),
    "sin": ("sine", "sinfn"),
    "cos": ("cosine", "cosfn"),
    "gelu": ("gelufn", "geluact"),
    "pow": ("power", "topower", "raiseto"),
    "zerograd": (
        *("zerograds", "zerogradient", "zerogradients", "resetgrad", "resetgrads"),
        *("cleargrad", "cleargrads", "resetgradient", "resetgradients"),
    ),
}
"""A method, as `plain_name` has it → what else it is called."""

SIDE_EFFECTS = (
    *("draw", "plot", "show", "print", "save", "write", "train", "fit", "step", "update", "zero"),
    *("repr", "trace", "topo", "sort", "build", "test", "main", "demo", "run", "load", "open"),
    *("optim", "reset", "clear", "copy", "view", "render", "dot", "exit", "quit", "sleep", "input"),
)
"""Parts of the names of functions that are not tried: they may draw, train or wait."""


def plain_name(name: str) -> str:
    """Return a name without what people write differently: case, and underscores."""
    return name.replace("_", "").lower()


def is_near(name: str, wanted: str) -> bool:
    """Return whether a function of this name is likely the one called `wanted`."""
    plain, usual = plain_name(name), plain_name(wanted)
    return plain == usual or plain in FUNCTIONS.get(usual, ())
