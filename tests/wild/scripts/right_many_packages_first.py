# asks: my475/ex9, my475/ex7
# kind: missing packages
import os, sys, math, random
import numpy as np
import pandas as pd
import seaborn as sns
import networkx as nx
from sklearn.datasets import make_moons
from graphviz import Digraph
import pydot
import wandb

np.random.seed(1337)
random.seed(1337)
wandb.init(project="micrograd")
X, y = make_moons(n_samples=100, noise=0.1)

{right/grad_is_second}

sns.scatterplot(x=X[:, 0], y=X[:, 1], hue=y)
