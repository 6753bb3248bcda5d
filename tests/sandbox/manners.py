"""Right engines in the manners of people, each with a wrong twin of the same names.

Most are one engine with pieces of its text exchanged, so that a twin is the same engine with one
faulty rule; those below it are built in another way altogether.
"""

import re
from typing import NamedTuple

BASE = """\
import math


class Value:
    def __init__(self, data, parents=(), op="", label=""):
        self.data = data
        self.grad = 0.0
        self.parents = tuple(parents)
        self.op = op
        self.label = label
        self.rule = lambda: None

    def __repr__(self):
        return f"Value({self.data})"

    def __add__(self, other):
        other = lift(other)
        out = Value(self.data + other.data, (self, other), "+")

        def rule():
            self.grad += out.grad
            other.grad += out.grad

        out.rule = rule
        return out

    def __mul__(self, other):
        other = lift(other)
        out = Value(self.data * other.data, (self, other), "*")

        def rule():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.rule = rule
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,), "**")

        def rule():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.rule = rule
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-lift(other))

    def __truediv__(self, other):
        return self * lift(other) ** -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return lift(other) - self

    def __rtruediv__(self, other):
        return lift(other) / self

    def tanh(self):
        t = math.tanh(self.data)
        out = Value(t, (self,), "tanh")

        def rule():
            self.grad += (1 - t * t) * out.grad

        out.rule = rule
        return out

    def exp(self):
        e = math.exp(self.data)
        out = Value(e, (self,), "exp")

        def rule():
            self.grad += e * out.grad

        out.rule = rule
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,), "relu")

        def rule():
            self.grad += (out.data > 0) * out.grad

        out.rule = rule
        return out

    def backward(self):
        self.grad = 1.0
        for node in reversed(order_below(self)):
            node.rule()

    def zero_grad(self):
        for node in order_below(self):
            node.grad = 0.0


def lift(x):
    return x if isinstance(x, Value) else Value(x)


def order_below(root):
    order, seen = [], set()

    def visit(node):
        if id(node) not in seen:
            seen.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.append(node)

    visit(root)
    return order


def trace(root):
    nodes = order_below(root)
    return nodes, [(parent, node) for node in nodes for parent in node.parents]
"""

Edit = tuple[str, str]

FAULTS: dict[str, Edit] = {
    "mul": ("self.grad += other.data * out.grad", "self.grad += self.data * out.grad"),
    "add": ("other.grad += out.grad", "other.grad += 2 * out.grad"),
    "overwrites": ("other.grad += self.data * out.grad", "other.grad = self.data * out.grad"),
    "tanh": ("(1 - t * t)", "(1 - t)"),
    "relu": ("self.data if self.data > 0 else 0.0", "abs(self.data)"),
    "sub": ("self + (-lift(other))", "self + lift(other)"),
    "pow": ("n * self.data ** (n - 1)", "n * self.data**n"),
    "order": ("for node in reversed(order_below(self)):", "for node in order_below(self)[:1]:"),
    "seed": ("self.grad = 1.0\n        for node", "self.grad = 2.0\n        for node"),
}


class Manner(NamedTuple):
    """One way to write an engine.

    Attributes:
        edits: pieces of BASE, or of `source`, and what stands there instead; /…/ is a pattern.
        fault: of FAULTS, what is wrong in the twin; or a piece of `source` and the wrong one.
        source: an engine of its own, "" for BASE.
        says: a piece of the line that tells what was found, "" where there is nothing to tell.
    """

    edits: tuple[Edit, ...] = ()
    fault: str | Edit = "mul"
    source: str = ""
    says: str = ""

    @property
    def right(self) -> str:
        """The right engine."""
        return self._edited(self.source or BASE)

    @property
    def wrong(self) -> str:
        """The same with one faulty rule."""
        old, new = FAULTS[self.fault] if isinstance(self.fault, str) else self.fault
        text = self.source or BASE
        assert old in text, old
        return self._edited(text.replace(old, new))

    def _edited(self, text: str) -> str:
        for old, new in self.edits:
            if old.startswith("/"):
                text, count = re.subn(old.strip("/"), new, text)
            else:
                count = text.count(old)
                text = text.replace(old, new)
            assert count or isinstance(self.fault, str), old
        return text


def named(**names: str) -> tuple[Edit, ...]:
    """Return the edits that give members other names."""
    return tuple((rf"/\b{old}\b/", new) for old, new in names.items())


def methods(**names: str) -> tuple[Edit, ...]:
    """Return the edits that give methods other names."""
    return tuple((f"def {old}(self)", f"def {new}(self)") for old, new in names.items())


NUMPY = ("import math\n", "import math\n\nimport numpy as np\n")

MANNERS: dict[str, Manner] = {
    "value, gradient, backprop": Manner(
        named(data="value", grad="gradient", backward="backprop"), says="value"
    ),
    "val, derivative, back_propagate": Manner(
        named(data="val", grad="derivative", backward="back_propagate"), "overwrites"
    ),
    "v, g, backwards, class Var": Manner(
        named(Value="Var", data="v", grad="g", backward="backwards"), "tanh"
    ),
    "x, dv, propagate_back, class MyNode": Manner(
        named(Value="MyNode", data="x", grad="dv", backward="propagate_back"), "pow"
    ),
    "names nobody has, in class Quantity": Manner(
        named(Value="Quantity", data="amount", grad="influence", backward="sweep", parents="came"),
        "add",
    ),
    "backward as a function of the module": Manner(
        (
            ("    def backward(self):", "def backward(self):"),
            ("        self.grad = 1.0\n        for node in reversed(order_below(self)):\n", ""),
            ("            node.rule()\n\n    def zero_grad", "    PASS\n\ndef zero_grad"),
            ("    PASS", "    self.grad = 1.0\n    for n in order_below(self)[::-1]: n.rule()\n"),
            (
                "        for node in order_below(self):\n            node.grad = 0.0",
                "    for node in order_below(self):\n        node.grad = 0.0",
            ),
        ),
        "mul",
    ),
    "a pass that has to be given its seed": Manner(
        (("def backward(self):", "def backward(self, seed):"), ("grad = 1.0", "grad = seed")),
        "overwrites",
        says="backward(1.0)",
    ),
    "a pass that may be given a gradient": Manner(
        (
            ("def backward(self):", "def backward(self, gradient=None):"),
            ("grad = 1.0", "grad = 1.0 if gradient is None else gradient"),
        ),
        "tanh",
    ),
    "backward is the rule of one node, backprop the pass": Manner(
        (*named(backward="backprop"), *named(rule="backward")), "mul", says="backprop"
    ),
    "gradients are None before the first pass": Manner(
        (
            ("self.grad = 0.0\n", "self.grad = None\n"),
            ("node.grad = 0.0", "node.grad = None"),
            (r"/(\w+)\.grad \+= (.*)/", r"\1.grad = (\1.grad or 0.0) + \2"),
        ),
        "mul",
    ),
    "the gradient is a node itself": Manner(
        (
            ('label=""):\n', 'label="", top=True):\n'),
            ("self.grad = 0.0\n", "self.grad = Value(0.0, top=False) if top else None\n"),
            ("node.grad = 0.0", "node.grad = Value(0.0, top=False)"),
            (r"/(\w+)\.grad \+= (.*)out\.grad/", r"\1.grad.data += \2out.grad.data"),
            (r"/(\w+)\.grad = (.*)out\.grad/", r"\1.grad.data = \2out.grad.data"),
            ("self.grad = 1.0", "self.grad.data = 1.0"),
            ("self.grad = 2.0", "self.grad.data = 2.0"),
        ),
        "overwrites",
    ),
    "the number is read by a method": Manner(
        (
            ("self.data = data", "self._number = data"),
            (r"/(self|other|out)\.data\b/", r"\1._number"),
            (
                "    def __repr__",
                "    def item(self):\n        return self._number\n\n    def __repr__",
            ),
        ),
        "tanh",
        says="item()",
    ),
    "number and gradient are read by methods": Manner(
        (
            ("self.data = data", "self.__n = data"),
            (r"/(self|other|out)\.data\b/", r"\1.__n"),
            (r"/(self|other|out|node)\.grad\b/", r"\1._Value__d"),
            (
                "    def __repr__",
                "    def get_value(self):\n        return self.__n\n\n"
                "    def get_grad(self):\n        return self._Value__d\n\n    def __repr__",
            ),
        ),
        "pow",
    ),
    "a property that cannot be set": Manner(
        (
            ("self.data = data", "self._data = data"),
            (
                "    def __repr__",
                "    @property\n    def data(self):\n        return self._data\n\n    def __repr__",
            ),
        ),
        "sub",
    ),
    "slots": Manner(
        (
            (
                "class Value:\n",
                "class Value:\n    __slots__ = "
                '("number", "slope", "parents", "op", "label", "rule")\n\n',
            ),
            *named(data="number", grad="slope"),
        ),
        "mul",
    ),
    "floats only": Manner(
        (
            ("self.data = data", "assert type(data) is float, data\n        self.data = data"),
            ("else Value(x)", "else Value(float(x))"),
            ("Value(self.data**n", "Value(float(self.data**n)"),
        ),
        "mul",
    ),
    "has to be told that it wants gradients": Manner(
        (
            (
                'data, parents=(), op="", label=""',
                'data, requires_grad=False, *, parents=(), op="", label=""',
            ),
            (r"/Value\((.*), \((self(?:, other)?),?\), /", r"Value(\1, True, parents=(\2,), op="),
            (
                "self.label = label",
                "self.label = label\n        self.requires_grad = requires_grad",
            ),
            (
                r"/( +)(self|other)\.grad (\+?)= (.*out\.grad)/",
                r"\1if \2.requires_grad: \2.grad \3= \4",
            ),
        ),
        "mul",
        says="requires_grad=True",
    ),
    "the second parameter is the gradient, the third a name": Manner(
        (
            ('data, parents=(), op="", label=""', 'data, grad=0.0, label="", op="", parents=()'),
            ("self.grad = 0.0\n        self.p", "self.grad = grad\n        self.p"),
            (r"/Value\((.*), \((self(?:, other)?),?\), /", r"Value(\1, parents=(\2,), op="),
        ),
        "tanh",
    ),
    "required parameters of any name": Manner(
        (
            ('data, parents=(), op="", label=""', 'data, origin, how, label=""'),
            ("tuple(parents)", "tuple(origin)"),
            ("self.op = op", "self.op = how or ''"),
            ("else Value(x)", 'else Value(x, (), "")'),
        ),
        "mul",
    ),
    "the name comes before the number": Manner(
        (
            ('data, parents=(), op="", label=""', 'label="", data=0.0, parents=(), op=""'),
            (r"/Value\(([^()]*|.*\*\*n|self\.data if.*), \(self/", r'Value("", \1, (self'),
            ("else Value(x)", 'else Value("", x)'),
        ),
        "mul",
    ),
    "equal by number, without a hash": Manner(
        (
            (
                "    def __repr__",
                "    def __eq__(self, other):\n        return self.data == lift(other).data\n\n"
                "    def __repr__",
            ),
        ),
        "mul",
    ),
    "children and operation of other names": Manner(named(parents="ancestors", op="how"), "mul"),
    "pairs of a child and a slope": Manner(
        (
            ("self.parents = tuple(parents)", "self.came_from = [(p, None) for p in parents]"),
            ("node.parents", "[p for p, _ in node.came_from]"),
        ),
        "mul",
    ),
    "a child on the left, and one on the right": Manner(
        (
            (
                "self.parents = tuple(parents)",
                "self.left, self.right = (*parents, None, None)[:2]",
            ),
            ("node.parents", "[p for p in (node.left, node.right) if p is not None]"),
        ),
        "overwrites",
    ),
    "children in a dict": Manner(
        (
            ("self.parents = tuple(parents)", "self.edges = {id(p): p for p in parents}"),
            ("node.parents", "node.edges.values()"),
        ),
        "add",
    ),
    "methods in capitals": Manner(
        methods(relu="ReLU", tanh="Tanh", exp="Exp"), "relu", says="Tanh()"
    ),
    "methods with an underscore": Manner(methods(relu="relu_", tanh="tanh_", exp="exp_"), "tanh"),
    "single precision": Manner(
        (NUMPY, ("self.data = data", "self.data = np.float32(data)")), "pow", says="single"
    ),
    "an array of one": Manner(
        (
            NUMPY,
            ("self.data = data", "self.data = np.array(data, dtype=float).reshape(1)"),
            ("math.tanh", "np.tanh"),
            ("math.exp", "np.exp"),
            ("self.grad = 0.0\n", "self.grad = np.zeros(1)\n"),
            ("node.grad = 0.0", "node.grad = np.zeros(1)"),
            ("self.grad = 1.0", "self.grad = np.ones(1)"),
        ),
        "mul",
    ),
    "an array without axes": Manner(
        (
            NUMPY,
            ("self.data = data", "self.data = np.asarray(data, dtype=float)"),
            ("math.tanh", "np.tanh"),
            ("math.exp", "np.exp"),
        ),
        "sub",
    ),
}
