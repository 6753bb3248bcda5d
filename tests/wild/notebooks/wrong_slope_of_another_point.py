# asks: scalar/slope
# kind: prints
# wrong: scalar/slope.slope_at_minus_3
# %%
f = lambda x: 3*x**2 - 4*x + 5
h = 1e-6
print((f(3 + h) - f(3)) / h)
# %%
print((f(-2 + h) - f(-2)) / h)
# %%
print((f(2/3 + h) - f(2/3)) / h)
# %%
print(((2.0 * -3.0 + 10.0 + h) - (2.0 * -3.0 + 10.0)) / h)
