# asks: my475/ex7, my475/ex9
# kind: failing cells
# %%
import math
print(undefined_name)
# %% from right/twice_in_one_file
# %%
a = Value(2.0)
a + 1
# %%
1 / 0
# %%
assert Value(1.0).grad == 1.0, "not yet"
# %%
open("notes/values.txt").read()
