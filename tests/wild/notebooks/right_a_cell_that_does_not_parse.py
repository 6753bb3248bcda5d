# asks: my475/ex7, my475/ex9
# kind: failing cells
# %%
def half_a_function(x:
    return x
# %% from right/property_around_data
# %%
a = Value(2.0)
b = a ** 2 +
# %%
    indented = "by mistake"
