"""What goes wrong when a graph is put in order."""

from grader import Mutant

VISIT = """\
        if node not in visited:
            visited.add(node)
            for child in node._children:
                visit(child)
            order.append(node)

    visit(root)
    return order
"""
LEVEL_BY_LEVEL = """\
        order.append(node)
        visited.add(node)

    visit(root)
    for parent in order:
        for child in parent._children:
            if child not in visited:
                visit(child)
    return order[::-1]
"""

MUTANTS = [
    Mutant(
        id="W3",
        written="no record of the nodes visited",
        replace="            visited.add(node)\n",
        by="",
        says="A node that several routes lead to is listed several times.",
        asks="How does the walk find out that it has been at a node before?",
    ),
    Mutant(
        id="W2",
        written="a node listed before its children",
        replace=(
            "            for child in node._children:\n"
            "                visit(child)\n"
            "            order.append(node)\n"
        ),
        by=(
            "            order.append(node)\n"
            "            for child in node._children:\n"
            "                visit(child)\n"
        ),
        says="A node is listed before its children, where it should come after them.",
        asks="What must be in the list already when a node is appended?",
    ),
    Mutant(
        id="W8",
        written="only the root's own children",
        replace="                visit(child)\n",
        by="                order.append(child)\n",
        says="The walk ends at the root's own children.",
        asks="Who visits the children of a child?",
    ),
    Mutant(
        id="W9",
        written="the graph listed level by level",
        replace=VISIT,
        by=LEVEL_BY_LEVEL,
        says="Nodes are ordered by their shortest way to the root, and the longest way decides.",
        asks="Where does a node belong that is needed both near the root and further down?",
    ),
    Mutant(
        id="W17",
        written="the root left out",
        replace="    return order\n",
        by="    return order[:-1]\n",
        says="The root is missing from its own map.",
        asks="Which node should be the last of the list?",
    ),
    Mutant(
        id="W24",
        written="nodes told apart by their numbers",
        replace="        if node not in visited:\n            visited.add(node)\n",
        by="        if node.data not in visited:\n            visited.add(node.data)\n",
        says="Two Values that hold equal numbers are taken for one node.",
        asks="What makes two nodes the same: their number, or being the same object?",
    ),
    Mutant(
        id="W25",
        written="only the first child visited",
        replace="for child in node._children:",
        by="for child in node._children[:1]:",
        says="The walk follows the first child of each node and forgets the other.",
        asks="Which nodes can be reached only through a right operand?",
    ),
    Mutant(
        id="W26",
        written="leaves left out",
        replace="            order.append(node)\n",
        by="            if node._children:\n                order.append(node)\n",
        says="Nodes without children are missing from the map.",
        asks="Which nodes are the gradients of a graph wanted for in the end?",
    ),
]
