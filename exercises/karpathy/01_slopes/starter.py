def surface(a, b, c):
    return a * b + b * c**3 - a * c


def forward(a, b, c, h):
    """Return the slopes along a, b and c, from here to a little further."""
    # your code here


def central(a, b, c, h):
    """Return the slopes along a, b and c, from a little before to a little behind."""
    # your code here


# %% By hand, at a = 1.5, b = -2.5, c = 0.75
by_hand = {}  # your numbers here, under "a", "b" and "c"
