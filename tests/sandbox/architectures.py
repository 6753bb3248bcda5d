"""Right engines that are built in other ways than most, each with a faulty rule for its twin."""

from tests.sandbox.manners import Manner

SUBCLASS_PER_OPERATION = """\
import math


class Node:
    def __init__(self, *inputs):
        self.inputs = inputs
        self.value = self.compute(*[i.value for i in inputs])
        self.gradient = 0.0

    def __add__(self, other): return Add(self, wrap(other))
    def __radd__(self, other): return Add(wrap(other), self)
    def __mul__(self, other): return Mul(self, wrap(other))
    def __rmul__(self, other): return Mul(wrap(other), self)
    def __neg__(self): return Mul(self, Variable(-1.0))
    def __sub__(self, other): return self + -wrap(other)
    def __rsub__(self, other): return wrap(other) + -self
    def __pow__(self, n): return Power(self, n)
    def __truediv__(self, other): return self * wrap(other) ** -1
    def __rtruediv__(self, other): return wrap(other) * self ** -1
    def tanh(self): return Tanh(self)
    def exp(self): return Exp(self)
    def relu(self): return ReLU(self)

    def backward(self):
        order, seen = [], set()
        def visit(n):
            if n not in seen:
                seen.add(n)
                for i in n.inputs: visit(i)
                order.append(n)
        visit(self)
        self.gradient = 1.0
        for n in reversed(order):
            for i, s in zip(n.inputs, n.slopes()):
                i.gradient += s * n.gradient


class Variable(Node):
    def __init__(self, value):
        self.inputs, self.value, self.gradient = (), value, 0.0
    def slopes(self): return ()


class Add(Node):
    def compute(self, a, b): return a + b
    def slopes(self): return 1.0, 1.0


class Mul(Node):
    def compute(self, a, b): return a * b
    def slopes(self): return self.inputs[1].value, self.inputs[0].value


class Power(Node):
    def __init__(self, base, n):
        self.n = n
        super().__init__(base)
    def compute(self, a): return a ** self.n
    def slopes(self): return (self.n * self.inputs[0].value ** (self.n - 1),)


class Tanh(Node):
    def compute(self, a): return math.tanh(a)
    def slopes(self): return (1 - self.value ** 2,)


class Exp(Node):
    def compute(self, a): return math.exp(a)
    def slopes(self): return (self.value,)


class ReLU(Node):
    def compute(self, a): return max(a, 0.0)
    def slopes(self): return (1.0 if self.inputs[0].value > 0 else 0.0,)


def wrap(x): return x if isinstance(x, Node) else Variable(x)
"""

DATACLASS = '''\
import math
from dataclasses import dataclass, field


@dataclass
class Var:
    val: float
    local: list = field(default_factory=list)
    der: float = 0.0

    def __add__(self, o):
        o = var(o)
        return Var(self.val + o.val, [(self, 1.0), (o, 1.0)])

    def __mul__(self, o):
        o = var(o)
        return Var(self.val * o.val, [(self, o.val), (o, self.val)])

    __radd__, __rmul__ = __add__, __mul__
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -var(o)
    def __rsub__(self, o): return var(o) + -self
    def __pow__(self, n): return Var(self.val ** n, [(self, n * self.val ** (n - 1))])
    def __truediv__(self, o): return self * var(o) ** -1
    def __rtruediv__(self, o): return var(o) * self ** -1

    def backward(self, upstream=1.0):
        """Every path by itself."""
        self.der += upstream
        for child, slope in self.local:
            child.backward(slope * upstream)


def var(x): return x if isinstance(x, Var) else Var(float(x))
def tanh(x): return Var(math.tanh(x.val), [(x, 1 - math.tanh(x.val) ** 2)])
def exp(x): return Var(math.exp(x.val), [(x, math.exp(x.val))])
def relu(x): return Var(max(x.val, 0.0), [(x, float(x.val > 0))])
'''

EVERY_PATH_WITH_A_SEED = DATACLASS.replace("upstream=1.0", "upstream")

TAPE = """\
import math

tape = []


class Number:
    def __init__(self, v):
        self.v = v
        self.adj = 0.0

    def __add__(self, o):
        o = num(o)
        return record(self.v + o.v, (self, 1.0), (o, 1.0))

    def __mul__(self, o):
        o = num(o)
        return record(self.v * o.v, (self, o.v), (o, self.v))

    __radd__, __rmul__ = __add__, __mul__
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -num(o)
    def __rsub__(self, o): return num(o) + -self
    def __pow__(self, n): return record(self.v ** n, (self, n * self.v ** (n - 1)))
    def __truediv__(self, o): return self * num(o) ** -1
    def __rtruediv__(self, o): return num(o) * self ** -1


def num(x): return x if isinstance(x, Number) else Number(x)


def record(v, *sources):
    out = Number(v)
    tape.append((out, sources))
    return out


def back_propagate(root):
    root.adj = 1.0
    for out, sources in reversed(tape):
        for source, slope in sources:
            source.adj += slope * out.adj
    tape.clear()


class F:
    @staticmethod
    def tanh(x): return record(math.tanh(x.v), (x, 1 - math.tanh(x.v) ** 2))

    @staticmethod
    def exp(x): return record(math.exp(x.v), (x, math.exp(x.v)))

    @staticmethod
    def relu(x): return record(max(x.v, 0.0), (x, float(x.v > 0)))
"""

FACTORY = """\
import math


class Expr:
    def __init__(self, kind, args, result):
        self.kind, self.args, self.result = kind, args, result
        self.slopes, self.bar = [], 0.0

    def __add__(self, o): return make("+", self, o, lambda a, b: (a + b, 1.0, 1.0))
    def __radd__(self, o): return make("+", o, self, lambda a, b: (a + b, 1.0, 1.0))
    def __mul__(self, o): return make("*", self, o, lambda a, b: (a * b, b, a))
    def __rmul__(self, o): return make("*", o, self, lambda a, b: (a * b, b, a))
    def __sub__(self, o): return make("-", self, o, lambda a, b: (a - b, 1.0, -1.0))
    def __rsub__(self, o): return make("-", o, self, lambda a, b: (a - b, 1.0, -1.0))
    def __truediv__(self, o): return make("/", self, o, lambda a, b: (a / b, 1 / b, -a / b ** 2))
    def __rtruediv__(self, o): return make("/", o, self, lambda a, b: (a / b, 1 / b, -a / b ** 2))
    def __neg__(self): return single("neg", self, -self.result, -1.0)
    def __pow__(self, n): return single("**", self, self.result ** n, n * self.result ** (n - 1))
    def tanh(self):
        t = math.tanh(self.result)
        return single("tanh", self, t, 1 - t ** 2)
    def exp(self): return single("exp", self, math.exp(self.result), math.exp(self.result))
    def relu(self): return single("relu", self, max(self.result, 0.0), float(self.result > 0))


class Engine:
    @classmethod
    def backward(cls, root):
        order, seen = [], set()
        def walk(e):
            if id(e) in seen: return
            seen.add(id(e))
            for a in e.args: walk(a)
            order.append(e)
        walk(root)
        root.bar = 1.0
        for e in order[::-1]:
            for a, s in zip(e.args, e.slopes):
                a.bar += s * e.bar


def constant(x): return x if isinstance(x, Expr) else Expr("leaf", [], x)


def make(kind, a, b, rule):
    a, b = constant(a), constant(b)
    value, *slopes = rule(a.result, b.result)
    out = Expr(kind, [a, b], value)
    out.slopes = slopes
    return out


def single(kind, a, value, slope):
    out = Expr(kind, [a], value)
    out.slopes = [slope]
    return out
"""

COMPOSED = FACTORY.replace(
    'def relu(self): return single("relu", self, max(self.result, 0.0), float(self.result > 0))',
    "def relu(self): return self * float(self.result > 0)",
).replace(
    'return single("tanh", self, t, 1 - t ** 2)',
    "return ((self * 2).exp() - 1) / ((self * 2).exp() + 1)",
)

TWO_VERSIONS = """\
class ValueV1:
    def __init__(self, data): self.data = data
    def __add__(self, other): return ValueV1(self.data + other.data)
    def __mul__(self, other): return ValueV1(self.data * other.data)


""" + DATACLASS.replace("Var", "ValueV2")

HELPERS = (
    DATACLASS
    + """

class Module:
    def parameters(self): return []


class Neuron(Module):
    def __init__(self, n): self.w = [Var(0.5) for _ in range(n)]
    def __call__(self, x): return tanh(sum(w * one for w, one in zip(self.w, x)))
    def backward(self, loss): loss.backward()


class Layer(Module):
    def __init__(self, n, m): self.neurons = [Neuron(n) for _ in range(m)]
    def __add__(self, other): return Layer(1, 1)
    def backward(self): raise NotImplementedError


class MLP(Module):
    def __init__(self, *sizes): self.layers = [Layer(*pair) for pair in zip(sizes, sizes[1:])]
"""
)

OBJECT_THAT_WALKS = TAPE.replace(
    "def back_propagate(root):\n",
    "class Recorder:\n  def back_propagate(self, root):\n",
).replace("tape.clear()\n", "tape.clear()\n\n\nrecorder = Recorder()\n")

FUNCTION_CLASSES = (
    TAPE.replace(
        "class F:\n    @staticmethod\n    def tanh(x)",
        "class Tanh:\n    @staticmethod\n    def apply(x)",
    )
    .replace("    @staticmethod\n    def exp(x)", "class Exp:\n    def __call__(self, x)")
    .replace("    @staticmethod\n    def relu(x)", "class ReLU:\n    def forward(self, x)")
)

ARCHITECTURES = {
    "a class for each operation": Manner(
        (),
        ("self.inputs[1].value, self.inputs[0].value", "(self.inputs[0].value,) * 2"),
        SUBCLASS_PER_OPERATION,
    ),
    "a dataclass that walks every path": Manner(
        (), ("(self, o.val), (o, self.val)", "(self, self.val), (o, self.val)"), DATACLASS
    ),
    "every path, with a seed": Manner(
        (), ("(self, 1.0), (o, 1.0)", "(self, 1.0), (o, 2.0)"), EVERY_PATH_WITH_A_SEED
    ),
    "a tape, and functions in a class": Manner(
        (), ("(self, o.v), (o, self.v)", "(self, self.v), (o, self.v)"), TAPE
    ),
    "a factory, and a pass in another class": Manner(
        (), ("(a * b, b, a)", "(a * b, a, a)"), FACTORY
    ),
    "a relu by a mask, a tanh by exp": Manner((), ("(a * b, b, a)", "(a * b, a, a)"), COMPOSED),
    "two versions, of which one is whole": Manner(
        (), ("(self, o.val), (o, self.val)", "(self, self.val), (o, self.val)"), TWO_VERSIONS
    ),
    "neurons and layers beside it": Manner(
        (), ("(self, o.val), (o, self.val)", "(self, self.val), (o, self.val)"), HELPERS
    ),
    "an object that walks": Manner(
        (), ("(self, o.v), (o, self.v)", "(self, self.v), (o, self.v)"), OBJECT_THAT_WALKS
    ),
    "classes of functions": Manner(
        (), ("(self, o.v), (o, self.v)", "(self, self.v), (o, self.v)"), FUNCTION_CLASSES
    ),
}
