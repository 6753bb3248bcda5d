"""What goes wrong in the graph of one prediction."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="G1",
        written="a made from plain numbers",
        replace="a = x * w\n",
        by="a = Value(x.data * w.data)\n",
        says="The product is made from plain numbers, so it does not know what it was made from.",
        asks="What does a remember of x and w?",
    ),
    Mutant(
        id="G2",
        written="y_pred made from plain numbers",
        replace="y_pred = a + b\n",
        by="y_pred = Value(a.data + b.data)\n",
        says="The prediction is made of plain numbers, and does not know what it was made from.",
        asks="What does y_pred remember of a and b?",
    ),
    Mutant(
        id="G4",
        written="the product taken with y",
        replace="a = x * w\n",
        by="a = y * w\n",
        says="The weight is multiplied with the truth, which a neuron is not shown.",
        asks="Which of x and y does the neuron get to see?",
    ),
    Mutant(
        id="G5",
        written="b left out of the prediction",
        replace="y_pred = a + b\n",
        by="y_pred = a + Value(0.0)\n",
        says="The prediction does not depend on the bias.",
        asks="What would the prediction be if b were 5?",
    ),
    Mutant(
        id="G6",
        written="weight and bias start elsewhere",
        replace="w = Value(0.0)\nb = Value(0.0)\n",
        by="w = Value(1.0)\nb = Value(1.0)\n",
        says="The weight and the bias do not start where the task has them start.",
        asks="What does the neuron know before it has learned anything?",
    ),
    Mutant(
        id="G7",
        written="plain numbers in place of Values",
        replace="w = Value(0.0)\nb = Value(0.0)\na = x * w\ny_pred = a + b\n",
        by="w = 0.0\nb = 0.0\na = Value(x.data * w)\ny_pred = Value(a.data + b)\n",
        says="The weight and the bias are plain numbers, to which no gradient can be sent.",
        asks="Where would the gradient of w be kept?",
    ),
]
