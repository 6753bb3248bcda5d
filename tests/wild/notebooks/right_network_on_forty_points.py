# asks: my475/ext2
# kind: trainings
# %% from right/network_classes_beside
# %%
import random
random.seed(3)

class Net:
    def __init__(self):
        self.first = Layer(3, 4)
        self.second = Layer(4, 1)

    def __call__(self, x):
        return self.second(self.first(x))[0]

    def parameters(self):
        return [p for layer in (self.first, self.second) for n in layer.neurons for p in n.w + [n.b]]
# %%
points = [[random.uniform(-1, 1) for _ in range(3)] for _ in range(40)]
labels = [1.0 if p[0] + p[1] > 0 else -1.0 for p in points]
net = Net()
for step in range(12):
    loss = sum((net(p) - t) ** 2 for p, t in zip(points, labels)) / 40
    for p in net.parameters():
        p.grad = 0.0
    loss.backward()
    for p in net.parameters():
        p.data -= 0.2 * p.grad
    print(step, round(loss.data, 4))
