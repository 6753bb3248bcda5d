"""What code takes from outside, read off its bytes."""

from types import CodeType, FunctionType

from grader.sandbox.child.inspection.bytecode import Load, loads, with_nested


def code_of(source: str) -> CodeType:
    names: dict[str, object] = {}
    exec(compile(source, "value.py", "exec"), names)
    function = names["f"]
    assert type(function) is FunctionType
    return function.__code__


def test_globals_and_the_attributes_taken_of_them_are_told_from_other_attributes() -> None:
    source = "def f(x):\n    y = x.data + t.pi\n    return t.tanh(y).grad, relu(x.relu)\n"

    assert loads(code_of(source)) == [
        Load("t", "pi", False, 2),
        Load("t", "tanh", False, 3),
        Load("relu", "", False, 3),
    ]


def test_imports_are_read_with_their_lines() -> None:
    source = "def f():\n    import torch.nn as n\n\n    from jax import numpy\n    return n\n"

    assert loads(code_of(source)) == [Load("torch.nn", "", True, 2), Load("jax", "", True, 4)]


def test_names_beyond_the_256th_are_read_as_well() -> None:
    many = "".join(f"    x.name_{number}\n" for number in range(300))

    assert loads(code_of(f"def f(x):\n{many}    t.tanh\n")) == [Load("t", "tanh", False, 302)]


def test_functions_inside_are_code_of_their_own() -> None:
    source = "def f():\n    def g():\n        return lambda: a\n    return [g for b in c]\n"

    names = [code.co_name for code in with_nested(code_of(source))]

    assert names[:2] == ["f", "g"]
    assert "<lambda>" in names
