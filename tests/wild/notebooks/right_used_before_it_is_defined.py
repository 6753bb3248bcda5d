# asks: my475/ex9, my475/ex12
# kind: cells out of order
# %%
a = Value(2.0)
b = a * Value(3.0)
# %%
def train(xs, ys, epochs=100, rate=0.1):
    w, b = Value(0.0), Value(0.0)
    for epoch in range(epochs):
        for x, y in zip(xs, ys):
            loss = (x * w + b - y) ** 2
            w.grad = b.grad = 0.0
            loss.backward()
            w.data -= rate * w.grad
            b.data -= rate * b.grad
    return w, b
# %% from right/eq_without_hash
# %%
xs = [Value(1.0), Value(3.0)]
ys = [Value(2.0), Value(6.0)]
w, b = train(xs, ys)
print(w.data, b.data)
