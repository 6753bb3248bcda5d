# asks: my475/ex9
# kind: missing packages
# wrong: my475/ex9.power_gradients
{right/twice_in_one_file}

def power(self, n):
    out = Value(self.data ** n, (self,))
    def _backward():
        self.grad += n * self.data ** n * out.grad
    out._backward = _backward
    return out

import seaborn
Value.__pow__ = power
