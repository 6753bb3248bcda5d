# asks: my475/ex7
# kind: odd places
# wrong: my475/ex7.skip_connection
{wrong/preorder}

a = Value(-2.0)
b = Value(3.0)
f = (a * b) * (a + b)
f.backward()
assert f.data == -6.0
assert (a.grad, b.grad) == (-3.0, -8.0)
print("all tests passed")
