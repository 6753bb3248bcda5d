def slope(g, x, h=1e-6):
    return (g(x + h) - g(x - h)) / (2 * h)


print({x: slope(lambda x: 5 - 4 * x + 3 * x * x, x) for x in (3, -3, 2 / 3)})
print("along c: %.6f" % slope(lambda c: 2 * -3 + c, 10))
