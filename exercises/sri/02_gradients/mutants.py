"""What goes wrong in the rules of the arithmetic, and in the first walk back."""

from grader import Mutant

ADD_RULE = """\
            self.grad += out.grad
            other.grad += out.grad
"""
ADD_RULE_ATTACHED = """\
            other.grad += out.grad

        out._backward = _backward
"""
MUL_RULE = """\
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
"""
POW_RULE = "exponent * self.data ** (exponent - 1) * out.grad"
START_AND_WALK = """\
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node._backward()
"""


def own_difference(to_left: str, to_right: str) -> str:
    """Return a subtraction with a rule of its own."""
    return f"""\
        out = Value(self.data - other.data, (self, other))

        def _backward():
            self.grad {to_left}
            other.grad {to_right}

        out._backward = _backward
        return out
"""


def own_quotient(to_left: str, to_right: str) -> str:
    """Return a division with a rule of its own."""
    return f"""\
        out = Value(self.data / other.data, (self, other))

        def _backward():
            self.grad {to_left}
            other.grad {to_right}

        out._backward = _backward
        return out
"""


MUTANTS = [
    Mutant(
        id="W5",
        written="no 1 at the result",
        replace="        self.grad = 1.0\n",
        by="",
        says="The result's own gradient stays 0, so there is nothing to pass on.",
        asks="By how much does the result move if the result moves by a little?",
    ),
    Mutant(
        id="W6",
        written="the 1 set after the walk",
        replace=START_AND_WALK,
        by="""\
        for node in reversed(topological_order(self)):
            node._backward()
        self.grad = 1.0
""",
        says="The result's gradient is set to 1 when everything has been passed on already.",
        asks="What does the first rule find in the result's gradient when it runs?",
    ),
    Mutant(
        id="W7",
        written="the result's data as its gradient",
        replace="self.grad = 1.0",
        by="self.grad = self.data",
        says="The walk begins with the result's number, where it should begin with 1.",
        asks="What is the derivative of a quantity with respect to itself?",
    ),
    Mutant(
        id="W2",
        written="the nodes not reversed",
        replace="for node in reversed(topological_order(self)):",
        by="for node in topological_order(self):",
        says="The walk begins at the inputs, whose gradients are not known yet.",
        asks="Who must know its gradient first?",
    ),
    Mutant(
        id="W8",
        written="a walk over two levels",
        replace="for node in reversed(topological_order(self)):",
        by="for node in (self, *dict.fromkeys(self._children)):",
        says="The walk ends at the result's own operands.",
        asks="Who tells the operands of an operand?",
    ),
    Mutant(
        id="W20",
        written="gradients cleared after the walk",
        replace="            node._backward()\n",
        by=(
            "            node._backward()\n"
            "        for node in topological_order(self):\n"
            "            node.grad = 0.0\n"
        ),
        says="The gradients are cleared at the end, before anybody could read them.",
        asks="At which moment are old gradients in the way: before the walk, or after it?",
    ),
    Mutant(
        id="W25",
        written="only the first operand visited",
        replace="for child in node._children:",
        by="for child in node._children[:1]:",
        says="The walk follows left operands only, so what lies below a right operand is missing.",
        asks="Which nodes can be reached only through a right operand?",
    ),
    Mutant(
        id="W1",
        written="recursion without an order",
        replace=START_AND_WALK,
        by="""\
        self.grad = 1.0

        def pass_on(node):
            node._backward()
            for child in node._children:
                pass_on(child)

        pass_on(self)
""",
        says="A node passes its gradient on again on every route, before all of it has arrived.",
        asks="How often should each rule run in one walk?",
    ),
    Mutant(
        id="W9",
        written="a walk level by level",
        replace=START_AND_WALK,
        by="""\
        self.grad = 1.0
        nodes = [self]
        for node in nodes:
            node._backward()
            nodes += [child for child in dict.fromkeys(node._children) if child not in nodes]
""",
        says="Nodes are visited by their shortest way to the result, and the longest way decides.",
        asks="Has a node heard from all its parents when it passes its gradient on?",
    ),
    Mutant(
        id="W29",
        written="a walk in depth, parents first",
        replace=START_AND_WALK,
        by="""\
        self.grad = 1.0
        seen = set()

        def pass_on(node):
            if node not in seen:
                seen.add(node)
                node._backward()
                for child in node._children:
                    pass_on(child)

        pass_on(self)
""",
        says="A node passes its gradient on when the first parent calls, and others are still due.",
        asks="Has a node heard from all its parents when it passes its gradient on?",
    ),
    Mutant(
        id="W3",
        written="no record of the nodes visited",
        replace="            visited.add(node)\n",
        by="",
        says="A node with several routes to it is listed repeatedly, and its rule runs again.",
        asks="How does the list know that a node is in it already?",
    ),
    Mutant(
        id="I2",
        written="None for a new gradient",
        replace="self.grad = 0.0",
        by="self.grad = None",
        says="A new gradient is None, and nothing can be added to that.",
        asks="Which number changes nothing when something is added to it?",
    ),
    Mutant(
        id="I1",
        written="1 for a new gradient",
        replace="self.grad = 0.0",
        by="self.grad = 1.0",
        says="A new gradient is 1, as if a fresh Value had influenced the result already.",
        asks="What is the gradient of a Value before any backward pass?",
    ),
    Mutant(
        id="A1",
        written="= for += in the rule of +",
        replace=ADD_RULE,
        by="            self.grad = out.grad\n            other.grad = out.grad\n",
        says="In a sum a new share overwrites what arrived before, where they should add up.",
        asks="How many routes lead from a to a + a?",
    ),
    Mutant(
        id="A3",
        written="= for += at the left operand of +",
        replace=ADD_RULE,
        by="            self.grad = out.grad\n            other.grad += out.grad\n",
        says="In a sum the left operand's share overwrites what arrived before.",
        asks="What has x received already when x + y runs its rule in (x + y) * x?",
    ),
    Mutant(
        id="A2",
        written="only the left operand of + is told",
        replace="other.grad += out.grad\n",
        by="pass\n",
        says="Both operands influence a sum, and only the left one hears of it.",
        asks="By how much does a + b move if b moves a little?",
    ),
    Mutant(
        id="A4",
        written="1 for the result's gradient in the rule of +",
        replace=ADD_RULE,
        by="            self.grad += 1.0\n            other.grad += 1.0\n",
        says="The sum's own gradient is left out, so what happens further on is forgotten.",
        asks="Where does the result's gradient come into the rule?",
    ),
    Mutant(
        id="A5",
        written="the rule of + called instead of kept",
        replace=ADD_RULE_ATTACHED,
        by="            other.grad += out.grad\n\n        out._backward = _backward()\n",
        says="The rule of the sum ran while the sum was made, and only its result was kept.",
        asks="Is the function handed over, or what it returns?",
    ),
    Mutant(
        id="A10",
        written="the rule of + not attached",
        replace=ADD_RULE_ATTACHED,
        by="            other.grad += out.grad\n",
        says="The rule of the sum is written, and the sum never receives it.",
        asks="Which function runs when it is the sum's turn?",
    ),
    Mutant(
        id="A11",
        written="the rule of + attached to its left operand",
        replace=ADD_RULE_ATTACHED,
        by="            other.grad += out.grad\n\n        self._backward = _backward\n",
        says="The rule of the sum hangs on an operand, where the sum itself should have it.",
        asks="Whose gradient must be known before this rule can run?",
    ),
    Mutant(
        id="A8",
        written="no operands kept for a sum",
        replace="Value(self.data + other.data, (self, other))",
        by="Value(self.data + other.data)",
        says="The sum does not remember its operands, so nothing before them is reached.",
        asks="What does the walk back read to find the next node?",
    ),
    Mutant(
        id="M1",
        written="= for += in the rule of *",
        replace=MUL_RULE,
        by="""\
            self.grad = other.data * out.grad
            other.grad = self.data * out.grad
""",
        says="In a product a new share overwrites what arrived before, where they should add up.",
        asks="How many routes lead from a to a * a?",
    ),
    Mutant(
        id="M2",
        written="each operand multiplied by its own number",
        replace=MUL_RULE,
        by="""\
            self.grad += self.data * out.grad
            other.grad += other.data * out.grad
""",
        says="Each operand of a product is sent its own number, where it should be the other's.",
        asks="If a moves a little, by how much does a * b move?",
    ),
    Mutant(
        id="M3",
        written="the rule of * without the result's gradient",
        replace=MUL_RULE,
        by="            self.grad += other.data\n            other.grad += self.data\n",
        says="Only the local slope of the product is passed on, and its own gradient is left out.",
        asks="What should reach a if the product's gradient is 3 instead of 1?",
    ),
    Mutant(
        id="M7",
        written="only the left operand of * is told",
        replace="other.grad += self.data * out.grad\n",
        by="pass\n",
        says="Both operands influence a product, and only the left one hears of it.",
        asks="By how much does a * b move if b moves a little?",
    ),
    Mutant(
        id="M8",
        written="no operands kept for a product",
        replace="Value(self.data * other.data, (self, other))",
        by="Value(self.data * other.data)",
        says="The product does not remember its operands, so nothing before them is reached.",
        asks="What does the walk back read to find the next node?",
    ),
    Mutant(
        id="M10",
        written="the right operand of * skipped if it is the left one",
        replace="            other.grad += self.data * out.grad\n",
        by=(
            "            if other is not self:\n"
            "                other.grad += self.data * out.grad\n"
        ),
        says="A Value that occurs twice in a product is counted once.",
        asks="What is the slope of a * a at 3?",
    ),
    Mutant(
        id="S6",
        written="-a built from a plain number",
        replace="return self * Value(-1.0)",
        by="return Value(-self.data)",
        says="The negative is a new input without operands, so no gradient gets past it.",
        asks="Which operation keeps the link from -a to a?",
    ),
    Mutant(
        id="S11",
        written="-a with a rule that forgets the minus",
        replace="        return self * Value(-1.0)\n",
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
        id="S4",
        written="a - b built from plain numbers",
        replace="return self + (-other)",
        by="return Value(self.data - other.data)",
        says="The difference is a new input without operands, so no gradient gets past it.",
        asks="Which operation keeps the link to both operands?",
    ),
    Mutant(
        id="S1",
        written="+ for both operands of a - b",
        replace="        return self + (-other)\n",
        by=own_difference("+= out.grad", "+= out.grad"),
        says="Both operands of a difference are sent the same sign.",
        asks="What happens to a - b when b grows?",
    ),
    Mutant(
        id="S3",
        written="the signs in the rule of a - b swapped",
        replace="        return self + (-other)\n",
        by=own_difference("-= out.grad", "+= out.grad"),
        says="In a difference the minus goes to the left operand, and it belongs to the right one.",
        asks="Which of its two operands makes a - b smaller when it grows?",
    ),
    Mutant(
        id="S9",
        written="a - b with an own rule that has no result's gradient",
        replace="        return self + (-other)\n",
        by=own_difference("+= 1.0", "-= 1.0"),
        says="The difference's own gradient is left out, so what happens further on is forgotten.",
        asks="What should reach a if the difference is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="S10",
        written="a - b with an own rule that has = for +=",
        replace="        return self + (-other)\n",
        by=own_difference("= out.grad", "= -out.grad"),
        says="In a difference a new share overwrites what arrived before, and they should add up.",
        asks="What is the slope of x - x?",
    ),
    Mutant(
        id="P1",
        written="n * x ** n",
        replace=POW_RULE,
        by="exponent * self.data**exponent * out.grad",
        says="The exponent comes down in front, and above it stays as it was.",
        asks="What is left of the exponent after the power rule?",
    ),
    Mutant(
        id="P2",
        written="x ** (n - 1) without n",
        replace=POW_RULE,
        by="self.data ** (exponent - 1) * out.grad",
        says="Half of the power rule is there: the exponent drops by one, the factor is missing.",
        asks="What is the slope of x squared at 1?",
    ),
    Mutant(
        id="P3",
        written="the rule of ** without the result's gradient",
        replace=POW_RULE,
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
        replace=POW_RULE,
        by="2 * self.data * out.grad",
        says="The rule is that of the square, whatever the exponent is.",
        asks="What is the slope of x cubed at 1?",
    ),
    Mutant(
        id="P13",
        written="no operand kept for a power",
        replace="Value(self.data**exponent, (self,))",
        by="Value(self.data**exponent)",
        says="The power does not remember its base, so nothing before the base is reached.",
        asks="What does the walk back read to find the next node?",
    ),
    Mutant(
        id="P14",
        written="the slope of a power by division",
        replace=POW_RULE,
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
    Mutant(
        id="D1",
        written="the denominator's gradient without its minus",
        replace="        return self * other**-1\n",
        by=own_quotient("+= out.grad / other.data", "+= self.data / other.data**2 * out.grad"),
        says="The denominator's gradient has the wrong sign.",
        asks="Does a / b grow or shrink when b grows?",
    ),
    Mutant(
        id="D2",
        written="the denominator not squared in its gradient",
        replace="        return self * other**-1\n",
        by=own_quotient("+= out.grad / other.data", "-= self.data / other.data * out.grad"),
        says="In the denominator's gradient the denominator should stand squared.",
        asks="What is the slope of 1 / b at 2?",
    ),
    Mutant(
        id="D6",
        written="= for += in the rule of /",
        replace="        return self * other**-1\n",
        by=own_quotient("= out.grad / other.data", "= -self.data / other.data**2 * out.grad"),
        says="In a quotient a new share overwrites what arrived before, where they should add up.",
        asks="What is the slope of x / x?",
    ),
    Mutant(
        id="D9",
        written="the rule of / without the result's gradient",
        replace="        return self * other**-1\n",
        by=own_quotient("+= 1 / other.data", "-= self.data / other.data**2"),
        says="The quotient's own gradient is left out, so what happens further on is forgotten.",
        asks="What should reach a if the quotient is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="D7",
        written="the denominator taken as a plain number",
        replace="self * other**-1",
        by="self * Value(other.data**-1)",
        says="The denominator enters as a bare number, so no gradient can reach it.",
        asks="Which operation keeps the link from a / b to b?",
    ),
    Mutant(
        id="D10",
        written="a / b built from plain numbers",
        replace="self * other**-1",
        by="Value(self.data / other.data)",
        says="The quotient is a new input without operands, so no gradient gets past it.",
        asks="Which operations keep the link to both operands?",
    ),
]
