# asks: my475/ex7, my475/ex9, sri/gradients
# kind: the usual
# small: yes
# number: v.value
import operator


class Value:
    def __init__(self, value, args=(), ds=()):
        self.value, self.args, self.ds, self.grad = value, args, ds, 0

    def backward(self):
        todo, order = [self], []
        while todo:
            v = todo.pop()
            if v in order:
                order.remove(v)       # it is needed further down: move it there
            order.append(v)
            todo.extend(v.args)
        self.grad = 1
        for v in order:
            for a, d in zip(v.args, v.ds):
                a.grad += d * v.grad


RULES = {
    "add": lambda a, b: (1, 1),
    "sub": lambda a, b: (1, -1),
    "mul": lambda a, b: (b, a),
    "truediv": lambda a, b: (1 / b, -a / b**2),
}

for name, rule in RULES.items():
    def method(self, other, f=getattr(operator, name), rule=rule):
        return Value(f(self.value, other.value), (self, other), rule(self.value, other.value))

    setattr(Value, f"__{name}__", method)

Value.__neg__ = lambda self: Value(-self.value, (self,), (-1,))
Value.__pow__ = lambda self, n: Value(self.value**n, (self,), (n * self.value ** (n - 1),))
