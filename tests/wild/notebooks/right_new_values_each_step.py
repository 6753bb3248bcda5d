# asks: my475/ex12
# kind: trainings
# %% from right/dataclass_with_eq
# %%
def step(w, b, x, y, rate):
    w, b = Value(w), Value(b)
    loss = (Value(x) * w + b - Value(y)) ** 2
    loss.backward()
    return w.data - rate * w.grad, b.data - rate * b.grad, loss.data
# %%
w, b = 0.0, 0.0
losses = []
for epoch in range(100):
    for x, y in [(1.0, 2.0), (3.0, 6.0)]:
        w, b, loss = step(w, b, x, y, 0.1)
        losses.append(loss)
print(f"w = {w:.4f}, b = {b:.4f}")
