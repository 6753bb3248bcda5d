"""What goes wrong between a loss and the gradients of its parameters."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="L1",
        written="backward never called",
        replace="loss.backward()\n",
        by="",
        says="Nothing was sent back from the loss, so every gradient is what it was at the start.",
        asks="Which call makes the gradients?",
    ),
    Mutant(
        id="L2",
        written="backward called on the prediction",
        replace="loss.backward()\n",
        by="y_pred.backward()\n",
        says="These are the gradients of the prediction, and the loss is what should go down.",
        asks="Which number is to become small?",
    ),
    Mutant(
        id="L4",
        written="the values printed, not the gradients",
        replace="print(w.grad, b.grad)\n",
        by="print(w.data, b.data)\n",
        says="What is printed is what w and b hold, and asked were their gradients.",
        asks="Which attribute holds what backward has found?",
    ),
    Mutant(
        id="L5",
        written="a line that prints nothing",
        replace="print(w.grad, b.grad)\n",
        by="w.grad, b.grad\n",
        says="The gradients are right, and nothing shows them.",
        asks="What does a line do that only names two numbers?",
    ),
    Mutant(
        id="L6",
        written="one gradient printed",
        replace="print(w.grad, b.grad)\n",
        by="print(w.grad)\n",
        says="One of the two gradients is printed, and both were asked.",
        asks="How many parameters does this neuron have?",
    ),
    Mutant(
        id="K7",
        written="the loss made from plain numbers",
        replace="err = y_pred - y\n",
        by="err = Value(y_pred.data - y.data)\n",
        says="The graph is cut before the loss, so nothing gets back to its parameters.",
        asks="Which Values was the error made from?",
    ),
    Mutant(
        id="K13",
        written="the error taken for the loss",
        replace="loss = err**2\n",
        by="loss = err\n",
        says="The error is not squared, so the loss has no least value.",
        asks="How small can the error become, and how small its square?",
    ),
    Mutant(
        id="L7",
        written="the gradients set back to 0 before they are read",
        replace="loss.backward()\n",
        by="loss.backward()\nw.grad = 0.0\nb.grad = 0.0\n",
        says="The gradients are set to 0 after they were found, and before they are printed.",
        asks="When is a gradient no longer needed?",
    ),
]
