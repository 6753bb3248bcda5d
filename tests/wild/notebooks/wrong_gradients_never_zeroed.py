# asks: my475/ex9, my475/ex12
# kind: trainings
# wrong: my475/ex12.down_the_gradient, my475/ex12.hundred_epochs
# %% from right/eq_without_hash
# %%
w, b = Value(0.0), Value(0.0)
xs, ys = [1.0, 3.0], [2.0, 6.0]
for epoch in range(100):
    for x, y in zip(xs, ys):
        loss = (w * Value(x) + b - Value(y)) ** 2
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
print(w.data, b.data)
