# asks: my475/ex9, my475/ex12
# kind: trainings
# wrong: my475/ex12.down_the_gradient, my475/ex12.hundred_epochs
# %% from right/slots
# %%
w, b = Value(0.0), Value(0.0)
for epoch in range(100):
    for x, y in [(Value(1.0), Value(2.0)), (Value(3.0), Value(6.0))]:
        w.grad = b.grad = 0
        loss = (w * x + b - y) ** 2
        loss.backward()
        w.data -= 0.1 * w.grad
print(w.data, b.data)
