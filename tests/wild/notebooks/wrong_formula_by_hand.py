# asks: my475/ex9, my475/ex11
# kind: trainings
# wrong: my475/ex11.down_the_gradient, my475/ex11.hundred_steps
# %% from right/twice_in_one_file
# %%
w = b = 0.0
for step in range(100):
    err = w + b - 2.0
    w, b = w - 0.1 * 2 * err, b - 0.1 * 2 * err
w, b = Value(w), Value(b)
print(w.data, b.data)
