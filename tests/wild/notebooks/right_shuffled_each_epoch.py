# asks: my475/ex12
# kind: trainings
# %% from right/waits_for_all_users
# %%
import random
pairs = [(Value(1.0), Value(2.0)), (Value(3.0), Value(6.0))]
w, b = Value(0.0), Value(0.0)
for epoch in range(100):
    random.shuffle(pairs)
    for x, y in pairs:
        loss = (w * x + b - y) ** 2
        w.grad, b.grad = 0.0, 0.0
        loss.backward()
        w.data = w.data - 0.1 * w.grad
        b.data = b.data - 0.1 * b.grad
# %%
print(w.data)
print(b.data)
