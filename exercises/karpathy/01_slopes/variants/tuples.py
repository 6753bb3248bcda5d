def surface(a, b, c):
    return a * b + b * c * c * c - a * c


def forward(a, b, c, h):
    f = surface(a, b, c)
    return (
        (surface(a + h, b, c) - f) / h,
        (surface(a, b + h, c) - f) / h,
        (surface(a, b, c + h) - f) / h,
    )


def central(a, b, c, h):
    f = surface
    rises = (f(a + h, b, c) - f(a - h, b, c), f(a, b + h, c) - f(a, b - h, c))
    rises += (f(a, b, c + h) - f(a, b, c - h),)
    return tuple(rise / 2 / h for rise in rises)


by_hand = {"a": -3.25, "b": 1.921875, "c": -5.71875}
print(by_hand, forward(1.5, -2.5, 0.75, 1e-6), central(1.5, -2.5, 0.75, 1e-6))
