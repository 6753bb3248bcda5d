step = 1e-6


def parabola(t):
    return 5 + t * (3 * t - 4)


def rise(t):
    return parabola(t + step) - parabola(t)


at_3 = rise(3.0) / step
print(f'{at_3 = }')
print('to the left, at', -3, 'the slope is', round(rise(-3.0) / step, 5))
bottom = rise(2 / 3) / step
print('and at the bottom', bottom)

y1 = 2 * -3 + 10
y2 = 2 * -3 + (10 + step)
print(f'{y1 = }, {y2 = }, {(y2 - y1) / step = }')
