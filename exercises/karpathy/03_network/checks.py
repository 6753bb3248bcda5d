"""Asks for a neuron, a layer and a network, whose parameters the checks set themselves."""

from grader import check


@check(points=1)
def neuron_with_tanh(Value, Neuron):
    """A neuron weighs its inputs, and lets the sum pass tanh."""
    neuron = Neuron(2)
    p = neuron.parameters()
    p[0].data = 0.75
    p[1].data = -0.5
    p[2].data = 0.125
    x, y = Value(1.5), Value(0.625)
    z = neuron([x, y])
    z.backward()
    return {
        "z.data": z.data,
        "x.grad": x.grad,
        "y.grad": y.grad,
        "p[0].grad": p[0].grad,
        "p[2].grad": p[2].grad,
    }


@check(points=1)
def neuron_with_relu(Value, Neuron):
    """With relu the same sum passes relu, on both of its sides."""
    neuron = Neuron(2, "relu")
    p = neuron.parameters()
    p[0].data = 0.75
    p[1].data = -0.5
    p[2].data = 0.125
    x, y = Value(1.5), Value(0.625)
    up = neuron([x, y])
    down = neuron([y, Value(3.0)])
    up.backward()
    down.backward()
    return {
        "up.data": up.data,
        "down.data": down.data,
        "x.grad": x.grad,
        "p[1].grad": p[1].grad,
    }


@check(points=1, after=neuron_with_tanh)
def layer_of_two(Value, Layer):
    """A layer asks each of its neurons about all inputs."""
    layer = Layer(2, 2)
    p = layer.parameters()
    for place, number in enumerate((0.75, -0.5, 0.125, -0.25, 1.5, -0.375)):
        p[place].data = number
    x, y = Value(0.5), Value(-0.625)
    z = layer([x, y])
    total = z[0] * Value(3.0) + z[1]
    total.backward()
    return {
        "z[0].data": z[0].data,
        "z[1].data": z[1].data,
        "x.grad": x.grad,
        "y.grad": y.grad,
        "p[5].grad": p[5].grad,
    }


NUMBERS = (0.75, -0.5, 0.125, 0.625, 1.5, 0.375, -1.25, 0.875, 0.25)


def network_of_two_layers(Value, network):
    """Set a network's parameters, and look at what it says and sends back."""
    p = network.parameters()
    for place, number in enumerate(NUMBERS):
        p[place].data = number
    x, y = Value(0.5), Value(0.8125)
    z = network([x, y])
    z.backward()
    return {
        "z.data": z.data,
        "x.grad": x.grad,
        "y.grad": y.grad,
        "p[1].grad": p[1].grad,
        "p[7].grad": p[7].grad,
        "p[8].grad": p[8].grad,
    }


@check(points=1, after=layer_of_two)
def network_with_tanh(Value, MLP):
    """A network's layers follow each other; the last is linear."""
    network = MLP(2, [2, 1])
    return network_of_two_layers(Value, network)


@check(points=0.5, after=(layer_of_two, neuron_with_relu))
def network_with_relu(Value, MLP):
    """The activation is the one that is asked for, but in the last."""
    network = MLP(2, [2, 1], "relu")
    return network_of_two_layers(Value, network)


@check(points=0.5, after=network_with_tanh)
def zeroed_gradients(Value, MLP):
    """zero_grad sets the gradients of all parameters to 0."""
    network = MLP(2, [2, 1])
    p = network.parameters()
    for place, number in enumerate(NUMBERS):
        p[place].data = number
    x = Value(0.5)
    first = network([x, Value(0.8125)])
    first.backward()
    seen = {"x.grad": x.grad}
    network.zero_grad()
    return seen | {f"p[{place}].grad": p[place].grad for place in (0, 2, 4, 8)}
