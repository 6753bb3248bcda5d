"""Tries: to have a thousand classes tried, each of which comes to no end.
Wall: few classes are tried, and after the second that comes to no end none is.
Limits: program_s=0.1 load_s=0.3
Says: no class named Value | classes could be the engine | did not come to an end
"""
del Value


def made(number):
    class Engine:
        def __init__(self, data): self.data = data
        def __add__(self, other):
            while True: pass
        __mul__ = __add__
        def backward(self): self + self
    Engine.__name__ = Engine.__qualname__ = f"Engine{number}"
    return Engine


for number in range(1000):
    globals()[f"Engine{number}"] = made(number)
