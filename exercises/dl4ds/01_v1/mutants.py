"""What goes wrong when a Value remembers how it was made."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="A6",
        written="the sum a plain number",
        replace='        return Value(self.data + other.data, (self, other), "+")\n',
        by="        return self.data + other.data\n",
        says="A sum is a plain number, so the graph ends there.",
        asks="What can a plain number remember of where it came from?",
    ),
    Mutant(
        id="A8",
        written="a sum without children",
        replace='Value(self.data + other.data, (self, other), "+")',
        by='Value(self.data + other.data, (), "+")',
        says="A sum does not know what it was made from.",
        asks="How would one get from the sum to its operands?",
    ),
    Mutant(
        id="A9",
        written="only the left operand kept",
        replace='Value(self.data * other.data, (self, other), "*")',
        by='Value(self.data * other.data, (self,), "*")',
        says="A product remembers its left operand and forgets the right one.",
        asks="How many numbers does a product depend on?",
    ),
    Mutant(
        id="R11",
        written="relu without a child",
        replace='Value(max(0.0, self.data), (self,), "relu")',
        by='Value(max(0.0, self.data), (), "relu")',
        says="The result of relu does not know what it was made from.",
        asks="Where does the graph go on below relu?",
    ),
    Mutant(
        id="M9",
        written="a product that adds",
        replace="Value(self.data * other.data,",
        by="Value(self.data + other.data,",
        says="The product holds a sum.",
        asks="What is 4 times -3?",
    ),
    Mutant(
        id="R6",
        written="relu as the absolute value",
        replace="max(0.0, self.data)",
        by="abs(self.data)",
        says="A negative number comes out of relu with its sign turned, and it should become 0.",
        asks="Which numbers does relu let through?",
    ),
    Mutant(
        id="R1",
        written="relu lets everything through",
        replace="max(0.0, self.data)",
        by="self.data",
        says="A negative number gets through relu unchanged.",
        asks="What should relu make of -4?",
    ),
    Mutant(
        id="O1",
        written="one operation for both",
        replace='(self, other), "*")',
        by='(self, other), "+")',
        says="A product says that it is a sum.",
        asks="Which sign would the drawing show?",
    ),
    Mutant(
        id="O2",
        written="no operation kept",
        replace="        self._op = _op\n",
        by='        self._op = ""\n',
        says="The operation is handed over, and not kept.",
        asks="What does a node remember of the sign that made it?",
    ),
    Mutant(
        id="O3",
        written="no label kept",
        replace="        self.label = label\n",
        by='        self.label = ""\n',
        says="A label given to a new Value is lost.",
        asks="Where does the label go when a Value is made?",
    ),
    Mutant(
        id="N1",
        written="trace without the root",
        replace="    visit(root)\n    return nodes, edges\n",
        by="    visit(root)\n    nodes.remove(root)\n    return nodes, edges\n",
        says="The root itself is missing from the nodes.",
        asks="Is the node at the top a part of the graph?",
    ),
    Mutant(
        id="N2",
        written="edges the wrong way round",
        replace="edges.add((child, node))",
        by="edges.add((node, child))",
        says="The edges point from results to operands, and they should point the way numbers go.",
        asks="Which of the two is there first, the operand or the result?",
    ),
    Mutant(
        id="N3",
        written="trace stops below the root",
        replace="                visit(child)\n",
        by="                nodes.add(child)\n",
        says="The walk stops below the root, so deeper nodes are not found.",
        asks="Who visits the children of a child?",
    ),
    Mutant(
        id="N4",
        written="an edge only to children that are new",
        replace="                edges.add((child, node))\n                visit(child)\n",
        by=(
            "                if child not in nodes:\n"
            "                    edges.add((child, node))\n"
            "                    visit(child)\n"
        ),
        says="A node that two results use gets an edge to one of them only.",
        asks="How many arrows leave a node that is used twice?",
    ),
]
