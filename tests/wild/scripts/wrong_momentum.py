# asks: my475/ex11
# kind: trainings
# wrong: my475/ex11.down_the_gradient, my475/ex11.hundred_steps
{right/slots}

w, b = Value(0.0), Value(0.0)
speed = {w: 0.0, b: 0.0}
for step in range(100):
    loss = (Value(1.0) * w + b - Value(2.0)) ** 2
    w.grad = b.grad = 0
    loss.backward()
    for p in (w, b):
        speed[p] = 0.5 * speed[p] - 0.1 * p.grad
        p.data += speed[p]
print(w.data, b.data)
