# asks: my475/ex11
# kind: trainings
# wrong: my475/ex11.down_the_gradient, my475/ex11.hundred_steps
# %% from right/slots
# %%
w, b = Value(0.0), Value(0.0)
for step in range(1000):
    loss = (w * Value(1.0) + b - Value(2.0)) ** 2
    w.grad = b.grad = 0
    loss.backward()
    w.data -= 0.01 * w.grad
    b.data -= 0.01 * b.grad
print(w.data, b.data)
