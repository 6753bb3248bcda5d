"""The rules of the field, written in a student's own names: what operations give, and send back."""

from collections.abc import Mapping, Sequence

MATH = '__import__("math")'
# In each, {s} and {o} are the operands' numbers, {n} what stands right as it is, {up} the gradient
# that arrives, {out} the result's number, {functions} the package of functions.
SHARES: dict[str, tuple[str, ...]] = {
    "add": ("{up}", "{up}"),
    "sub": ("{up}", "-{up}"),
    "mul": ("{o} * {up}", "{s} * {up}"),
    "truediv": ("{up} / {o}", "-{s} / {o} ** 2 * {up}"),
    "pow": ("{n} * {s} ** ({n} - 1) * {up}",),
    "neg": ("-{up}",),
    "relu": ("({out} > 0) * {up}",),
    "tanh": ("(1 - {out} ** 2) * {up}",),
    "exp": ("{out} * {up}",),
    "log": ("{up} / {s}",),
    "sin": ("{functions}.cos({s}) * {up}",),
    "cos": ("-{functions}.sin({s}) * {up}",),
    "sqrt": ("{up} / (2 * {out})",),
}
VALUES = {
    "add": "{s} + {o}",
    "sub": "{s} - {o}",
    "mul": "{s} * {o}",
    "truediv": "{s} / {o}",
    "pow": "{s} ** {n}",
    "neg": "-{s}",
    "relu": "max(0.0, {s})",
    "tanh": "{functions}.tanh({s})",
    "exp": "{functions}.exp({s})",
    "log": "{functions}.log({s})",
    "sin": "{functions}.sin({s})",
    "cos": "{functions}.cos({s})",
    "sqrt": "{functions}.sqrt({s})",
}
ARRAY_SHARES: dict[str, tuple[str, ...]] = {
    **SHARES,
    "matmul": ("{up} @ {o}.T", "{s}.T @ {up}"),
    "relu": ("{up} * ({s} > 0)",),
    "sigmoid": ("{up} * {out} * (1 - {out})",),
    "sum": ("{spread} * {np}.ones_like({s})",),
    "mean": ("{spread} * {np}.ones_like({s}) * {np}.size({up}) / {s}.size",),
}
SPREAD = (
    "({np}.expand_dims({up}, {this}.axis)"
    " if {this}.axis is not None and not {this}.keepdims else {up})"
)
ARRAY_VALUES = {
    **VALUES,
    "matmul": "{s} @ {o}",
    "relu": "{functions}.maximum(0.0, {s})",
    "sigmoid": "1 / (1 + {functions}.exp(-{s}))",
    "sum": "{s}.sum(axis=axis, keepdims=keepdims)",
    "mean": "{s}.mean(axis=axis, keepdims=keepdims)",
}
SYMBOLS = {
    **{"add": "+", "sub": "-", "mul": "*", "truediv": "/"},
    **{"pow": "**", "neg": "neg", "relu": "relu", "tanh": "tanh", "exp": "exp", "log": "log"},
    **{"sin": "sin", "cos": "cos", "sqrt": "sqrt"},
}
"""A method's name → how the operation is called."""
LONG_NAMES = {
    **{"addition": "add", "subtract": "sub", "subtraction": "sub", "minus": "sub"},
    **{"multiply": "mul", "multiplication": "mul", "product": "mul", "times": "mul"},
    **{"divide": "truediv", "division": "truediv", "power": "pow", "negate": "neg"},
    **{"matrixproduct": "matmul", "dot": "matmul", "mm": "matmul", "rectifier": "relu"},
}
"""A class's long name → how the operation is called."""
COMPOSED = {
    "sub": ("{a} + (-{b})",),
    "neg": ("{a} * {node}(-1.0)", "{a} * -1"),
    "truediv": ("{a} * {b} ** -1",),
    "radd": ("{a} + {b}",),
    "rmul": ("{a} * {b}",),
    "rsub": ("(-{a}) + {b}", "{node}({b}) - {a}"),
    "rtruediv": ("{a} ** -1 * {b}", "{node}({b}) / {a}"),
}
"""A method's name → what it may return; {a} and {b} are its operands, {node} the engine's class."""


def operation(method: str) -> str:
    """Return the operation that a method is: `sub` for `__sub__`, and for `sub`."""
    return method.strip("_").replace("power", "pow").removesuffix("_")


def operation_of_class(name: str) -> str:
    """Return the operation that a class is for: `sub` for `Sub`, and for `SubBackward`."""
    plain = name.lower().strip("_").removesuffix("backward").removesuffix("function")
    return {**LONG_NAMES, "div": "truediv"}.get(plain, plain)


def array_shares_of(
    kind: str, operands: Sequence[str], data: str, words: Mapping[str, str]
) -> list[str]:
    """Return what each operand of an operation on arrays should get, in order.

    Args:
        kind: the name of the operation's class.
        operands: where each is kept, "" where one is not.
        data: the attribute with a node's array.
        words: "up", the gradient that arrives; "out", the result's array, or ""; "this", the use of
            the operation; "np", the package of arrays.
    """
    rules = ARRAY_SHARES.get(operation_of_class(kind), ())
    names = _names([one for one in operands if one], data) | dict(words)
    names |= {"spread": SPREAD.format(**names), "functions": words["np"]}
    shares = [rule.format(**names) for rule in rules]
    needs_more = any(
        ("{out}" in rule and not words["out"])
        or (("{o}" in rule or "{n}" in rule) and len(operands) < 2)
        for rule in rules
    )
    return [] if needs_more or not any(operands) else shares


def array_value_of(kind: str, parameters: Sequence[str], data: str, package: str) -> str:
    """Return the array that an operation gives, "" where that is not known.

    Args:
        kind: the name of the operation's class.
        parameters: of the method that makes the result, without the use itself.
        data: the attribute with a node's array.
        package: the name of the package of arrays.
    """
    rule = ARRAY_VALUES.get(operation_of_class(kind), "")
    needs_two = "{o}" in rule or "{n}" in rule
    missing = {"axis", "keepdims"} - set(parameters) if "axis" in rule else set()
    if not parameters or missing or not package or (needs_two and len(parameters) < 2):
        return ""
    return rule.format(**_names(parameters, data), functions=package)


def shares_of(
    method: str, parameters: Sequence[str], data: str, words: Mapping[str, str]
) -> dict[str, str]:
    """Return what each operand of an operation should get, by the operand's name.

    Args:
        method: its name.
        parameters: of the method.
        data: the attribute with a node's number.
        words: "up", the gradient that arrives at the result; "out", the result's number, as both
            are written there; "functions", the package that the source has functions from, or "".
    """
    rules = SHARES.get(operation(method), ())
    names = _names(parameters, data) | dict(words)
    names["functions"] = words["functions"] or MATH
    if not parameters or ((len(rules) > 1 or "{n}" in "".join(rules)) and len(parameters) < 2):
        return {}
    return {
        owner: rule.format(**names) for owner, rule in zip(parameters, rules, strict=False) if owner
    }


def value_of(method: str, parameters: Sequence[str], data: str, functions: str) -> str:
    """Return the number that an operation gives, "" where that is not known.

    Args:
        method: its name.
        parameters: of the method.
        data: the attribute with a node's number.
        functions: the package that the source has functions from, "" where it has none.
    """
    rule = VALUES.get(operation(method), "")
    needs_two = "{o}" in rule or "{n}" in rule
    if not parameters or (needs_two and len(parameters) < 2):
        return ""
    return rule.format(**_names(parameters, data), functions=functions or MATH)


def composed(method: str, parameters: Sequence[str], node: str) -> tuple[str, ...]:
    """Return the ways to write an operation by other ones."""
    rules = COMPOSED.get(operation(method), ())
    if not parameters or ("{b}" in "".join(rules) and len(parameters) < 2):
        return ()
    names = {"a": parameters[0], "b": parameters[-1], "node": node}
    return tuple(rule.format(**names) for rule in rules)


def _names(parameters: Sequence[str], data: str) -> dict[str, str]:
    first = parameters[0] if parameters else "self"
    last = parameters[1] if len(parameters) > 1 else first
    return {"s": f"{first}.{data}", "o": f"{last}.{data}", "n": last}
