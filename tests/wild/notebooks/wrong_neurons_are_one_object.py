# asks: my475/ext2
# kind: trainings
# wrong: my475/ext2.own_network
# %% from right/network_classes_beside
# %%
import random
random.seed(5)

class Layers:
    def __init__(self):
        self.hidden = [Neuron(2)] * 3
        self.out = Neuron(3)
    def __call__(self, x):
        return self.out([h(x) for h in self.hidden])
    def parameters(self):
        return self.hidden[0].w + [self.hidden[0].b] + self.out.w + [self.out.b]
# %%
net = Layers()
data = [([1.0, -1.0], 1.0), ([-1.0, 0.5], -1.0), ([0.5, 2.0], 1.0)]
for step in range(20):
    loss = sum((net(x) - t) ** 2 for x, t in data)
    for p in net.parameters():
        p.grad = 0.0
    loss.backward()
    for p in net.parameters():
        p.data -= 0.05 * p.grad
