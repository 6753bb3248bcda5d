# asks: my475/ex12
# kind: threads
import threading
from concurrent.futures import ThreadPoolExecutor

{right/zeroes_before_it_goes}

def train(xs, ys):
    w, b = Value(0.0), Value(0.0)
    for epoch in range(100):
        for x, y in zip(xs, ys):
            loss = (w * Value(x) + b - Value(y)) ** 2
            loss.backward()
            w.data -= 0.1 * w.grad
            b.data -= 0.1 * b.grad
    return w.data, b.data

with ThreadPoolExecutor(max_workers=4) as pool:
    squares = list(pool.map(lambda n: n * n, range(8)))

threading.stack_size(64 << 20)
result = []
thread = threading.Thread(target=lambda: result.append(train([1.0, 3.0], [2.0, 6.0])))
thread.start()
thread.join()
print(result)
