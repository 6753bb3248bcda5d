"""What goes wrong where a node is used more than once."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="A1",
        written="= for += in a sum",
        replace="            self.grad += out.grad\n            other.grad += out.grad\n",
        by="            self.grad = out.grad\n            other.grad = out.grad\n",
        says="In a sum a new share overwrites what arrived before, where they should add up.",
        asks="How many routes lead from a to a + a?",
    ),
    Mutant(
        id="M1",
        written="= for += in a product",
        replace="self.grad += other.data * out.grad\n            other.grad += self",
        by="self.grad = other.data * out.grad\n            other.grad = self",
        says="In a product a new share overwrites what arrived before.",
        asks="What should a * a send to a?",
    ),
    Mutant(
        id="H2",
        written="= for += in tanh",
        replace="self.grad += (1 - out.data**2)",
        by="self.grad = (1 - out.data**2)",
        says="In tanh a new share overwrites what arrived before.",
        asks="How many routes lead from x to x + tanh(x)?",
    ),
    Mutant(
        id="M10",
        written="a node beside itself counted once",
        replace="            other.grad += self.data * out.grad\n",
        by=(
            "            if other is not self:\n"
            "                other.grad += self.data * out.grad\n"
        ),
        says="A product of a node with itself counts one of its two factors.",
        asks="What is the slope of a squared?",
    ),
    Mutant(
        id="A13",
        written="a sum of a node with itself counted once",
        replace="            other.grad += out.grad\n",
        by="            if other is not self:\n                other.grad += out.grad\n",
        says="A sum of a node with itself counts one of its two operands.",
        asks="What is the slope of a + a?",
    ),
    Mutant(
        id="W3",
        written="nodes met twice are listed twice",
        replace=(
            "        if node not in visited:\n            visited.add(node)\n"
            "            for child in node.prev:\n                visit(child)\n"
            "            order.append(node)\n"
        ),
        by=(
            "        for child in node.prev:\n            visit(child)\n"
            "        order.append(node)\n"
        ),
        says="A node that is used twice passes its gradient on twice.",
        asks="How often should each node stand in the order?",
    ),
    Mutant(
        id="W12",
        written="visited nodes told apart by their number",
        replace="        if node not in visited:\n            visited.add(node)\n",
        by="        if node.data not in visited:\n            visited.add(node.data)\n",
        says="Two nodes of the same value are taken for one.",
        asks="What tells two nodes apart that both hold 3?",
    ),
    Mutant(
        id="W9",
        written="nodes in the order in which they are met",
        replace=(
            "    order = []\n    visited = set()\n\n    def visit(node):\n"
            "        if node not in visited:\n            visited.add(node)\n"
            "            for child in node.prev:\n                visit(child)\n"
            "            order.append(node)\n\n    visit(root)\n    return order\n"
        ),
        by=(
            "    order = [root]\n    for node in order:\n"
            "        order.extend(child for child in node.prev if child not in order)\n"
            "    return order[::-1]\n"
        ),
        says="A node is asked once it is met, before the share of the longest route is there.",
        asks="Which of two routes to a node decides when it may go on?",
    ),
]
