# asks: my475/ex9, my475/ex12
# kind: missing packages
# %%
from tqdm.notebook import tqdm, trange
# %% from right/slots
# %%
xs = [Value(1.0), Value(3.0)]
ys = [Value(2.0), Value(6.0)]
w = Value(0.0)
b = Value(0.0)
bar = tqdm(range(100), desc="epochs")
for epoch in bar:
    total = 0.0
    for x, y in zip(xs, ys):
        w.grad = 0
        b.grad = 0
        loss = (w * x + b - y) ** 2
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
        total += loss.data
    bar.set_postfix(loss=total)
print(w.data, b.data)
