"""What goes wrong when a network is put together and trained."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="K1",
        written="the gradients never set back to 0",
        replace="""\
    for weight in weights:
        weight.zero_grad()
""",
        by="",
        says="Yesterday's gradient still counts: it is added to today's.",
        asks="What is in the gradient before backward adds to it?",
    ),
    Mutant(
        id="K2",
        written="+ for -",
        replace="""\
        weight.data -= 0.1 * weight.grad
""",
        by="""\
        weight.data += 0.1 * weight.grad
""",
        says="The weights go the way the loss rises.",
        asks="Which way does a gradient point?",
    ),
    Mutant(
        id="K27",
        written="the second layer forgotten",
        replace="""\
    for weight in weights:
        weight.data""",
        by="""\
    for weight in weights[:1]:
        weight.data""",
        says="Some weights have a gradient and are never moved.",
        asks="Which of the two layers should learn?",
    ),
    Mutant(
        id="K30",
        written="steps by the sign of the gradient",
        replace="""\
0.1 * weight.grad
""",
        by="""\
0.1 * np.sign(weight.grad)
""",
        says="The steps do not follow the size of the gradients.",
        asks="Which weight should move further, one with a small or one with a large gradient?",
    ),
    Mutant(
        id="K33",
        written="a step for each layer with a rate of its own",
        replace="""\
    for weight in weights:
        weight.data -= 0.1 * weight.grad
""",
        by="""\
    for rate, weight in zip((0.1, 0.2), weights):
        weight.data -= rate * weight.grad
""",
        says="The two layers move at different rates, and one was asked.",
        asks="How many rates does gradient descent have?",
    ),
    Mutant(
        id="K34",
        written="nine steps",
        replace="for _ in range(50):",
        by="for _ in range(9):",
        says="Fewer steps were made than asked.",
        asks="How often does the loop run?",
    ),
    Mutant(
        id="H1",
        written="tanh's slope by the input",
        replace="(1 - self.out.data**2)",
        by="(1 - self.t.data**2)",
        says="The slope of the hyperbolic tangent is taken from its input.",
        asks="What is the slope of tanh far away from 0?",
    ),
    Mutant(
        id="T26",
        written="the mean's gradient without its factor",
        replace="""\
        share = upstream / self.count
""",
        by="""\
        share = upstream
""",
        says="The mean's gradient is the sum's: it is not divided by how many there are.",
        asks="By how much does a mean change if one of eight entries grows by 1?",
    ),
    Mutant(
        id="T3",
        written="the right matrix gets nothing",
        replace="""\
        self.t2.backward(self.t1.data.T @ upstream)
""",
        by="",
        says="The right matrix of a product gets no gradient.",
        asks="Which of the two matrices should learn?",
    ),
    Mutant(
        id="R1",
        written="relu's slope 1 everywhere",
        replace="upstream * (self.t.data > 0)",
        by="upstream",
        says="The gradient passes on both sides of 0, and the left side is flat.",
        asks="Which side of relu is flat?",
    ),
]
