from math import e


class Scalar:
    def __init__(self, number):
        self.value, self.derivative = number, 0

    def __add__(self, right): return Scalar(self.value + right.value)
    def __mul__(self, right): return Scalar(self.value * right.value)

    def tanh(self):
        grown = e ** (2 * self.value)
        return Scalar(1 - 2 / (grown + 1))


def build():
    global first, second, n, o
    first, second = x1 * w1, x2 * w2
    n = first + second + b
    o = n.tanh()


b = Scalar(6.8813735870195432)
x1, w1, x2, w2 = [Scalar(number) for number in (2, -3, 0, 1)]
build()
o.derivative = 1
n.derivative = 1 - o.value * o.value
b.derivative = first.derivative = second.derivative = n.derivative
for product, left, right in [(first, x1, w1), (second, x2, w2)]:
    left.derivative = right.value * product.derivative
    right.derivative = left.value * product.derivative
print([node.derivative for node in (n, b, x1, w1, x2, w2)])
o = n = b = None
