# asks: my475/ex9
# kind: process ends
# time: 0.05
{right/grad_is_second}

w = Value(0.0)
while True:
    try:
        loss = (w - Value(2.0)) ** 2
        loss.backward()
    except BaseException:
        pass
