"""Finds the line of an author's file that an error is about; 1 where the file does not show it."""

import re
from collections.abc import Collection

ON_LINE = re.compile(r"\(at line (\d+),")


def line_of_key(key: str, text: str) -> int:
    """Return the line of a TOML text on which `key` is set."""
    for number, line in enumerate(text.splitlines(), start=1):
        name = line.partition("=")[0].strip()
        if name.strip("\"'") == key or name == f"[{key}]":
            return number
    return 1


def line_in(message: str, text: str) -> int:
    """Return the line of a TOML text that an error of `tomllib` names, or its last."""
    place = ON_LINE.search(message)
    return int(place[1]) if place else max(1, len(text.splitlines()))


def line_of_error(error: BaseException, file: str) -> int:
    """Return the line of `file` on which `error` came up."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno or 1
    line, traceback = 1, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == file:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def line_of_mutant(id_: str, text: str, nth: int = 1) -> int:
    """Return the line of the `nth` call of Mutant that has this id, by name or in first place."""
    import ast  # 5 ms to import, and only a mistake needs it

    from grader.engines.syntax import parse

    calls = [
        node.lineno
        for node in ast.walk(parse(text))
        if isinstance(node, ast.Call)
        for argument in [*node.args[:1], *(key.value for key in node.keywords if key.arg == "id")]
        if isinstance(argument, ast.Constant) and argument.value == id_
    ]
    return sorted(calls)[nth - 1] if len(calls) >= nth else 1


def line_of_argument(function: str, name: str, text: str) -> int | None:
    """Return the line on which a decorator of a function is given an argument, None for none."""
    import ast  # only a mistake needs it

    from grader.engines.syntax import parse

    lines = [
        keyword.value.lineno
        for node in parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name == function
        for call in node.decorator_list
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == name
    ]
    return lines[-1] if lines else None


def bare_function(text: str, engines: Collection[str]) -> tuple[str, int] | None:
    """Return a module's function without a decorator that takes an engine first, and its line."""
    import ast

    from grader.engines.syntax import parse

    functions = [node for node in parse(text).body if isinstance(node, ast.FunctionDef)]
    for node in functions:
        takes_engine = {one.arg for one in node.args.args[:1]}.intersection(engines)
        if takes_engine and not node.decorator_list:
            return node.name, node.lineno
    return None


def twin_function(text: str) -> tuple[str, int, int] | None:
    """Return the name of a function that a later one of a module replaces, and both lines."""
    import ast

    from grader.engines.syntax import parse

    lines: dict[str, int] = {}
    for node in parse(text).body:
        if isinstance(node, ast.FunctionDef):
            if node.name in lines:
                return node.name, lines[node.name], node.lineno
            lines[node.name] = node.lineno
    return None
