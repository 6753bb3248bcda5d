"""Right trainings in the manners in which people write them, each with a wrong twin beside it."""

import textwrap
from typing import NamedTuple

EXAMPLES = "data = [(1.0, 2.0), (3.0, 6.0)]\n"


class Manner(NamedTuple):
    """A way to write a training: code below an engine, and an edit that makes it wrong."""

    code: str
    right: str
    wrong: str

    @property
    def source(self) -> str:
        """The right code."""
        assert self.code.count(self.right) == 1, self.right
        return textwrap.dedent(self.code)

    @property
    def twin(self) -> str:
        """The wrong code."""
        return textwrap.dedent(self.code.replace(self.right, self.wrong))


LINE = {  # w * x + b through (1, 2) and (3, 6), 100 epochs, a step after each
    "shuffled with random": Manner(
        """
        import random
        w, b = Value(0.0), Value(0.0)
        data = [(1.0, 2.0), (3.0, 6.0)]
        for epoch in range(100):
            random.shuffle(data)
            for x, y in data:
                loss = (w * Value(x) + b - Value(y)) ** 2
                w.grad = b.grad = 0.0
                loss.backward()
                w.data -= 0.1 * w.grad
                b.data -= 0.1 * b.grad
        """,
        "w.grad = b.grad = 0.0",
        "w.grad = 0.0",
    ),
    "shuffled with a seed": Manner(
        """
        import random
        random.seed(0)
        w, b = Value(0.0), Value(0.0)
        data = [(1.0, 2.0), (3.0, 6.0)]
        for epoch in range(100):
            for x, y in (random.shuffle(data) or data):
                loss = (w * Value(x) + b - Value(y)) ** 2
                w.grad = b.grad = 0.0
                loss.backward()
                w.data -= 0.1 * w.grad
                b.data -= 0.1 * b.grad
        """,
        "(random.shuffle(data) or data)",
        "[random.choice(data), random.choice(data)]",
    ),
    "shuffled with numpy": Manner(
        """
        import numpy as np
        X = np.array([1.0, 3.0])
        Y = np.array([2.0, 6.0])
        w, b = Value(0.0), Value(0.0)
        for epoch in range(100):
            for i in np.random.permutation(len(X)):
                y_pred = w * Value(X[i]) + b
                loss = (y_pred - Value(Y[i])) ** 2
                loss.backward()
                for p in (w, b):
                    p.data = p.data - 0.1 * p.grad
                    p.grad = 0.0
        """,
        "- 0.1 * p.grad",
        "- 0.1 * np.sign(p.grad)",
    ),
    "sampled": Manner(
        """
        from random import sample
        w, b = Value(0.0), Value(0.0)
        xs, ys = [Value(1.0), Value(3.0)], [Value(2.0), Value(6.0)]
        for _ in range(100):
            for x, y in sample(list(zip(xs, ys)), k=2):
                loss = (x * w + b - y) ** 2
                w.grad, b.grad = 0.0, 0.0
                loss.backward()
                w.data += -0.1 * w.grad
                b.data += -0.1 * b.grad
        """,
        "b.data += -0.1 * b.grad",
        "pass",
    ),
    "a new Value each step": Manner(
        """
        w, b = Value(0.0), Value(0.0)
        for epoch in range(100):
            for x, y in [(1.0, 2.0), (3.0, 6.0)]:
                loss = (w * Value(x) + b - Value(y)) ** 2
                loss.backward()
                w = Value(w.data - 0.1 * w.grad)
                b = Value(b.data - 0.1 * b.grad)
        """,
        "b = Value(b.data - 0.1 * b.grad)",
        "b = Value(b.data - 0.1 * w.data)",
    ),
    "a new Value each step, shuffled": Manner(
        """
        import random
        w, b = Value(0.0), Value(0.0)
        for epoch in range(100):
            for x, y in random.sample([(1.0, 2.0), (3.0, 6.0)], 2):
                loss = (w * Value(x) + b - Value(y)) ** 2
                loss.backward()
                w, b = Value(w.data - 0.1 * w.grad), Value(b.data - 0.1 * b.grad)
        """,
        "Value(w.data - 0.1 * w.grad)",
        "Value(w.data + 0.1 * w.grad)",
    ),
    "floats wrapped at each step": Manner(
        """
        w, b = 0.0, 0.0
        for epoch in range(100):
            for x, y in [(1.0, 2.0), (3.0, 6.0)]:
                W, B = Value(w), Value(b)
                loss = (W * Value(x) + B - Value(y)) ** 2
                loss.backward()
                w -= 0.1 * W.grad
                b -= 0.1 * B.grad
        """,
        "b -= 0.1 * B.grad",
        "b -= 0.01 * B.grad",
    ),
    "a list of parameters, rebuilt": Manner(
        """
        params = [Value(0.0), Value(0.0)]
        for epoch in range(100):
            for x, y in zip([1.0, 3.0], [2.0, 6.0]):
                loss = (params[0] * Value(x) + params[1] - Value(y)) ** 2
                loss.backward()
                params = [Value(p.data - 0.1 * p.grad) for p in params]
        """,
        "- 0.1 * p.grad",
        "- 0.2 * p.grad",
    ),
    "functional": Manner(
        """
        def predict(params, x):
            return params["w"] * Value(x) + params["b"]

        def step(params, x, y, lr):
            loss = (predict(params, x) - Value(y)) ** 2
            loss.backward()
            return {name: Value(p.data - lr * p.grad) for name, p in params.items()}

        params = {"w": Value(0.0), "b": Value(0.0)}
        for epoch in range(100):
            for x, y in [(1.0, 2.0), (3.0, 6.0)]:
                params = step(params, x, y, 0.1)
        """,
        "step(params, x, y, 0.1)",
        "step(params, x, y, -0.1)",
    ),
    "an optimizer as a class": Manner(
        """
        class SGD:
            def __init__(self, parameters, lr):
                self.parameters, self.lr = parameters, lr

            def zero_grad(self):
                for p in self.parameters:
                    p.grad = 0.0

            def step(self):
                for p in self.parameters:
                    p.data -= self.lr * p.grad

        w, b = Value(0.0), Value(0.0)
        optimizer = SGD([w, b], lr=0.1)
        for epoch in range(100):
            for x, y in zip((1.0, 3.0), (2.0, 6.0)):
                optimizer.zero_grad()
                loss = (Value(x) * w + b - Value(y)) ** 2
                loss.backward()
                optimizer.step()
        """,
        "SGD([w, b], lr=0.1)",
        "SGD([w], lr=0.1)",
    ),
    "while": Manner(
        """
        w, b = Value(0.0), Value(0.0)
        epoch = 0
        while epoch < 100:
            i = 0
            while i < 2:
                x, y = [(1.0, 2.0), (3.0, 6.0)][i]
                w.grad = b.grad = 0
                loss = (w * Value(x) + b - Value(y)) ** 2
                loss.backward()
                w.data = w.data - 0.1 * w.grad
                b.data = b.data - 0.1 * b.grad
                i += 1
            epoch += 1
        """,
        "epoch < 100",
        "epoch < 99",
    ),
    "enumerate, losses printed": Manner(
        """
        w, b = Value(0.0), Value(0.0)
        for epoch in range(100):
            for i, (x, y) in enumerate([(1.0, 2.0), (3.0, 6.0)]):
                err = w * Value(x) + b - Value(y)
                loss = err ** 2
                w.grad, b.grad = 0.0, 0.0
                loss.backward()
                w.data -= 0.1 * w.grad
                b.data -= 0.1 * b.grad
                print(f"{epoch}.{i}: {loss.data:.4f}, w = {w.data:.3f}")
        """,
        "loss.backward()",
        "err.backward()",
    ),
    "under __main__, with a function": Manner(
        """
        def train(epochs, rate):
            w, b = Value(0.0), Value(0.0)
            for _ in range(epochs):
                for x, y in ((1.0, 2.0), (3.0, 6.0)):
                    loss = (w * Value(x) + b - Value(y)) ** 2
                    zero_grad(w, b)
                    loss.backward()
                    for p in (w, b):
                        p.data += -rate * p.grad
            return w, b

        def zero_grad(*parameters):
            for p in parameters:
                p.grad = 0.0

        if __name__ == "__main__":
            w, b = train(100, 0.1)
            print(w.data, b.data)
        """,
        "zero_grad(w, b)",
        "pass",
    ),
    "a class with parameters()": Manner(
        """
        class Neuron:
            def __init__(self):
                self.w, self.b = Value(0.0), Value(0.0)

            def __call__(self, x):
                return self.w * x + self.b

            def parameters(self):
                return [self.w, self.b]

        neuron = Neuron()
        for epoch in range(100):
            for x, y in [(Value(1.0), Value(2.0)), (Value(3.0), Value(6.0))]:
                loss = (neuron(x) - y) ** 2
                for p in neuron.parameters():
                    p.grad = 0.0
                loss.backward()
                for p in neuron.parameters():
                    p.data -= 0.1 * p.grad
        """,
        "return [self.w, self.b]",
        "return [self.b]",
    ),
    "one example twice": Manner(
        """
        w, b = Value(0.0), Value(0.0)
        for i in range(200):
            x, y = (1.0, 2.0) if i % 2 == 0 else (3.0, 6.0)
            loss = (w * Value(x) + b - Value(y)) ** 2
            w.grad = b.grad = 0.0
            loss.backward()
            w.data -= 0.1 * w.grad
            b.data -= 0.1 * b.grad
        """,
        "if i % 2 == 0 else (3.0, 6.0)",
        "if i % 2 == 0 or i == 150 + 1 else (3.0, 6.0)",
    ),
}

NET = """
import random
{seed}
class Neuron:
    def __init__(self, n):
        self.w = [Value(random.uniform(-1, 1)) for _ in range(n)]
        self.b = Value(0.0)

    def __call__(self, x):
        return sum((wi * xi for wi, xi in zip(self.w, x)), self.b).tanh()

    def parameters(self):
        return self.w + [self.b]


class Layer:
    def __init__(self, n, m):
        self.neurons = [Neuron(n) for _ in range(m)]

    def __call__(self, x):
        out = [f(x) for f in self.neurons]
        return out[0] if len(out) == 1 else out

    def parameters(self):
        return [p for f in self.neurons for p in f.parameters()]


class MLP:
    def __init__(self, *sizes):
        self.layers = [Layer(n, m) for n, m in zip(sizes, sizes[1:])]

    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]


xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
ys = [1.0, -1.0, -1.0, 1.0]
"""
LAST = (
    "net = MLP(3, 4, 1)\nlast = net.layers[-1].neurons[0].w\nbias = net.layers[-1].neurons[0].b\n"
)
ALL = "return [p for layer in self.layers for p in layer.parameters()]"
FIRST_ALONE = "return [p for layer in self.layers[:-1] for p in layer.parameters()]"
STEPS = """
for k in range(30):
    loss = sum((net(x) - y) ** 2 for x, y in zip(xs, ys))
    for p in net.parameters():
        p.grad = 0.0
    loss.backward()
    for p in net.parameters():
        p.data -= 0.05 * p.grad
    print(k, loss.data)
"""
SEEDED = NET.format(seed="random.seed(1)")
UNSEEDED = NET.format(seed="")

NETWORK = {
    "a forgotten layer in reach of a variable": Manner(SEEDED + LAST + STEPS, ALL, FIRST_ALONE),
    "a forgotten layer beside data that are Values": Manner(
        SEEDED + "xs = [[Value(x) for x in row] for row in xs]\nys = [Value(y) for y in ys]\n"
        "net = MLP(3, 4, 1)\nweights = net.layers[-1].neurons[0].parameters()\n" + STEPS,
        ALL,
        FIRST_ALONE,
    ),
    "unseeded": Manner(UNSEEDED + LAST + STEPS, "p.grad = 0.0", "pass"),
    "biases forgotten": Manner(
        SEEDED
        + "net = MLP(3, 4, 1)\nbiases = [f.b for l in net.layers for f in l.neurons]\n"
        + STEPS,
        "return self.w + [self.b]",
        "return self.w",
    ),
    "minibatches": Manner(
        UNSEEDED
        + """
data = list(zip(xs, ys))
net = MLP(3, 4, 1)
for epoch in range(40):
    random.shuffle(data)
    for at in range(0, 4, 2):
        loss = sum((net(x) - y) ** 2 for x, y in data[at : at + 2]) * 0.5
        for p in net.parameters():
            p.grad = 0.0
        loss.backward()
        for p in net.parameters():
            p.data += -0.02 * p.grad
""",
        "p.data += -0.02 * p.grad",
        "p.data += 0.02 * p.grad",
    ),
    "weights rebuilt": Manner(
        SEEDED
        + """
net = MLP(3, 4, 1)
for k in range(30):
    loss = sum((net(x) - y) ** 2 for x, y in zip(xs, ys))
    loss.backward()
    for layer in net.layers:
        for f in layer.neurons:
            f.w = [Value(p.data - 0.05 * p.grad) for p in f.w]
            f.b = Value(f.b.data - 0.05 * f.b.grad)
""",
        "f.b = Value(f.b.data - 0.05 * f.b.grad)",
        "f.b = Value(f.b.data + 0.05 * f.b.grad)",
    ),
    "functional, in lists": Manner(
        SEEDED
        + """
def rand():
    return random.uniform(-1, 1)

W1 = [[Value(rand()) for _ in range(3)] for _ in range(4)]
b1 = [Value(0.0) for _ in range(4)]
W2 = [Value(rand()) for _ in range(4)]
b2 = Value(0.1)

def forward(x):
    hidden = [sum((w * xi for w, xi in zip(row, x)), b).tanh() for row, b in zip(W1, b1)]
    return sum((w * h for w, h in zip(W2, hidden)), b2).tanh()

params = [w for row in W1 for w in row] + b1 + W2 + [b2]
for k in range(30):
    loss = sum((forward(x) - y) ** 2 for x, y in zip(xs, ys))
    for p in params:
        p.grad = 0.0
    loss.backward()
    for p in params:
        p.data -= 0.05 * p.grad
""",
        "+ b1 + W2 + [b2]",
        "+ b1",
    ),
    "plain floats, wrapped at each step": Manner(
        SEEDED
        + """
theta = [random.uniform(-1, 1) for _ in range(9)]

def forward(p, x):
    hidden = [(p[2 * i] * x[0] + p[2 * i + 1] * x[1] + x[2] * 0.5).tanh() for i in range(3)]
    return hidden[0] * p[6] + hidden[1] * p[7] + hidden[2] * p[8]

for k in range(30):
    values = [Value(number) for number in theta]
    loss = sum((forward(values, x) - y) ** 2 for x, y in zip(xs, ys))
    loss.backward()
    theta = [number - 0.02 * value.grad for number, value in zip(theta, values)]
""",
        "number - 0.02 * value.grad",
        "number - 0.02 * (value.grad > 0)",
    ),
    "weights kept small": Manner(
        SEEDED
        + """
net = MLP(3, 4, 1)
for k in range(30):
    data_loss = sum((net(x) - y) ** 2 for x, y in zip(xs, ys)) * 0.25
    weights = [w for layer in net.layers for f in layer.neurons for w in f.w]
    loss = data_loss + 0.001 * sum(w * w for w in weights)
    for p in net.parameters():
        p.grad = 0.0
    loss.backward()
    for p in net.parameters():
        p.data -= 0.1 * p.grad
""",
        "    loss.backward()\n",
        "    loss.backward()\n    loss.backward()\n",
    ),
    "one after the other": Manner(
        SEEDED
        + "xs = [[Value(x) for x in row] for row in xs]\nys = [Value(y) for y in ys]\n"
        + LAST
        + """
for epoch in range(20):
    for x, y in zip(xs, ys):
        loss = (net(x) - y) ** 2
        for p in net.parameters():
            p.grad = 0.0
        loss.backward()
        for p in net.parameters():
            p.data -= 0.05 * p.grad
""",
        ALL,
        FIRST_ALONE,
    ),
    "early stopping": Manner(
        UNSEEDED
        + """
def train(net, most=200):
    for step in range(most):
        loss = sum((net(x) - y) ** 2 for x, y in zip(xs, ys))
        for p in net.parameters():
            p.grad = 0.0
        loss.backward()
        for p in net.parameters():
            p.data = p.data - 0.05 * p.grad
        if step > 15 and loss.data < 0.5:
            break
    return loss.data

if __name__ == "__main__":
    print(train(MLP(3, 3, 1)))
""",
        "for p in net.parameters():\n            p.data",
        "for p in net.parameters()[1:]:\n            p.data",
    ),
}
