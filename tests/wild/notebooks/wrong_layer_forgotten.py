# asks: my475/ext2
# kind: trainings
# wrong: my475/ext2.own_network
# %% from right/network_classes_beside
# %%
import random
random.seed(5)
first, second = Layer(2, 3), Layer(3, 1)

def predict(x):
    return second(first(x))[0]

def parameters():
    return [p for n in first.neurons for p in n.w + [n.b]]   # and the second one?

data = [([1.0, -1.0], 1.0), ([-1.0, 0.5], -1.0), ([0.5, 2.0], 1.0)]
for step in range(20):
    loss = sum((predict(x) - t) ** 2 for x, t in data)
    for p in parameters():
        p.grad = 0.0
    loss.backward()
    for p in parameters():
        p.data -= 0.05 * p.grad
print(loss.data)
