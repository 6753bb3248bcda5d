"""What goes wrong in the order of the walk back, and what a whole neuron brings to light."""

from grader import Mutant

ADD_RULE = """\
            self.grad += out.grad
            other.grad += out.grad
"""
MUL_RULE = """\
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
"""
TANH_RULE = "(1 - out.data**2) * out.grad"
EXP_RULE = "self.grad += out.data * out.grad"
START_AND_WALK = """\
        self.grad = 1.0
        for node in reversed(topological_order(self)):
            node._backward()
"""
LISTS = '''\
def topological_order(root):
    """Return every node that `root` depends on, and `root`, once, children before parents."""
    order = []
    visited = set()
'''

MUTANTS = [
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
        id="W24",
        written="nodes told apart by their numbers",
        replace="        if node not in visited:\n            visited.add(node)\n",
        by="        if node.data not in visited:\n            visited.add(node.data)\n",
        says="Two nodes that hold equal numbers are taken for one, and the second gets no turn.",
        asks="What makes two nodes the same: their number, or being the same object?",
    ),
    Mutant(
        id="W28",
        written="one list kept for all calls",
        replace=LISTS,
        by="def topological_order(root, order=[], visited=set()):\n",
        says="The list of an earlier graph is still there, so its rules run a second time.",
        asks="When is the empty list made: at every call, or once?",
    ),
    Mutant(
        id="W25",
        written="only the first child visited",
        replace="for child in node._children:",
        by="for child in node._children[:1]:",
        says="The walk follows left operands only, so what lies below a right operand is missing.",
        asks="Which nodes can be reached only through a right operand?",
    ),
    Mutant(
        id="W8",
        written="a walk over two levels",
        replace="for node in reversed(topological_order(self)):",
        by="for node in (self, *dict.fromkeys(self._children)):",
        says="The walk ends at the result's own children.",
        asks="Who tells the children of a child?",
    ),
    Mutant(
        id="W2",
        written="the nodes not reversed",
        replace="for node in reversed(topological_order(self)):",
        by="for node in topological_order(self):",
        says="The walk begins at the leaves, whose gradients are not known yet.",
        asks="Who must know its gradient first?",
    ),
    Mutant(
        id="W5",
        written="no 1 at the result",
        replace="        self.grad = 1.0\n",
        by="",
        says="The result's own gradient stays 0, so there is nothing to pass on.",
        asks="By how much does the result move if the result moves by a little?",
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
        id="H1",
        written="1 - x ** 2 for the slope of tanh",
        replace=TANH_RULE,
        by="(1 - self.data**2) * out.grad",
        says="The slope of tanh is computed from its input, and the formula wants its result.",
        asks="Which of the two is squared in 1 - tanh(x) ** 2: x, or tanh(x)?",
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
        id="E4",
        written="the rule of exp without the result's gradient",
        replace=EXP_RULE,
        by="self.grad += out.data",
        says="The gradient that reaches exp is left out, which shows in the longer graph only.",
        asks="What should reach n if exp(n) is divided afterwards?",
    ),
]
