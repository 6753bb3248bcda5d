"""What goes wrong on a walk through a graph."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="W5",
        written="no gradient at the root",
        replace="        self.grad = 1.0\n        for node",
        by="        for node",
        says="The gradient of the node that everything starts from is never set, so all are 0.",
        asks="What is the slope of a node along itself?",
    ),
    Mutant(
        id="W6",
        written="the root's gradient set last",
        replace=(
            "        self.grad = 1.0\n        for node in reversed(topological_order(self)):\n"
            "            node._backward()\n"
        ),
        by=(
            "        for node in reversed(topological_order(self)):\n"
            "            node._backward()\n        self.grad = 1.0\n"
        ),
        says="The root holds its gradient, and its rule ran before that, or not at all.",
        asks="What does the first rule of the walk multiply with?",
    ),
    Mutant(
        id="W7",
        written="the root's data as its gradient",
        replace="        self.grad = 1.0\n        for node",
        by="        self.grad = self.data\n        for node",
        says="The walk starts with the value of the last node, and it should start with a slope.",
        asks="By how much does o change when o changes by 1?",
    ),
    Mutant(
        id="W2",
        written="the order not turned round",
        replace="in reversed(topological_order(self)):",
        by="in topological_order(self):",
        says="The walk begins at the leaves, where nothing has arrived yet.",
        asks="Which node knows its gradient first?",
    ),
    Mutant(
        id="W10",
        written="parents before children in the list",
        replace=(
            "            for child in node.prev:\n                visit(child)\n"
            "            order.append(node)\n"
        ),
        by=(
            "            order.append(node)\n"
            "            for child in node.prev:\n                visit(child)\n"
        ),
        says="A node stands in the list before its children, and the walk goes from its end.",
        asks="Where in the list should a node stand, seen from its children?",
    ),
    Mutant(
        id="W8",
        written="one level only",
        replace="                visit(child)\n            order",
        by="                order.append(child)\n            order",
        says="The walk ends at the first operands, and those below them are never asked.",
        asks="Who visits the children of a child?",
    ),
    Mutant(
        id="W11",
        written="only the first child visited",
        replace="for child in node.prev:",
        by="for child in node.prev[:1]:",
        says="Only the first operand of each node is visited.",
        asks="How many operands does a sum have?",
    ),
    Mutant(
        id="W17",
        written="the root left out",
        replace="reversed(topological_order(self)):",
        by="reversed(topological_order(self)[:-1]):",
        says="The rule of the last node is never called, so nothing gets past it.",
        asks="Which rule has to run first?",
    ),
]
