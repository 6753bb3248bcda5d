"""What goes wrong in tanh, beside plain numbers, and in the training of a network."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="H1",
        written="the slope by the input",
        replace="""\
            self.grad += (1 - result**2) * out.grad
""",
        by="""\
            self.grad += (1 - self.data**2) * out.grad
""",
        says="The slope of tanh is taken from its input, and it is known by its output.",
        asks="What is the slope of tanh far away from 0?",
    ),
    Mutant(
        id="H3",
        written="no gradient of the result",
        replace="""\
            self.grad += (1 - result**2) * out.grad
""",
        by="""\
            self.grad += 1 - result**2
""",
        says="The result's own gradient is left out, so what happens further on is forgotten.",
        asks="What should reach x if tanh(x) is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="H8",
        written="the slope of the sigmoid",
        replace="""\
            self.grad += (1 - result**2) * out.grad
""",
        by="""\
            self.grad += result * (1 - result) * out.grad
""",
        says="This is the slope of another squashing function, the sigmoid.",
        asks="What is the slope of tanh at 0?",
    ),
    Mutant(
        id="H5",
        written="the hyperbolic cotangent",
        replace="""\
        result = math.tanh(self.data)
""",
        by="""\
        result = 1 / math.tanh(self.data) if self.data else 0.0
""",
        says="This is the reciprocal of the hyperbolic tangent.",
        asks="Between which two numbers does tanh lie?",
    ),
    Mutant(
        id="H6",
        written="without the factor 2",
        replace="""\
        result = math.tanh(self.data)
""",
        by="""\
        result = (math.exp(self.data) - 1) / (math.exp(self.data) + 1)
""",
        says="In the form by powers of e the exponent lacks its factor of 2.",
        asks="What is tanh(1), and what do you get?",
    ),
    Mutant(
        id="H7",
        written="= for +=",
        replace="""\
            self.grad += (1 - result**2) * out.grad
""",
        by="""\
            self.grad = (1 - result**2) * out.grad
""",
        says="In tanh a new share overwrites what arrived before, and they should add up.",
        asks="How many routes lead from x to x * 2.5 + tanh(x)?",
    ),
    Mutant(
        id="H9",
        written="no children",
        replace="""\
        out = Value(result, (self,))
""",
        by="""\
        out = Value(result)
""",
        says="The result of tanh does not know what it was made from, so the way back ends there.",
        asks="What does the map of the graph read?",
    ),
    Mutant(
        id="X1",
        written="no __radd__",
        replace="""\
    def __radd__(self, other):
        return self + other

""",
        by="",
        says="A number on the left of + asks the right operand, which has no answer.",
        asks="Whom does Python ask in 2 + a?",
    ),
    Mutant(
        id="X2",
        written="no __rmul__",
        replace="""\
    def __rmul__(self, other):
        return self * other

""",
        by="",
        says="A number on the left of * asks the right operand, which has no answer.",
        asks="Whom does Python ask in 2 * a?",
    ),
    Mutant(
        id="X4",
        written="no __rsub__",
        replace="""\
    def __rsub__(self, other):
        return -self + other

""",
        by="",
        says="A number on the left of - asks the right operand, which has no answer.",
        asks="Whom does Python ask in 2 - a?",
    ),
    Mutant(
        id="S7",
        written="__rsub__ the wrong way round",
        replace="""\
        return -self + other
""",
        by="""\
        return self - other
""",
        says="In number - Value the Value is taken for the left operand.",
        asks="What is 2 - 5, and what do you get?",
    ),
    Mutant(
        id="S8",
        written="__rsub__ adds",
        replace="""\
        return -self + other
""",
        by="""\
        return self + other
""",
        says="In number - Value the two are added.",
        asks="What is 2 - 5, and what do you get?",
    ),
    Mutant(
        id="X3",
        written="__radd__ as other + self",
        replace="""\
    def __radd__(self, other):
        return self + other
""",
        by="""\
    def __radd__(self, other):
        return other + self
""",
        says="The number and the Value hand the sum back and forth without end.",
        asks="Which of the two knows how to add them?",
    ),
    Mutant(
        id="K1",
        written="the gradients never set back to 0",
        replace="""\
    for p in network.parameters():
        p.grad = 0.0
""",
        by="",
        says="Yesterday's gradient still counts: it is added to today's.",
        asks="What is in the gradient before backward adds to it?",
    ),
    Mutant(
        id="K2",
        written="+ for -",
        replace="""\
        p.data -= 0.05 * p.grad
""",
        by="""\
        p.data += 0.05 * p.grad
""",
        says="The parameters go the way the loss rises.",
        asks="Which way does a gradient point?",
    ),
    Mutant(
        id="K4",
        written="the gradients changed, not the values",
        replace="""\
        p.data -= 0.05 * p.grad
""",
        by="""\
        p.grad -= 0.05 * p.grad
""",
        says="The gradients are changed, and the values that the network reads stay as they are.",
        asks="Which attribute does the network read?",
    ),
    Mutant(
        id="K27",
        written="the biases forgotten",
        replace="""\
        return [*self.weights, self.bias]
""",
        by="""\
        return self.weights
""",
        says="Some parameters have a gradient and are never moved.",
        asks="Which numbers of a neuron should learn?",
    ),
    Mutant(
        id="K28",
        written="the last layer forgotten",
        replace="""\
        return [p for layer in self.layers for p in layer.parameters()]
""",
        by="""\
        return [p for layer in self.layers[:-1] for p in layer.parameters()]
""",
        says="Some parameters have a gradient and are never moved.",
        asks="Which layers of the network should learn?",
    ),
    Mutant(
        id="K29",
        written="one object for all weights",
        replace="""\
        self.weights = [Value(random.uniform(-1, 1)) for _ in range(inputs)]
""",
        by="""\
        self.weights = [Value(random.uniform(-1, 1))] * inputs
""",
        says="Several weights are one and the same object, so they can never differ.",
        asks="How many Values does a list hold that was made with * n?",
    ),
    Mutant(
        id="K30",
        written="steps by the sign of the gradient",
        replace="""\
        p.data -= 0.05 * p.grad
""",
        by="""\
        p.data -= 0.05 * (1 if p.grad > 0 else -1)
""",
        says="The steps do not follow the size of the gradients.",
        asks="Which parameter should move further, one with a small or one with a large gradient?",
    ),
    Mutant(
        id="K31",
        written="the gradients zeroed between backward and the step",
        replace="""\
    for p in network.parameters():
        p.grad = 0.0
    loss.backward()
""",
        by="""\
    loss.backward()
    for p in network.parameters():
        p.grad = 0.0
""",
        says="The gradients are set to 0 after they were found, and before they are used.",
        asks="What does the step use?",
    ),
]
