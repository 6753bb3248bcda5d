"""A layer of weighted sums; torch has no such object over single numbers."""

from grader import Definition, Value


class Linear:
    def __init__(self, inputs, outputs):
        self.w = [[Value(0.5) for _ in range(inputs)] for _ in range(outputs)]
        self.b = [Value(0.0) for _ in range(outputs)]

    def __call__(self, values):
        return [
            sum((w * x for w, x in zip(row, values, strict=True)), bias)
            for row, bias in zip(self.w, self.b, strict=True)
        ]


ORACLE = [Definition("Linear", plain=Linear)]
