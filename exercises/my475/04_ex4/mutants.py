"""What goes wrong in the rules of + and *."""

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

MUTANTS = [
    Mutant(
        id="A1",
        written="= for += in the rule of +",
        replace=ADD_RULE,
        by="            self.grad = out.grad\n            other.grad = out.grad\n",
        says="In a sum the second share overwrites the first, where the two should add up.",
        asks="How many routes lead from a to a + a?",
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
        asks="Which function runs when _backward of the sum is called?",
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
        id="A16",
        written="gradients handed out while the sum is made",
        replace=(
            "        def _backward():\n"
            "            self.grad += out.grad\n"
            "            other.grad += out.grad\n"
            "\n"
            "        out._backward = _backward\n"
        ),
        by="        self.grad += 1.0\n        other.grad += 1.0\n",
        says="Gradients are handed out while the sum is made, before its own gradient is known.",
        asks="At which moment is the gradient of the result known?",
    ),
    Mutant(
        id="M1",
        written="= for += in the rule of *",
        replace=MUL_RULE,
        by="""\
            self.grad = other.data * out.grad
            other.grad = self.data * out.grad
""",
        says="In a product the second share overwrites the first, where the two should add up.",
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
        id="M10",
        written="the right operand of * skipped if it is the left one",
        replace="            other.grad += self.data * out.grad\n",
        by=(
            "            if other is not self:\n"
            "                other.grad += self.data * out.grad\n"
        ),
        says="A Value that occurs twice in a product is counted once.",
        asks="What is the slope of a * a at 2?",
    ),
    Mutant(
        id="I4",
        written="None for the default _backward",
        replace="self._backward = lambda: None",
        by="self._backward = None",
        says="The default of a leaf cannot be called, because it is not a function.",
        asks="What should happen when a leaf is asked to pass its gradient on?",
    ),
    Mutant(
        id="I14",
        written="a default _backward that sets the gradient",
        replace="self._backward = lambda: None",
        by='self._backward = lambda: setattr(self, "grad", 1.0)',
        says="The default changes the gradient of a leaf, where it should do nothing.",
        asks="To whom could a leaf pass its gradient on?",
    ),
]
