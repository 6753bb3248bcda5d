# asks: my475/ex9
# kind: overwritten names
{right/var_backprop}

# a little table at the end
for data in (1.0, 2.0):
    value = Var(data) ** 2
    value.backprop()
    grad = value.gradient
backprop = "done"
