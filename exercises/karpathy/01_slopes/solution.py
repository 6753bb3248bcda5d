def surface(a, b, c):
    return a * b + b * c**3 - a * c


def forward(a, b, c, h):
    """Return the slopes along a, b and c, from here to a little further."""
    here = surface(a, b, c)
    along_a = (surface(a + h, b, c) - here) / h
    along_b = (surface(a, b + h, c) - here) / h
    along_c = (surface(a, b, c + h) - here) / h
    return [along_a, along_b, along_c]


def central(a, b, c, h):
    """Return the slopes along a, b and c, from a little before to a little behind."""
    along_a = (surface(a + h, b, c) - surface(a - h, b, c)) / (2 * h)
    along_b = (surface(a, b + h, c) - surface(a, b - h, c)) / (2 * h)
    along_c = (surface(a, b, c + h) - surface(a, b, c - h)) / (2 * h)
    return [along_a, along_b, along_c]


# %% By hand, at a = 1.5, b = -2.5, c = 0.75
by_hand = {"a": -2.5 - 0.75, "b": 1.5 + 0.75**3, "c": 3 * -2.5 * 0.75**2 - 1.5}
