def f(x):
    return 3 * x**2 - 4 * x + 5


# %% Slopes from first principles
h = 0.000001
# your code here: print the slope of f at 3, at -3 and at 2/3

# %% The slope along one of three variables
# your code here: print the slope of a * b + c along c, at a = 2, b = -3, c = 10
