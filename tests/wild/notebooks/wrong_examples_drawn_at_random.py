# asks: my475/ex12
# kind: trainings
# wrong: my475/ex12.down_the_gradient, my475/ex12.hundred_epochs
# %% from right/slots
# %%
import random
random.seed(2)
w, b = Value(0.0), Value(0.0)
for step in range(200):
    n = random.choice([1, 2, 3])
    x, y = Value(float(n)), Value(2.0 * n)
    loss = (w * x + b - y) ** 2
    w.grad = b.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad
    b.data -= 0.1 * b.grad
print(w.data, b.data)
