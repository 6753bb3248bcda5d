"""What goes wrong in the given parts, where they are copied or rewritten."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="T1",
        written="= for += in Tensor.backward",
        replace="self.grad += upstream",
        by="self.grad = upstream * np.ones_like(self.data)",
        says="A new share overwrites what arrived before, where they should add up.",
        asks="How many routes lead from a to c + a?",
    ),
    Mutant(
        id="T2",
        written="the count of uses starts at 0",
        replace="self.num_forward = -1",
        by="self.num_forward = 0",
        says="The tensor waits for one share more than there will be, and passes nothing on.",
        asks="Which number says that a tensor is used once?",
    ),
    Mutant(
        id="T3",
        written="uses not counted",
        replace=("        for tensor in tensors:\n            tensor.num_forward += 1\n"),
        by="        pass\n",
        says=(
            "Uses are not counted, so a tensor passes its gradient on before all shares have "
            "arrived."
        ),
        asks="How does a tensor know that more is to come?",
    ),
    Mutant(
        id="T4",
        written="the last share passed on, for the sum",
        replace="self.grad_fn.backward(self.grad)",
        by="self.grad_fn.backward(upstream)",
        says="Only the last share goes on to the operands, and the earlier ones stay behind.",
        asks="What does an inner tensor that is used twice have to pass on?",
    ),
    Mutant(
        id="T5",
        written="the graph not freed",
        replace="            del self.grad_fn\n",
        by="",
        says="The graph is kept after the backward pass, so a second pass counts everything again.",
        asks="What happens to the gradients if the same loss is sent back twice?",
    ),
    Mutant(
        id="T7",
        written="every use counted once for all operands",
        replace=("        for tensor in tensors:\n            tensor.num_forward += 1\n"),
        by=("        for tensor in set(tensors):\n            tensor.num_forward += 1\n"),
        says="A tensor that is both operands is counted once, and it is used twice.",
        asks="How many shares does c get from c + c?",
    ),
    Mutant(
        id="T18",
        written="the first share itself kept as the gradient",
        replace="        self.grad += upstream\n",
        by=(
            "        if np.any(self.grad):\n"
            "            self.grad += upstream\n"
            "        else:\n"
            "            self.grad = upstream * np.ones(1) if np.ndim(upstream) == 0 else "
            "upstream\n"
        ),
        says="Two tensors share one array as their gradient, so what one adds shows in the other.",
        asks="Is the array that arrives a copy, or the very array of the sender?",
    ),
    Mutant(
        id="T19",
        written="zero_grad that leaves None",
        replace=(
            '        """Forget what has been added up."""\n'
            "        self.grad = np.zeros_like(self.data)"
        ),
        by="        self.grad = None",
        says="After clearing there is no array left to add to.",
        asks="Which array can be added to without a change?",
    ),
    Mutant(
        id="T20",
        written="zero_grad that does nothing",
        replace=(
            '        """Forget what has been added up."""\n'
            "        self.grad = np.zeros_like(self.data)"
        ),
        by="        pass",
        says="Clearing leaves the old gradient where it is.",
        asks="What does the next backward pass add to?",
    ),
    Mutant(
        id="T21",
        written="a result that needs both operands to require a gradient",
        replace="t1.requires_grad or t2.requires_grad",
        by="t1.requires_grad and t2.requires_grad",
        says="The sum requires a gradient only if both operands do, so one of them is forgotten.",
        asks="Does x + k change if x does, and k is a constant?",
    ),
    Mutant(
        id="T22",
        written="gradients that begin with ones",
        replace=("            self.grad = np.zeros_like(self.data)\n        self.grad_fn"),
        by=("            self.grad = np.ones_like(self.data)\n        self.grad_fn"),
        says="A gradient begins with ones, and nothing has influenced anything yet.",
        asks="Which number changes nothing when it is added to?",
    ),
    Mutant(
        id="T24",
        written="an operand changed in place by Add",
        replace="        out = Tensor(t1.data + t2.data, requires",
        by=("        t1.data += t2.data\n        out = Tensor(t1.data, requires"),
        says="The sum is written into the left operand, which should stay as it is.",
        asks="What should a hold after a + b?",
    ),
    Mutant(
        id="T30",
        written="Add that reports to its left operand only",
        replace="        self.t2.backward(upstream)\n",
        by="",
        says="Only the left operand of a sum receives a gradient.",
        asks="Does the sum change if its right operand does?",
    ),
    Mutant(
        id="T31",
        written="a sum that begins with the data",
        replace="self.grad += upstream",
        by="self.grad += upstream * self.data",
        says="The share is multiplied with the data on its way into the gradient.",
        asks="By how much does a sum change if one of its terms grows a little?",
    ),
    Mutant(
        id="T32",
        written="numbers of single precision",
        replace="self.data = np.array(data)",
        by="self.data = np.array(data, dtype=np.float32)",
        says=(
            "Numbers are kept with seven digits, and gradients lose what is small beside "
            "what is large."
        ),
        asks="What is 1e8 + 1 in float32?",
    ),
]
