# asks: my475/ex9, my475/ex7
# kind: input
{right/eq_without_hash}

if __name__ == "__main__":
    x = float(input("x = "))
    y = (Value(x) - Value(1.0)) ** 2
    y.backward()
    print("f(x) =", y.data)
