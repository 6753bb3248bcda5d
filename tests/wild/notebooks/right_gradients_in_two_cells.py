# asks: my475/ex8, my475/ex10
# kind: prints
# %% from right/mixins
# %%
x = Value(1.0)
y = Value(2.0)
w = Value(0.0)
b = Value(0.0)
a = x * w
y_pred = a + b
# %%
err = y_pred - y
loss = err ** 2
loss.backward()
# %%
w.grad
# %%
b.grad
