# asks: sri, my475/ex9
# kind: class after other cells
# %%
%matplotlib inline
import math
import numpy as np
import matplotlib.pyplot as plt
# %%
def f(x):
    return 3*x**2 - 4*x + 5
f(3.0)
# %%
xs = np.arange(-5, 5, 0.25)
ys = f(xs)
plt.plot(xs, ys)
# %% [markdown]
## The slope
# %%
h = 0.000001
x = 2/3
(f(x + h) - f(x))/h
# %% from right/set_of_children
# %%
from graphviz import Digraph

def trace(root):
    nodes, edges = set(), set()
    def build(v):
        if v not in nodes:
            nodes.add(v)
            for child in v._prev:
                edges.add((child, v))
                build(child)
    build(root)
    return nodes, edges

def draw_dot(root):
    dot = Digraph(format='svg', graph_attr={'rankdir': 'LR'})
    nodes, edges = trace(root)
    for n in nodes:
        uid = str(id(n))
        dot.node(name=uid, label="{ %s | data %.4f | grad %.4f }" % (n.label, n.data, n.grad), shape='record')
        if n._op:
            dot.node(name=uid + n._op, label=n._op)
            dot.edge(uid + n._op, uid)
    for n1, n2 in edges:
        dot.edge(str(id(n1)), str(id(n2)) + n2._op)
    return dot
# %%
x1 = Value(2.0, label='x1')
w1 = Value(-3.0, label='w1')
n = x1*w1 + 6.88
o = n.tanh()
o.backward()
draw_dot(o)
