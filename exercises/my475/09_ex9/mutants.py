"""What goes wrong in differences and powers."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="S1",
        written="+ for both operands of a - b",
        replace="        return self + (-other)\n",
        by="""\
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad += out.grad
            other.grad += out.grad

        out._backward = _backward
        return out
""",
        says="Both operands of a difference are sent the same sign.",
        asks="What happens to a - b when b grows?",
    ),
    Mutant(
        id="S2",
        written="the operands of a - b swapped",
        replace="return self + (-other)",
        by="return other + (-self)",
        says="The left operand is subtracted from the right one.",
        asks="What is 5 - 2, and what do you get?",
    ),
    Mutant(
        id="S3",
        written="the signs in the rule of a - b swapped",
        replace="        return self + (-other)\n",
        by="""\
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad -= out.grad
            other.grad += out.grad

        out._backward = _backward
        return out
""",
        says="In a difference the minus goes to the left operand, and it belongs to the right one.",
        asks="Which of its two operands makes a - b smaller when it grows?",
    ),
    Mutant(
        id="S4",
        written="a - b built from plain numbers",
        replace="return self + (-other)",
        by="return Value(self.data - other.data)",
        says="The difference is a new leaf without ancestors, so no gradient gets past it.",
        asks="Which operation keeps the link to both operands?",
    ),
    Mutant(
        id="S6",
        written="-a built from a plain number",
        replace="return self * -1",
        by="return Value(-self.data)",
        says="The negative is a new leaf without ancestors, so no gradient gets past it.",
        asks="Which operation keeps the link from -a to a?",
    ),
    Mutant(
        id="S9",
        written="a - b with an own rule that has no result's gradient",
        replace="        return self + (-other)\n",
        by="""\
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad += 1
            other.grad -= 1

        out._backward = _backward
        return out
""",
        says="The difference's own gradient is left out, so what happens further on is forgotten.",
        asks="What should reach a if the difference is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="S10",
        written="a - b with an own rule that has = for +=",
        replace="        return self + (-other)\n",
        by="""\
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad = out.grad
            other.grad = -out.grad

        out._backward = _backward
        return out
""",
        says="In a difference a new share overwrites what arrived before, and they should add up.",
        asks="What is the slope of x - x?",
    ),
    Mutant(
        id="S11",
        written="-a with a rule that forgets the minus",
        replace="        return self * -1\n",
        by="""\
        out = Value(-self.data, (self,))

        def _backward():
            self.grad += out.grad

        out._backward = _backward
        return out
""",
        says="The negative holds the right number, and its rule passes the gradient on unchanged.",
        asks="What happens to -a when a grows?",
    ),
    Mutant(
        id="P1",
        written="n * x ** n",
        replace="exponent * self.data ** (exponent - 1) * out.grad",
        by="exponent * self.data**exponent * out.grad",
        says="The exponent comes down in front, and above it stays as it was.",
        asks="What is left of the exponent after the power rule?",
    ),
    Mutant(
        id="P2",
        written="x ** (n - 1) without n",
        replace="exponent * self.data ** (exponent - 1) * out.grad",
        by="self.data ** (exponent - 1) * out.grad",
        says="Half of the power rule is there: the exponent drops by one, the factor is missing.",
        asks="What is the slope of x squared at 1?",
    ),
    Mutant(
        id="P3",
        written="the rule of ** without the result's gradient",
        replace="exponent * self.data ** (exponent - 1) * out.grad",
        by="exponent * self.data ** (exponent - 1)",
        says="The power's own gradient is left out, which does not show at the end of a graph.",
        asks="What should reach x if the power is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="P4",
        written="= for += in the rule of **",
        replace="self.grad += exponent",
        by="self.grad = exponent",
        says="In a power a new share overwrites what arrived before, where they should add up.",
        asks="How many routes lead from x to x ** 2 + x?",
    ),
    Mutant(
        id="P5",
        written="2 * x for every exponent",
        replace="exponent * self.data ** (exponent - 1) * out.grad",
        by="2 * self.data * out.grad",
        says="The rule is that of the square, whatever the exponent is.",
        asks="What is the slope of x cubed at 1?",
    ),
    Mutant(
        id="P9",
        written="n * x for x ** n",
        replace="self.data**exponent, (self,)",
        by="self.data * exponent, (self,)",
        says="The number is multiplied by the exponent, where it should be raised to it.",
        asks="What is 2 to the power of 3, and what do you get?",
    ),
    Mutant(
        id="P10",
        written="a power without its base's sign",
        replace="self.data**exponent, (self,)",
        by="abs(self.data) ** exponent, (self,)",
        says="The sign of a negative base is lost.",
        asks="What is -2 to the power of 3?",
    ),
    Mutant(
        id="P13",
        written="no children for a power",
        replace="Value(self.data**exponent, (self,))",
        by="Value(self.data**exponent)",
        says="The power does not remember its base, so nothing before the base is reached.",
        asks="What does the walk back read to find the next node?",
    ),
    Mutant(
        id="P14",
        written="the slope of a power by division",
        replace="exponent * self.data ** (exponent - 1) * out.grad",
        by="exponent * out.data / self.data * out.grad",
        says="The slope is found by a division, which has no answer where the base is 0.",
        asks="What is the slope of x squared at 0?",
    ),
    Mutant(
        id="P15",
        written="the exponent not lowered but raised",
        replace="self.data ** (exponent - 1)",
        by="self.data ** (exponent + 1)",
        says="The exponent grows by one, where it should drop by one.",
        asks="Which way does the exponent move in the power rule?",
    ),
]
