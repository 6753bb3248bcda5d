"""What goes wrong in a relu, and in a training with one."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="R1",
        written="a slope of 1 everywhere",
        replace="""\
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad
""",
        by="""\
            self.grad += out.grad
""",
        says="The gradient passes on both sides of 0, and the left side is flat.",
        asks="By what does relu(-1) change if -1 moves a little?",
    ),
    Mutant(
        id="R8",
        written="the slope on the wrong side",
        replace="""\
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad
""",
        by="""\
            self.grad += (0.0 if self.data > 0 else 1.0) * out.grad
""",
        says="The gradient passes where the result is 0, and is stopped where it is not.",
        asks="Which side of relu is flat?",
    ),
    Mutant(
        id="R4",
        written="by way of an absolute value without a rule",
        replace="""\
        out = Value(max(0.0, self.data), (self,))

        def _backward():
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad

        out._backward = _backward
        return out
""",
        by="""\
        size = Value(abs(self.data), (self,))
        return (self + size) * 0.5
""",
        says="The absolute value passes no gradient on, so half of it is lost.",
        asks="Which part of the sum sends nothing back?",
    ),
    Mutant(
        id="R6",
        written="the absolute value in place of relu",
        replace="""\
        out = Value(max(0.0, self.data), (self,))
""",
        by="""\
        out = Value(abs(self.data), (self,))
""",
        says="Negative numbers come out positive, and they should come out as 0.",
        asks="What is relu(-1.7)?",
    ),
    Mutant(
        id="R12",
        written="the identity in place of relu",
        replace="""\
        out = Value(max(0.0, self.data), (self,))
""",
        by="""\
        out = Value(self.data, (self,))
""",
        says="Negative numbers pass as they are, and they should come out as 0.",
        asks="What is relu(-1.7)?",
    ),
    Mutant(
        id="R14",
        written="the smaller of the two",
        replace="""\
        out = Value(max(0.0, self.data), (self,))
""",
        by="""\
        out = Value(min(0.0, self.data), (self,))
""",
        says="Negative numbers pass, and positive ones become 0: it is the other way round.",
        asks="What is relu(1.7)?",
    ),
    Mutant(
        id="R15",
        written="a little of the negative side",
        replace="""\
        out = Value(max(0.0, self.data), (self,))
""",
        by="""\
        out = Value(max(0.01 * self.data, self.data), (self,))
""",
        says="A little of every negative number passes, and nothing of it should.",
        asks="What is relu(-1.7)?",
    ),
    Mutant(
        id="R7",
        written="= for +=",
        replace="""\
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad
""",
        by="""\
            self.grad = (1.0 if self.data > 0 else 0.0) * out.grad
""",
        says="In relu a new share overwrites what arrived before, and they should add up.",
        asks="How many routes lead from x to x * 2.5 + relu(x)?",
    ),
    Mutant(
        id="R9",
        written="no gradient of the result",
        replace="""\
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad
""",
        by="""\
            self.grad += 1.0 if self.data > 0 else 0.0
""",
        says="The result's own gradient is left out, so what happens further on is forgotten.",
        asks="What should reach x if relu(x) is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="R10",
        written="no rule",
        replace="""\
        out = Value(max(0.0, self.data), (self,))

        def _backward():
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad

        out._backward = _backward
        return out
""",
        by="""\
        return Value(max(0.0, self.data), (self,))
""",
        says="The result of relu has no rule, so no gradient gets past it.",
        asks="What does the result do when it is asked to pass its gradient on?",
    ),
    Mutant(
        id="R11",
        written="no children",
        replace="""\
        out = Value(max(0.0, self.data), (self,))
""",
        by="""\
        out = Value(max(0.0, self.data))
""",
        says="The result of relu does not know what it was made from, so the way back ends there.",
        asks="What does the map of the graph read?",
    ),
    Mutant(
        id="R5",
        written="the slope by the gradient's sign",
        replace="""\
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad
""",
        by="""\
            self.grad += max(0.0, out.grad)
""",
        says="The gradient is rectified, and it is the input whose sign decides.",
        asks="Whose sign decides whether a gradient passes?",
    ),
    Mutant(
        id="R16",
        written="the value as the slope",
        replace="""\
            self.grad += (1.0 if self.data > 0 else 0.0) * out.grad
""",
        by="""\
            self.grad += max(0.0, self.data) * out.grad
""",
        says="The result is taken for the slope, and the slope is 1 or 0.",
        asks="By how much does relu(3) change if 3 moves a little?",
    ),
    Mutant(
        id="N1",
        written="no relu in the training",
        replace="""\
        y_pred = (x * w + b).relu()
        loss = (y_pred - y) ** 2
""",
        by="""\
        y_pred = x * w + b
        loss = (y_pred - y) ** 2
""",
        says="The training is the one of the last exercise: no relu stands around its predictions.",
        asks="What would this training do from -0.5 and -0.1?",
    ),
    Mutant(
        id="N2",
        written="relu around the error",
        replace="""\
        y_pred = (x * w + b).relu()
        loss = (y_pred - y) ** 2
""",
        by="""\
        y_pred = x * w + b
        loss = (y_pred - y).relu() ** 2
""",
        says="The relu stands around the error, and belongs around the prediction.",
        asks="What happens to an error that is negative?",
    ),
    Mutant(
        id="K1",
        written="the gradients never set back to 0",
        replace="""\
        y_pred = (x * w + b).relu()
        loss = (y_pred - y) ** 2
        w.grad = 0.0
        b.grad = 0.0
""",
        by="""\
        y_pred = (x * w + b).relu()
        loss = (y_pred - y) ** 2
""",
        says="Yesterday's gradient still counts: it is added to today's.",
        asks="What is in the gradient before backward adds to it?",
    ),
]
