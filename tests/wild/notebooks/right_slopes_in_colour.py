# asks: scalar/slope
# kind: prints
# %%
def f(x):
    return 3*x**2 - 4*x + 5

def slope(x, h=1e-6):
    return (f(x + h) - f(x)) / h
# %%
GREEN, END = "\033[92m", "\033[0m"
print(f"{GREEN}{slope(3.0):.3f}{END}")
# %%
print("at -3:", f"{slope(-3.0):.3f}".replace("-", "\u2212"))
# %%
print("at 2/3: " + format(slope(2/3), ".6f").replace(".", ","))
# %%
a, b, c, h = 2.0, -3.0, 10.0, 0.0001
print("\x1b[1;31mdc\x1b[0m =", (a*b + (c + h) - (a*b + c)) / h)
