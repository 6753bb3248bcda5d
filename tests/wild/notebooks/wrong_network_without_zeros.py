# asks: my475/ext2
# kind: trainings
# wrong: my475/ext2.own_network
# %% from right/network_classes_beside
# %%
import random
random.seed(7)
hidden, last = Layer(2, 3), Layer(3, 1)
params = [p for layer in (hidden, last) for n in layer.neurons for p in n.w + [n.b]]
data = [([1.0, -1.0], 1.0), ([-1.0, 0.5], -1.0), ([0.5, 2.0], 1.0)]
for step in range(15):
    loss = sum((last(hidden(x))[0] - t) ** 2 for x, t in data)
    loss.backward()
    for p in params:
        p.data -= 0.01 * p.grad
    print(loss.data)
