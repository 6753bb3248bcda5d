# asks: my475/ex9
# kind: odd places
import sys
sys.setrecursionlimit(100_000)

{right/node_back_propagate}

x = Node(1.0)
for _ in range(50):
    x = x + Node(1.0)
x.back_propagate()
