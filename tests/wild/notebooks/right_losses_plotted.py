# asks: my475/ex11
# kind: plots
# %%
import matplotlib
matplotlib.use("TkAgg")
from matplotlib import pyplot as plt
from mpl_toolkits.mplot3d import Axes3D
from IPython.display import display, clear_output, SVG
# %% from right/zeroes_before_it_goes
# %%
w, b = Value(0.0), Value(0.0)
losses = []
fig, ax = plt.subplots()
for i in range(100):
    loss = (w * Value(1.0) + b - Value(2.0)) ** 2
    loss.backward()
    for p in (w, b):
        p.data += -0.1 * p.grad
    losses.append(loss.data)
    if i % 20 == 0:
        clear_output(wait=True)
        ax.plot(losses)
        display(fig)
plt.savefig("loss.png")
plt.show()
print(w, b)
