def f(x):
    return 3 * x**2 - 4 * x + 5


# %% Slopes from first principles
h = 0.000001
for x in (3.0, -3.0, 2 / 3):
    print((f(x + h) - f(x)) / h)

# %% The slope along one of three variables
a, b, c = 2.0, -3.0, 10.0
before = a * b + c
c += h
after = a * b + c
print((after - before) / h)
