from functools import partial


def surface(a, b, c):
    return b * (a + c**3) - a * c


def moved(place, at, by):
    return [number + by if i == at else number for i, number in enumerate(place)]


def quotient(place, at, before, behind):
    rise = surface(*moved(place, at, behind)) - surface(*moved(place, at, before))
    return rise / (behind - before)


def forward(a, b, c, h):
    return list(map(partial(lambda p, i: quotient(p, i, 0.0, h), (a, b, c)), range(3)))


def central(a, b, c, h):
    return [quotient((a, b, c), at, -h, h) for at in range(3)]


a, b, c = 1.5, -2.5, 0.75
by_hand = dict(a=b - c, b=a + c * c * c, c=3 * b * c * c - a)
