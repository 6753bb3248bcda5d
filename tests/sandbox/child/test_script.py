"""A script that is run statement by statement does what a plain `exec` of it does."""

import io
import traceback
from contextlib import redirect_stdout
from typing import Any

import pytest

from grader.sandbox.child import script

FILE = "value.py"
SAME = {
    "a docstring": '"""What it says."""\nsaid = __doc__',
    "no docstring": "1\nsaid = '__doc__' in globals()",
    "futures": "from __future__ import annotations\ndef f(a: 1 / 0): ...\nh = f.__annotations__",
    "a future after a docstring": '"""d"""\nfrom __future__ import annotations\nx: 1 / 0 = 3',
    "annotations": "x: int = 1\ny: 'no' = 2\nz = __annotations__",
    "a main block": "if __name__ == '__main__':\n    ran = True\nelse:\n    ran = False",
    "global": "n = 0\ndef up():\n    global n, m\n    n += 1\n    m = n\nup()\nup()\nlast = m",
    "comprehensions": "k = 2\nl = [i * k for i in range(3)]\ng = sum(i * k for i in l)",
    "a walrus": "l = [(last := i) for i in range(4)]\nm = last",
    "decorators": "def twice(f):\n    return lambda: 2 * f()\n@twice\ndef g(): return 3\nsix = g()",
    "a class": "class A:\n    x = 1\n    def f(self):\n        return A.x\ny = A().f()\ndel A",
    "a subclass": "class A:\n    pass\nclass B(A):\n    pass\nn = B.__mro__[1].__name__",
    "loops with else": "for i in range(3):\n    if i == 5: break\nelse:\n    done = True",
    "try": "try:\n    1 / 0\nexcept ArithmeticError as e:\n    n = e.args\nfinally:\n    z = 1",
    "with": "from contextlib import suppress\nwith suppress(KeyError):\n    {}[1]\nafter = 1",
    "match": "match [1, 2]:\n    case [a, b]:\n        c = a + b",
    "lambdas and defaults": "n = 1\nf = lambda a=n: a\nn = 2\nm = f()",
    "two statements on a line": "a = 1; b = a + 1; print(a, b)",
    "a line continued": "a = (1 +\n     2)\nb = 'x' \\\n    'y'",
    "an import": "import math\nfrom math import pi as p\nq = math.floor(p)",
    "star": "from math import *\nr = floor(pi)",
    "assert": "assert True, 'no'\na = 1",
    "nothing": "",
    "a comment": "# only this",
    "a definition at its end": "x = 1\ndef f():\n    return x\n",
    "bare expressions": "1 + 1\n'text'\n[1, 2]\nx = 3",
    "prints": "print('a', end='')\nfor i in range(2):\n    print(i)\nprint('b')",
    "names of the module": "said = [__name__, type(__builtins__).__name__]",
    "eval and exec": "exec('a = 1')\nb = eval('a + 1')\nlocals()['c'] = 3\nd = c",
    "non-ASCII names": "größe = 1\nλ = größe + 1",
}
RAISES = {
    "at the top": "x = 1\ny = 2\nx / 0\nz = 3",
    "in a function": "def f(a):\n    b = 1\n    return a / 0\n\n\nx = 1\nf(x)\nlate = 1",
    "in a multi-line statement": "x = [\n    1,\n    1 / 0,\n]\nlate = 1",
    "of a name": "a = 1\nb = c\nlate = 1",
    "inside a comprehension": "x = 0\n\ny = [1 / i for i in [1, x]]",
    "exit()": "x = 1\nraise SystemExit(3)\nlate = 1",
    "sys.exit()": "import sys\nsys.exit('enough')\nlate = 1",
    "KeyboardInterrupt": "raise KeyboardInterrupt",
    "an assertion": "a = 1\nassert a == 2, 'a is not 2'",
    "in a class's body": "class A:\n    x = 1\n    y = x / 0\n\nlate = 1",
    "chained": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('b') from e",
}
REFUSED = {
    "a bracket": "print('early')\nx = (1,\n",
    "an indentation": "print('early')\n  x = 1",
    "a return outside a function": "print('early')\nreturn 3",
    "a break outside a loop": "print('early')\nbreak",
    "a future that is late": "print('early')\nfrom __future__ import annotations",
    "a future that does not exist": "from __future__ import braces",
    "a global after its use": "print('early')\ndef f():\n    x = 1\n    global x",
    "a null byte": "print('early')\n\0",
    "two arguments of a name": "print('early')\ndef f(a, a): ...",
    "a name that is global too late": "x = 1\nglobal x",
}


def plainly(source: str, names: dict[str, Any]) -> None:
    exec(compile(source, FILE, "exec", dont_inherit=True), names)


def by_statements(source: str, names: dict[str, Any]) -> None:
    script.run(source, FILE, names, script.Watcher(lambda _: None))


def outcome(run: Any, source: str) -> tuple[object, ...]:
    """The names, what was printed, and what was raised, with the lines of its traceback."""
    names: dict[str, Any] = {"__name__": "__main__"}
    printed, raised = io.StringIO(), None
    with redirect_stdout(printed):
        try:
            run(source, names)
        except BaseException as error:
            frames = traceback.extract_tb(error.__traceback__)
            lines = [(one.lineno, one.name) for one in frames if one.filename == FILE]
            raised = (type(error), str(error), getattr(error, "lineno", None), lines)
    names.pop("__builtins__", None)
    return {name: shown(held) for name, held in names.items()}, printed.getvalue(), raised


def shown(held: object) -> str:
    """A value's text, without the address of an object."""
    return repr(held).partition(" at 0x")[0]


@pytest.mark.parametrize("case", SAME)
def test_it_leaves_the_same_names_and_prints_the_same(case: str) -> None:
    expected = outcome(plainly, SAME[case])

    assert expected[2] is None
    assert outcome(by_statements, SAME[case]) == expected


@pytest.mark.parametrize("case", RAISES)
def test_it_raises_the_same_on_the_same_lines(case: str) -> None:
    expected = outcome(plainly, RAISES[case])

    assert expected[2] is not None
    assert outcome(by_statements, RAISES[case]) == expected


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_compile_is_refused_before_anything_runs(case: str) -> None:
    names, printed, raised = outcome(by_statements, REFUSED[case])

    assert (names, printed) == ({"__name__": "'__main__'"}, "")
    assert raised == outcome(plainly, REFUSED[case])[2]


def test_variables_can_be_looked_at_after_each_statement_that_does_something() -> None:
    source = "import math\nx = 1\n\ndef f():\n    pass\n\ny = (\n    2\n)\nclass A:\n    pass\n"
    names: dict[str, Any] = {}
    seen = []

    def look(line: int) -> None:
        seen.append((line, "y" in names, "A" in names))

    script.run(source, FILE, names, script.Watcher(look))

    assert seen == [(2, False, False), (9, True, False), (11, True, True)]
