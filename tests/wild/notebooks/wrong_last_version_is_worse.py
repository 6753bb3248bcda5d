# asks: my475/ex9, my475/ex7
# kind: several versions
# wrong: my475/ex9.inside_expressions
# %% from right/twice_in_one_file
# %%
f = Value(3.0) * (Value(2.0) - Value(1.0)) ** 2
f.backward()
# %%
class Value(Value):
    def __pow__(self, n):
        out = Value(self.data ** n, (self,))
        def _backward():
            self.grad += n * self.data ** (n - 1)      # shorter!
        out._backward = _backward
        return out
