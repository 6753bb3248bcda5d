"""What goes wrong in a network."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="N1",
        written="no bias",
        replace="total = self.bias\n",
        by="total = Value(0.0)\n",
        says="The bias is left out of the sum.",
        asks="What does a neuron say where all inputs are 0?",
    ),
    Mutant(
        id="N2",
        written="no activation",
        replace="            return total.tanh()\n",
        by="            return total\n",
        says="The sum does not pass its activation.",
        asks="How large can what a neuron says become?",
    ),
    Mutant(
        id="N3",
        written="the bias before the weights",
        replace="return [*self.weights, self.bias]",
        by="return [self.bias, *self.weights]",
        says="The parameters come in another order than the one asked.",
        asks="Which comes first, the weights or the bias?",
    ),
    Mutant(
        id="N4",
        written="the bias is no parameter",
        replace="return [*self.weights, self.bias]",
        by="return [*self.weights]",
        says="The bias is missing from the parameters.",
        asks="How many numbers of a neuron with two inputs learn?",
    ),
    Mutant(
        id="N5",
        written="tanh on top of relu",
        replace="return total.relu()",
        by="return total.relu().tanh()",
        says="The sum passes two activations, where one was asked.",
        asks="What does a relu leave of 3?",
    ),
    Mutant(
        id="N6",
        written="relu the wrong way round",
        replace="return total.relu()",
        by="return (-total).relu()",
        says="The relu lets the wrong side pass.",
        asks="What becomes of a sum above 0?",
    ),
    Mutant(
        id="N7",
        written="one neuron for all",
        replace="[Neuron(inputs, activation) for _ in range(outputs)]",
        by="[Neuron(inputs, activation)] * outputs",
        says="All neurons of a layer are one and the same object.",
        asks="How many different weights does a layer have?",
    ),
    Mutant(
        id="N8",
        written="an activation at the end",
        replace='kind = activation if place < len(sizes) else "linear"',
        by="kind = activation",
        says="The last layer has an activation, too.",
        asks="Which numbers can a network say whose last step is tanh?",
    ),
    Mutant(
        id="N9",
        written="an activation that is forgotten",
        replace='kind = activation if place < len(sizes) else "linear"',
        by='kind = "tanh" if place < len(sizes) else "linear"',
        says="The network does not pass the activation on to its layers.",
        asks="Which activation have the layers of MLP(2, [2, 1], 'relu')?",
    ),
    Mutant(
        id="N10",
        written="all layers linear",
        replace='kind = activation if place < len(sizes) else "linear"',
        by='kind = "linear"',
        says=("No layer has an activation, so the whole network is one straight line."),
        asks="What is a line of a line?",
    ),
    Mutant(
        id="N11",
        written="the last layer alone has parameters",
        replace=("return [parameter for layer in self.layers for parameter in layer.parameters()]"),
        by=("return [parameter for layer in self.layers[-1:] for parameter in layer.parameters()]"),
        says="The parameters of all layers but the last are missing.",
        asks="How many parameters does MLP(3, [4, 1]) have?",
    ),
    Mutant(
        id="N12",
        written="values zeroed, and no gradients",
        replace="            parameter.grad = 0.0\n",
        by="            parameter.data = 0.0\n",
        says="The values are set to 0, and the gradients stay.",
        asks="What does a network know whose weights are all 0?",
    ),
    Mutant(
        id="N13",
        written="new parameters zeroed",
        replace=("        for parameter in self.parameters():\n            parameter.grad = 0.0\n"),
        by=(
            "        for layer in self.layers[1:]:\n"
            "            for parameter in layer.parameters():\n"
            "                parameter.grad = 0.0\n"
        ),
        says="The gradients of one layer are not set to 0.",
        asks="Which layers have parameters?",
    ),
]
