"""What goes wrong where an operand has been repeated."""

from grader import Mutant

MUTANTS = [
    Mutant(
        id="T13",
        written="shares not added up",
        replace=(
            "    while share.ndim > len(shape):\n"
            "        share = share.sum(axis=0)\n"
            "    for axis, size in enumerate(shape):\n"
            "        if size == 1:\n"
            "            share = share.sum(axis=axis, keepdims=True)\n"
        ),
        by="    pass\n",
        says="The shares of the copies stay apart, and the gradient gets the shape of the result.",
        asks="Which shape should the gradient of a row of four numbers have?",
    ),
    Mutant(
        id="T14",
        written="the mean of the shares",
        replace=("    while share.ndim > len(shape):\n        share = share.sum(axis=0)\n"),
        by=("    while share.ndim > len(shape):\n        share = share.mean(axis=0)\n"),
        says="The shares of the copies are averaged, and they have to be added up.",
        asks="If one number is used in two rows, how often does it count?",
    ),
    Mutant(
        id="T14b",
        written="the mean of the shares along a kept axis",
        replace=(
            "        if size == 1:\n            share = share.sum(axis=axis, keepdims=True)\n"
        ),
        by=("        if size == 1:\n            share = share.mean(axis=axis, keepdims=True)\n"),
        says="The shares along an axis of size 1 are averaged, and they have to be added up.",
        asks="If one number is used in two columns, how often does it count?",
    ),
    Mutant(
        id="T15",
        written="added up along the wrong axis",
        replace=("    while share.ndim > len(shape):\n        share = share.sum(axis=0)\n"),
        by=("    while share.ndim > len(shape):\n        share = share.sum(axis=-1)\n"),
        says="Shares are added up along the last axis, and the missing axes are the first ones.",
        asks="Along which axis has numpy repeated a row?",
    ),
    Mutant(
        id="T16",
        written="everything added up",
        replace=(
            "    while share.ndim > len(shape):\n"
            "        share = share.sum(axis=0)\n"
            "    for axis, size in enumerate(shape):\n"
            "        if size == 1:\n"
            "            share = share.sum(axis=axis, keepdims=True)\n"
        ),
        by=("    if share.shape != shape:\n        share = share.sum()\n"),
        says="All shares are added up to one number, which every entry receives.",
        asks="Which of the shares belong to the first entry of the row?",
    ),
    Mutant(
        id="T16b",
        written="the total for each entry of a kept axis",
        replace=(
            "        if size == 1:\n            share = share.sum(axis=axis, keepdims=True)\n"
        ),
        by=("        if size == 1:\n            share = share.sum(keepdims=True)\n"),
        says="Along an axis of size 1 everything is added up, other axes too.",
        asks="Which of the shares belong to the first entry of the column?",
    ),
    Mutant(
        id="T17",
        written="the kept axis dropped",
        replace=(
            "        if size == 1:\n            share = share.sum(axis=axis, keepdims=True)\n"
        ),
        by=("        if size == 1:\n            share = share.sum(axis=axis)\n"),
        says="An axis of size 1 is dropped when shares are added up, and the shape is another one.",
        asks="Which shape should the gradient of a column of shape (2, 1) have?",
    ),
    Mutant(
        id="T34",
        written="axes of size 1 forgotten",
        replace=(
            "    for axis, size in enumerate(shape):\n"
            "        if size == 1:\n"
            "            share = share.sum(axis=axis, keepdims=True)\n"
        ),
        by="",
        says="Axes that the operand lacks are added up, and those on which its size is 1 are not.",
        asks="Has a column of shape (2, 1) been repeated in a result of shape (2, 3)?",
    ),
    Mutant(
        id="T35",
        written="missing axes forgotten",
        replace=("    while share.ndim > len(shape):\n        share = share.sum(axis=0)\n"),
        by="",
        says="Axes of size 1 are added up, and those that the operand lacks are not.",
        asks="Has a row of shape (4,) been repeated in a result of shape (2, 4)?",
    ),
    Mutant(
        id="T36",
        written="the first copy's share alone",
        replace=("    while share.ndim > len(shape):\n        share = share.sum(axis=0)\n"),
        by=("    while share.ndim > len(shape):\n        share = share[0]\n"),
        says="Only the share of the first copy is kept.",
        asks="What do the other copies contribute?",
    ),
    Mutant(
        id="T37",
        written="the right operand of Sub forgotten",
        replace="fitted(-upstream, self.t2.data.shape)",
        by="-upstream",
        says="The right operand of a difference gets a gradient in the shape of the result.",
        asks="Which shape has the right operand, and which its gradient?",
    ),
    Mutant(
        id="T38",
        written="the left operand of Sub forgotten",
        replace="fitted(upstream, self.t1.data.shape)",
        by="upstream",
        says="The left operand of a difference gets a gradient in the shape of the result.",
        asks="Can the left operand be the smaller one?",
    ),
    Mutant(
        id="T39",
        written="the left operand of Mul forgotten",
        replace="fitted(upstream * self.t2.data, self.t1.data.shape)",
        by="upstream * self.t2.data",
        says="The left operand of a product gets a gradient in the shape of the result.",
        asks="Can the left operand be the smaller one?",
    ),
    Mutant(
        id="T40",
        written="the right operand of Mul forgotten",
        replace="fitted(upstream * self.t1.data, self.t2.data.shape)",
        by="upstream * self.t1.data",
        says="The right operand of a product gets a gradient in the shape of the result.",
        asks="Which shape has the right operand, and which its gradient?",
    ),
    Mutant(
        id="T41",
        written="the left operand of Div forgotten",
        replace="fitted(upstream / self.t2.data, self.t1.data.shape)",
        by="upstream / self.t2.data",
        says="The numerator gets a gradient in the shape of the result.",
        asks="Can the numerator be the smaller one?",
    ),
    Mutant(
        id="T42",
        written="the right operand of Div forgotten",
        replace="fitted(-upstream * self.t1.data / self.t2.data**2, self.t2.data.shape)",
        by="-upstream * self.t1.data / self.t2.data**2",
        says="The denominator gets a gradient in the shape of the result.",
        asks="Which shape has the denominator, and which its gradient?",
    ),
    Mutant(
        id="T43",
        written="added up before the multiplication in Mul",
        replace="fitted(upstream * self.t1.data, self.t2.data.shape)",
        by="fitted(upstream, self.t2.data.shape) * fitted(self.t1.data, self.t2.data.shape)",
        says=(
            "Gradients and numbers are added up first and multiplied then, where each "
            "product counts."
        ),
        asks="Is a sum of products the product of the sums?",
    ),
]
