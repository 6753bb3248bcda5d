"""What stands for a switch of the engine, for chance, and for the slope of a slope."""

from grader import Definition, Value


def detach(value):
    return Value(value.data)


def product_without_graph(a, b):
    return Value(a.data * b.data)


def dropout(values, mask, p):
    return [one * kept / (1 - p) for one, kept in zip(values, mask, strict=True)]


def torch_dropout(values, mask, p):
    import torch

    return torch.stack(values) * torch.tensor(mask) / (1 - p)


def second_slope(x):
    return 6 * x


def torch_second_slope(x):
    import torch

    place = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(place**3, place, create_graph=True)
    return torch.autograd.grad(slope, place)[0]


ORACLE = [
    Definition("detach", plain=detach, torch=lambda value: value.detach()),
    Definition(
        "product_without_graph",
        plain=product_without_graph,
        torch=lambda a, b: (a * b).detach(),
    ),
    Definition("dropout", plain=dropout, torch=torch_dropout),
    Definition("second_slope", plain=second_slope, torch=torch_second_slope),
]
