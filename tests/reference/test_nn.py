"""Networks on the scalar engine: how they are made, what they answer, and that they learn."""

from random import Random

import pytest

from reference.nn import MLP, Layer, Neuron, linear
from reference.scalar import Value


def test_a_neuron_answers_the_activation_of_its_weighted_inputs_and_bias() -> None:
    neuron = Neuron(2, Value.relu, Random(0))
    for parameter, number in zip(neuron.parameters(), (2.0, -3.0, 0.5), strict=True):
        parameter.data = number

    answers = [neuron([1.0, 0.5]).data, neuron([Value(1), 1]).data]

    assert answers == [1.0, 0.0]


def test_karpathys_neuron_has_his_gradients() -> None:
    neuron = Neuron(2, Value.tanh, Random(0))
    for parameter, number in zip(neuron.parameters(), (-3.0, 1.0, 6.8813735870195432), strict=True):
        parameter.data = number
    inputs = [Value(2.0), Value(0.0)]

    answer = neuron(inputs)
    answer.backward()

    found = [answer.data, *(value.grad for value in [*inputs, *neuron.parameters()])]
    assert found == pytest.approx([0.5**0.5, -1.5, 0.5, 1.0, 0.0, 0.5], rel=1e-12)


def test_equal_seeds_make_equal_weights_and_other_seeds_others() -> None:
    first, again, other = (MLP(3, [4, 1], Value.tanh, Random(seed)) for seed in (7, 7, 8))

    numbers = [[parameter.data for parameter in mlp.parameters()] for mlp in (first, again, other)]

    assert numbers[0] == numbers[1]
    assert numbers[0] != numbers[2]


def test_weights_lie_between_minus_one_and_one_and_biases_start_at_zero() -> None:
    neurons = Layer(5, 20, Value.tanh, Random(0)).neurons

    weights = [weight.data for neuron in neurons for weight in neuron.weights]

    assert all(-1 <= weight <= 1 for weight in weights)
    assert {weight > 0 for weight in weights} == {True, False}
    assert [neuron.bias.data for neuron in neurons] == [0.0] * 20


def test_every_parameter_is_a_node_of_its_own() -> None:
    parameters = MLP(3, [4, 4, 1], Value.tanh, Random(0)).parameters()

    assert len(set(parameters)) == len(parameters) == (3 + 1) * 4 + (4 + 1) * 4 + (4 + 1)


def test_parameters_come_neuron_by_neuron_weights_before_bias() -> None:
    layer = Layer(1, 2, linear, Random(0))
    first, second = layer.neurons

    assert layer.parameters() == [*first.weights, first.bias, *second.weights, second.bias]


def test_a_layer_answers_a_list_even_of_one() -> None:
    layer = Layer(1, 1, linear, Random(0))

    assert [type(answer) for answer in layer([1.0])] == [Value]


def test_only_the_last_layer_of_a_network_is_linear() -> None:
    mlp = MLP(2, [3, 3, 1], Value.relu, Random(0))

    activations = [neuron.activation for layer in mlp.layers for neuron in layer.neurons]

    assert activations == [Value.relu] * 6 + [linear]


def test_a_network_of_one_layer_is_linear() -> None:
    mlp = MLP(1, [1], Value.tanh, Random(0))
    weight, _bias = mlp.parameters()

    (answer,) = mlp([100.0])

    assert answer.data == 100.0 * weight.data


def test_zero_grad_clears_every_parameter() -> None:
    mlp = MLP(2, [2, 1], Value.tanh, Random(0))
    mlp([1.0, 2.0])[0].backward()
    before = [parameter.grad for parameter in mlp.parameters()]

    mlp.zero_grad()

    assert 0.0 not in before
    assert [parameter.grad for parameter in mlp.parameters()] == [0.0] * 9


def test_a_wrong_number_of_inputs_is_refused_with_both_counts() -> None:
    neuron = Neuron(2, linear, Random(0))

    with pytest.raises(ValueError, match="3 inputs for 2 weights"):
        neuron([1.0, 2.0, 3.0])


def test_a_network_without_layers_is_refused() -> None:
    with pytest.raises(ValueError, match="outputs is empty"):
        MLP(2, [], Value.tanh, Random(0))


def test_descent_with_a_tanh_network_learns_exclusive_or() -> None:
    mlp = MLP(2, [4, 1], Value.tanh, Random(1))
    examples = [((0, 0), -1), ((0, 1), 1), ((1, 0), 1), ((1, 1), -1)]

    for _ in range(500):
        loss = sum(((mlp(inputs)[0] - wanted) ** 2 for inputs, wanted in examples), Value(0.0))
        mlp.zero_grad()
        loss.backward()
        for parameter in mlp.parameters():
            parameter.data -= 0.05 * parameter.grad

    assert [round(mlp(inputs)[0].data, 3) for inputs, _ in examples] == [-1.0, 1.0, 1.0, -1.0]
