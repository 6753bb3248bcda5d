"""A solution without what its exercise does not ask for, to see that its checks do without it.

What is left out is left out for others alone: the solution may still use it within. A subtraction
may be made of a negation that nobody has asked for.
"""

from collections.abc import Collection

from grader.exercises.lint import TEACHABLE
from grader.sandbox.engine_class import USUAL

OPERATORS = ("add", "sub", "mul", "truediv", "pow", "neg", "abs")
FEATURES = ("numbers", "broadcasting")

# It runs at the end of the solution. A frame of the solution's own file may use everything; who is
# of another file is refused as Python itself would refuse, so that nothing but the name is missing.
BARE = """

def _bare(engine, asked, operators, functions):
    import sys

    def is_inside():
        return sys._getframe(2).f_code.co_filename == is_inside.__code__.co_filename

    def operator(method, is_asked, takes_numbers):
        def bare(self, *others):
            fits = takes_numbers or all(isinstance(other, engine) for other in others)
            if is_inside() or (is_asked and fits):
                return method(self, *others)
            return NotImplemented

        return bare

    def unary(name, method):
        def bare(self):
            if is_inside():
                return method(self)
            raise TypeError(f"bad operand type for {{name}}: {{engine.__name__!r}}")

        return bare

    def function(name, original):
        def bare(*arguments, **keywords):
            if is_inside():
                return original(*arguments, **keywords)
            raise AttributeError(f"{{name}} is not asked for")

        return bare

    for name in operators if engine is not None else ():
        numbers = "numbers" in asked
        for prefix in ("", "r"):
            special = f"__{{prefix}}{{name}}__"
            method = getattr(engine, special, None)
            if method is None:
                continue
            if name in ("neg", "abs"):
                if name not in asked:
                    setattr(engine, special, unary(special, method))
                continue
            takes_numbers = numbers or (name == "pow" and not prefix)
            is_asked = name in asked and (not prefix or (numbers and name != "pow"))
            setattr(engine, special, operator(method, is_asked, takes_numbers))
    for name in functions:
        if name not in asked and callable(getattr(engine, name, None)):
            setattr(engine, name, function(name, getattr(engine, name)))
        if name not in asked and callable(globals().get(name)):
            globals()[name] = function(name, globals()[name])


_bare(
    next((globals()[name] for name in {usual} if isinstance(globals().get(name), type)), None),
    {asked},
    {operators},
    {functions},
)
"""


def bare(solution: str, asked: Collection[str]) -> str:
    """Return a solution that refuses, from outside, every operation that is not asked for.

    Args:
        solution: its source.
        asked: operations by their names, as in TEACHABLE.
    """
    functions = tuple(name for name in TEACHABLE if name not in (*OPERATORS, *FEATURES))
    words = {*asked, *(("add",) if "Add" in asked else ())}  # an Add that is given has its operator
    return solution + BARE.format(
        usual=USUAL,
        asked=tuple(sorted(words)),
        operators=OPERATORS,
        functions=functions,
    )
