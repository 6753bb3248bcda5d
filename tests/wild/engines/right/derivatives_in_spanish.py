# asks: my475/ex7, my475/ex9
# kind: names
# new: Variable(x)
# number: v.valor
# gradient: v.grad
# pass: propagar(root)
class Variable:
    def __init__(self, valor, hijos=(), regla=None):
        self.valor = valor
        self.hijos = hijos
        self.regla = regla
        self.grad = 0.0

    def __add__(self, otro):
        return Variable(self.valor + otro.valor, (self, otro), lambda g: (g, g))

    def __mul__(self, otro):
        return Variable(self.valor * otro.valor, (self, otro),
                        lambda g: (g * otro.valor, g * self.valor))

    def __sub__(self, otro):
        return Variable(self.valor - otro.valor, (self, otro), lambda g: (g, -g))

    def __neg__(self):
        return Variable(-self.valor, (self,), lambda g: (-g,))

    def __pow__(self, n):
        return Variable(self.valor ** n, (self,), lambda g: (g * n * self.valor ** (n - 1),))


def ordenar(v, lista):
    if v not in lista:
        for h in v.hijos:
            ordenar(h, lista)
        lista.append(v)
    return lista


def propagar(salida):
    salida.grad = 1.0
    for v in reversed(ordenar(salida, [])):
        if v.regla is not None:
            for h, g in zip(v.hijos, v.regla(v.grad)):
                h.grad += g
