# asks: my475/ex9
# kind: magics
# %%
%%writefile engine.py
{right/creation_counter}
# %%
from engine import Node as Value
# %%
a = Value(3.0)
b = a ** 2
b.backward()
a.grad
