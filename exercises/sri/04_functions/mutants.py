"""What goes wrong in tanh and exp."""

from grader import Mutant

TANH_RULE = "(1 - out.data**2) * out.grad"
TANH_ATTACHED = """\
            self.grad += (1 - out.data**2) * out.grad

        out._backward = _backward
"""
EXP_RULE = "self.grad += out.data * out.grad"
EXP_ATTACHED = """\
            self.grad += out.data * out.grad

        out._backward = _backward
"""
TANH_MADE = "Value(math.tanh(self.data), (self,))"
EXP_MADE = "Value(math.exp(self.data), (self,))"

MUTANTS = [
    Mutant(
        id="H1",
        written="1 - x ** 2 for the slope of tanh",
        replace=TANH_RULE,
        by="(1 - self.data**2) * out.grad",
        says="The slope of tanh is computed from its input, and the formula wants its result.",
        asks="Which of the two is squared in 1 - tanh(x) ** 2: x, or tanh(x)?",
    ),
    Mutant(
        id="H8",
        written="t * (1 - t) for the slope of tanh",
        replace=TANH_RULE,
        by="out.data * (1 - out.data) * out.grad",
        says="This is the slope of the sigmoid, another function of the same shape.",
        asks="What is the slope of tanh at 0, where the curve is steepest?",
    ),
    Mutant(
        id="H11",
        written="1 - t for the slope of tanh",
        replace=TANH_RULE,
        by="(1 - out.data) * out.grad",
        says="In the slope of tanh the result is not squared.",
        asks="Is the curve of tanh as steep at -1 as it is at 1?",
    ),
    Mutant(
        id="H3",
        written="the rule of tanh without the result's gradient",
        replace=TANH_RULE,
        by="1 - out.data**2",
        says="The gradient that reaches tanh is left out, which does not show at a graph's end.",
        asks="What should reach x if tanh(x) is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="H2",
        written="= for += in the rule of tanh",
        replace="self.grad += (1",
        by="self.grad = (1",
        says="In tanh a new share overwrites what arrived before, where they should add up.",
        asks="How many routes lead from x to tanh(x) + x?",
    ),
    Mutant(
        id="H9",
        written="the rule of tanh not attached",
        replace=TANH_ATTACHED,
        by="            self.grad += (1 - out.data**2) * out.grad\n\n",
        says="The rule of tanh is written, and the result never receives it.",
        asks="Which function runs when it is the turn of tanh?",
    ),
    Mutant(
        id="H10",
        written="no operand kept for tanh",
        replace=TANH_MADE,
        by="Value(math.tanh(self.data))",
        says="The result of tanh does not remember its operand, so nothing before it is reached.",
        asks="What does the walk back read to find the next node?",
    ),
    Mutant(
        id="H5",
        written="coth for tanh",
        replace=TANH_MADE,
        by="Value((math.exp(2 * self.data) + 1) / (math.exp(2 * self.data) - 1), (self,))",
        says="The fraction stands upside down: this is coth, the reciprocal of tanh.",
        asks="What is tanh at 1 according to your library, and what do you get?",
    ),
    Mutant(
        id="H6",
        written="exp(x) for exp(2x) in tanh",
        replace=TANH_MADE,
        by="Value((math.exp(self.data) - 1) / (math.exp(self.data) + 1), (self,))",
        says="The factor 2 in the exponent is missing, so this is tanh of half the number.",
        asks="What is tanh at 1 according to your library, and what do you get?",
    ),
    Mutant(
        id="H7",
        written="tanh that gives a plain number",
        replace=TANH_MADE,
        by="math.tanh(self.data)\n        return out",
        says="The result of tanh is a plain number, so a graph cannot go on from it.",
        asks="Of which type should the result of tanh be?",
    ),
    Mutant(
        id="E1",
        written="x for the slope of exp",
        replace=EXP_RULE,
        by="self.grad += self.data * out.grad",
        says="The slope of exp is taken from its input, and it is the result.",
        asks="Which function is its own derivative?",
    ),
    Mutant(
        id="E3",
        written="the power rule for exp",
        replace=EXP_RULE,
        by="self.grad += self.data * math.exp(self.data - 1) * out.grad",
        says="The power rule is used, and here the variable stands in the exponent.",
        asks="Which part of e to the power of x moves: the base, or the exponent?",
    ),
    Mutant(
        id="E4",
        written="the rule of exp without the result's gradient",
        replace=EXP_RULE,
        by="self.grad += out.data",
        says="The gradient that reaches exp is left out, which does not show at a graph's end.",
        asks="What should reach x if exp(x) is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="E2",
        written="= for += in the rule of exp",
        replace=EXP_RULE,
        by="self.grad = out.data * out.grad",
        says="In exp a new share overwrites what arrived before, where they should add up.",
        asks="How many routes lead from x to exp(x) + x?",
    ),
    Mutant(
        id="E5",
        written="the rule of exp not attached",
        replace=EXP_ATTACHED,
        by="            self.grad += out.data * out.grad\n\n",
        says="The rule of exp is written, and the result never receives it.",
        asks="Which function runs when it is the turn of exp?",
    ),
    Mutant(
        id="E6",
        written="no operand kept for exp",
        replace=EXP_MADE,
        by="Value(math.exp(self.data))",
        says="The result of exp does not remember its operand, so nothing before it is reached.",
        asks="What does the walk back read to find the next node?",
    ),
    Mutant(
        id="E7",
        written="2.718 for e",
        replace=EXP_MADE,
        by="Value(2.718**self.data, (self,))",
        says="The number e is written with three decimals, and the result is no better than that.",
        asks="How many digits of e does your library know?",
    ),
    Mutant(
        id="E8",
        written="2 ** x for exp",
        replace=EXP_MADE,
        by="Value(2**self.data, (self,))",
        says="The base is 2, and it should be e.",
        asks="What is exp at 1 according to your library, and what do you get?",
    ),
]
