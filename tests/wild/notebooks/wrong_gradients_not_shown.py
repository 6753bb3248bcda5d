# asks: my475/ex10
# kind: prints
# wrong: my475/ex10.both_printed
# %% from right/mixins
# %%
x, y, w, b = Value(1.0), Value(2.0), Value(0.0), Value(0.0)
loss = (x * w + b - y) ** 2
for _ in range(1):
    loss.backward()
    w.grad, b.grad
