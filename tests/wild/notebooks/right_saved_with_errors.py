# asks: my475/ex7, my475/ex9
# kind: saved outputs
# %% error
from value import Value
# %% unexecuted
{right/graph_object}
# %% error
Value(1) + 1
# %% unexecuted
