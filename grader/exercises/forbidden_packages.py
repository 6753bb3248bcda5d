"""The packages that an exercise forbids for what it grades: those that differentiate by themselves.

numpy and scipy compute, so they are not among them; sympy derives, mpmath differentiates, and are.
"""

from collections.abc import Iterable

AS_USUAL = "usual"
USUAL: tuple[str, ...] = (
    *("torch", "functorch", "jax", "jaxlib", "flax", "tensorflow", "keras", "mlx", "tinygrad"),
    *("micrograd", "minitorch", "autograd", "tangent", "theano", "aesara", "pytensor", "chainer"),
    *("mxnet", "paddle", "mindspore", "oneflow", "jittor", "megengine", "nnabla", "dezero"),
    *("casadi", "sympy", "symengine", "mpmath", "sage", "algopy", "adolc", "ad", "pyaudi"),
    *("cppad_py", "hyperjet", "mygrad", "numdifftools", "findiff", "uncertainties", "gvar"),
    *("drjit", "taichi", "warp", "symforce", "pymbolic", "num_dual", "ufl", "cntk"),
    *("tf_keras", "torch_xla", "lightning", "pytorch_lightning"),
)


def packages(words: Iterable[str] | None) -> tuple[str, ...]:
    """Return the packages that an exercise forbids.

    Args:
        words: what its `forbids` says, "usual" for all of USUAL; None where it does not say.
    """
    if words is None:
        return USUAL
    named = [package for word in words for package in (USUAL if word == AS_USUAL else (word,))]
    return tuple(dict.fromkeys(named))
