# asks: my475/ex9
# kind: blank lines
# %%



import math
# %%


{right/operators_in_a_loop}
