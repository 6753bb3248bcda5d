# asks: my475/ex9, sri/gradients
# kind: names
# new: Knoten(x)
# number: v.wert
# gradient: v.ableitung
# pass: root.rueckwaerts()
class Knoten:
    def __init__(self, wert, kinder=()):
        self.wert = wert
        self.kinder = kinder            # Paare (Kind, Ableitung nach dem Kind)
        self.ableitung = 0.0

    def __add__(self, anderer):
        return Knoten(self.wert + anderer.wert, [(self, 1.0), (anderer, 1.0)])

    def __sub__(self, anderer):
        return Knoten(self.wert - anderer.wert, [(self, 1.0), (anderer, -1.0)])

    def __mul__(self, anderer):
        return Knoten(self.wert * anderer.wert, [(self, anderer.wert), (anderer, self.wert)])

    def __truediv__(self, anderer):
        return Knoten(self.wert / anderer.wert,
                      [(self, 1 / anderer.wert), (anderer, -self.wert / anderer.wert ** 2)])

    def __neg__(self):
        return Knoten(-self.wert, [(self, -1.0)])

    def __pow__(self, n):
        return Knoten(self.wert ** n, [(self, n * self.wert ** (n - 1))])

    def rueckwaerts(self):
        reihenfolge, besucht = [], set()

        def besuche(k):
            if k in besucht:
                return
            besucht.add(k)
            for kind, _ in k.kinder:
                besuche(kind)
            reihenfolge.append(k)

        besuche(self)
        self.ableitung = 1.0
        for k in reversed(reihenfolge):
            for kind, d in k.kinder:
                kind.ableitung += d * k.ableitung
