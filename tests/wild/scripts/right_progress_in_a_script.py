# asks: my475/ex12
# kind: missing packages
from tqdm import tqdm, trange

{right/slots}

w = Value(0.0)
b = Value(0.0)
for epoch in trange(100):
    for x, y in tqdm([(1.0, 2.0), (3.0, 6.0)], leave=False):
        loss = (Value(x) * w + b - Value(y)) ** 2
        w.grad = 0.0
        b.grad = 0.0
        loss.backward()
        w.data -= 0.1 * w.grad
        b.data -= 0.1 * b.grad
tqdm.write(f"{w.data} {b.data}")
