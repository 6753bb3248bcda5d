"""What goes wrong in sums and means."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="T28",
        written="Mean without 1/n",
        replace="share = upstream / self.count",
        by="share = upstream",
        says="Each entry gets the whole gradient from a mean, and it is one of many that share it.",
        asks="If one of ten numbers grows by 1, by how much does their mean grow?",
    ),
    Mutant(
        id="T29",
        written="the size of the array for n",
        replace="self.count = t.data.size / average.size",
        by="self.count = t.data.size",
        says="The mean along an axis divides by the size of the whole array.",
        asks="How many entries go into one of the means?",
    ),
    Mutant(
        id="T29b",
        written="the length for n",
        replace="self.count = t.data.size / average.size",
        by="self.count = len(t.data)",
        says="The mean divides by the number of rows, whatever the axis is.",
        asks="How many entries go into one of the means?",
    ),
    Mutant(
        id="T53",
        written="the gradient of a sum divided",
        replace=(
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data))"
        ),
        by=(
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data) / self.t.data.size)"
        ),
        says="A sum divides the gradient among its entries, as a mean would.",
        asks="If one of ten numbers grows by 1, by how much does their sum grow?",
    ),
    Mutant(
        id="T54",
        written="the axis not put back in Sum",
        replace=(
            "        if self.axis is not None and not self.keepdims:\n"
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data))"
        ),
        by="        self.t.backward(upstream * np.ones_like(self.t.data))",
        says="The axis that went is not put back, so the numbers are spread along the wrong one.",
        asks="Which shape has the gradient of the sums, and along which axis does it belong?",
    ),
    Mutant(
        id="T54b",
        written="the axis not put back in Mean",
        replace=(
            "        if self.axis is not None and not self.keepdims:\n"
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        share = upstream / self.count"
        ),
        by="        share = upstream / self.count",
        says="The axis that went is not put back, so the numbers are spread along the wrong one.",
        asks="Which shape has the gradient of the means, and along which axis does it belong?",
    ),
    Mutant(
        id="T55",
        written="the axis always put back in Sum",
        replace=(
            "        if self.axis is not None and not self.keepdims:\n"
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data))"
        ),
        by=(
            "        if self.axis is not None:\n"
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data))"
        ),
        says="With a kept axis another one is added, and the shape is too long.",
        asks="How many axes has the result when its axis was kept?",
    ),
    Mutant(
        id="T55b",
        written="the axis always put back in Mean",
        replace=(
            "        if self.axis is not None and not self.keepdims:\n"
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        share = upstream / self.count"
        ),
        by=(
            "        if self.axis is not None:\n"
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        share = upstream / self.count"
        ),
        says="With a kept axis another one is added, and the shape is too long.",
        asks="How many axes has the result when its axis was kept?",
    ),
    Mutant(
        id="T56",
        written="keepdims ignored by Sum",
        replace="total = t.data.sum(axis=axis, keepdims=keepdims)",
        by="total = t.data.sum(axis=axis)",
        says="The sum drops its axis where it should stay.",
        asks="Which shape should the sums of two rows have with keepdims?",
    ),
    Mutant(
        id="T56b",
        written="keepdims ignored by Mean",
        replace="average = t.data.mean(axis=axis, keepdims=keepdims)",
        by="average = t.data.mean(axis=axis)",
        says="The mean drops its axis where it should stay.",
        asks="Which shape should the means of two rows have with keepdims?",
    ),
    Mutant(
        id="T57",
        written="the axis ignored by Sum",
        replace=(
            '"""The sum along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        self.t, self.axis, self.keepdims = t, axis, keepdims\n"
            "        total = t.data.sum(axis=axis, keepdims=keepdims)"
        ),
        by=(
            '"""The sum along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        self.t, self.axis, self.keepdims = t, None, keepdims\n"
            "        total = t.data.sum(keepdims=keepdims)"
        ),
        says="The sum adds up all entries, whatever the axis is.",
        asks="How many sums has a matrix of two rows along its last axis?",
    ),
    Mutant(
        id="T57b",
        written="the axis ignored by Mean",
        replace=(
            '"""The mean along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        self.t, self.axis, self.keepdims = t, axis, keepdims\n"
            "        average = t.data.mean(axis=axis, keepdims=keepdims)"
        ),
        by=(
            '"""The mean along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        self.t, self.axis, self.keepdims = t, None, keepdims\n"
            "        average = t.data.mean(keepdims=keepdims)"
        ),
        says="The mean takes all entries, whatever the axis is.",
        asks="How many means has a matrix of two rows along its last axis?",
    ),
    Mutant(
        id="T58",
        written="a sum where a mean is asked",
        replace="average = t.data.mean(axis=axis, keepdims=keepdims)",
        by="average = t.data.sum(axis=axis, keepdims=keepdims)",
        says="The entries are added up and not divided.",
        asks="What is the mean of 2 and 4?",
    ),
    Mutant(
        id="T59",
        written="the axis counted from the front only",
        replace=(
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data))"
        ),
        by=(
            "            upstream = np.expand_dims(upstream, abs(self.axis))\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data))"
        ),
        says="An axis that is counted from the end is taken for one from the front.",
        asks="Which axis of a matrix is the last one?",
    ),
    Mutant(
        id="T60",
        written="Sum without the incoming gradient",
        replace=(
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(upstream * np.ones_like(self.t.data))"
        ),
        by=(
            "            upstream = np.expand_dims(upstream, self.axis)\n"
            "        self.t.backward(np.ones_like(self.t.data))"
        ),
        says="The gradient that reaches the sum is left out, which does not show where it is 1.",
        asks="What should reach x if the sum is multiplied by 3 afterwards?",
    ),
    Mutant(
        id="T61",
        written="Sum in single precision",
        replace="total = t.data.sum(axis=axis, keepdims=keepdims)",
        by="total = t.data.astype(np.float32).sum(axis=axis, keepdims=keepdims)",
        says=(
            "Numbers are added up with seven digits, and what is small beside what is large "
            "is lost."
        ),
        asks="What is 1e8 + 1 in float32?",
    ),
    Mutant(
        id="T62",
        written="uses not counted in Sum",
        replace=(
            '"""The sum along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        self.t, self.axis, self.keepdims = t, axis, keepdims\n"
        ),
        by=(
            '"""The sum along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        self.t, self.axis, self.keepdims = t, axis, keepdims\n"
        ),
        says=(
            "Sum does not count that it uses its operand, so that passes its gradient on too early."
        ),
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="T63",
        written="uses not counted in Mean",
        replace=(
            '"""The mean along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        self.t, self.axis, self.keepdims = t, axis, keepdims\n"
        ),
        by=(
            '"""The mean along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        self.t, self.axis, self.keepdims = t, axis, keepdims\n"
        ),
        says=(
            "Mean does not count that it uses its operand, so that passes its gradient on "
            "too early."
        ),
        asks="Which line of Add tells its operands that one more share will come?",
    ),
    Mutant(
        id="T64",
        written="the operand kept on the class Sum",
        replace=(
            '"""The sum along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        self.t, self.axis, self.keepdims = t, axis, keepdims\n"
        ),
        by=(
            '"""The sum along an axis, or of all entries."""\n'
            "\n"
            "    def forward(self, t, axis=None, keepdims=False):\n"
            "        super().forward(t)\n"
            "        Sum.t, Sum.axis, Sum.keepdims = t, axis, keepdims\n"
        ),
        says="All sums share the operand and the axis of the latest one.",
        asks="Where does Add keep its operands: on itself, or on its class?",
    ),
]
