"""What goes wrong on the way back through a graph of sums, products and relu."""

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
        id="A2",
        written="a sum serves its left operand only",
        replace="            other.grad += out.grad\n",
        by="",
        says="The right operand of a sum gets nothing.",
        asks="Which of its operands does a sum depend on?",
    ),
    Mutant(
        id="A4",
        written="a sum adds 1",
        replace="            self.grad += out.grad\n            other.grad += out.grad\n",
        by="            self.grad += 1.0\n            other.grad += 1.0\n",
        says="A sum sends 1 to its operands, whatever has arrived at the sum.",
        asks="Where does the output's own gradient come in?",
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
        id="M2",
        written="own data",
        replace=(
            "self.grad += other.data * out.grad\n            other.grad += self.data * out.grad"
        ),
        by="self.grad += self.data * out.grad\n            other.grad += other.data * out.grad",
        says="Each factor gets its own number as its slope, and it should be the other one's.",
        asks="If a moves a little, by what does a times b move?",
    ),
    Mutant(
        id="M3",
        written="the upstream gradient dropped in a product",
        replace=(
            "self.grad += other.data * out.grad\n            other.grad += self.data * out.grad"
        ),
        by="self.grad += other.data\n            other.grad += self.data",
        says="A product sends its local slope, without what has arrived at the product.",
        asks="What does the chain rule multiply?",
    ),
    Mutant(
        id="R1",
        written="relu lets every gradient through",
        replace="(self.data > 0) * out.grad",
        by="out.grad",
        says="A relu that is shut lets the gradient through.",
        asks="On which side is relu flat?",
    ),
    Mutant(
        id="R8",
        written="relu's sides exchanged",
        replace="(self.data > 0) * out.grad",
        by="(self.data <= 0) * out.grad",
        says="The gradient passes where relu is shut, and stops where it is open.",
        asks="What is the slope of relu to the right of 0?",
    ),
    Mutant(
        id="R9",
        written="relu without the upstream gradient",
        replace="(self.data > 0) * out.grad",
        by="float(self.data > 0)",
        says="An open relu sends 1, whatever has arrived at it.",
        asks="What is the gradient of 3 * relu(x)?",
    ),
    Mutant(
        id="R7",
        written="= for += in relu",
        replace="self.grad += (self.data > 0)",
        by="self.grad = (self.data > 0)",
        says="In relu a new share overwrites what arrived before.",
        asks="How many routes lead from x to relu(x) + x?",
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
        id="W5",
        written="no gradient at the root",
        replace="        self.grad = 1.0\n        for node",
        by="        for node",
        says="The gradient of the node that everything starts from is never set, so all are 0.",
        asks="What is the slope of a node along itself?",
    ),
    Mutant(
        id="W3",
        written="nodes met twice are listed twice",
        replace=(
            "        if node not in visited:\n"
            "            visited.add(node)\n"
            "            for child in node._prev:\n"
            "                visit(child)\n"
            "            order.append(node)\n"
        ),
        by=(
            "        for child in node._prev:\n"
            "            visit(child)\n"
            "        order.append(node)\n"
        ),
        says="A node that is used twice passes its gradient on twice.",
        asks="How often should each node stand in the order?",
    ),
    Mutant(
        id="W8",
        written="one level only",
        replace=(
            "            for child in node._prev:\n"
            "                visit(child)\n"
            "            order.append(node)\n"
        ),
        by="            order.extend(node._prev)\n            order.append(node)\n",
        says="The walk stops below the first operands.",
        asks="Who visits the children of a child?",
    ),
    Mutant(
        id="W20",
        written="every gradient set back to 0 first",
        replace="        self.grad = 1.0\n        for node in reversed",
        by=(
            "        for node in topological_order(self):\n"
            "            node.grad = 0.0\n"
            "        self.grad = 1.0\n"
            "        for node in reversed"
        ),
        says="Each pass forgets the gradients of the passes before, which should add up.",
        asks="Where do the gradients of several samples meet?",
    ),
]
