# asks: my475/ex12
# kind: trainings
# wrong: my475/ex12.down_the_gradient, my475/ex12.hundred_epochs
# %% from right/network_classes_beside
# %%
w, b = Value(0.0), Value(0.0)
for step in range(200):
    losses = [(w * x + b - y) ** 2 for x, y in [(1.0, 2.0), (3.0, 6.0)]]
    loss = (losses[0] + losses[1]) * 0.5
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
    b.data -= 0.1 * b.grad
print(w.data, b.data)
