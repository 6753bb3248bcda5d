"""Functions of several nodes: of two, of a list, and of a list and a label."""

from grader import Definition


def hypot(a, b):
    return (a * a + b * b).sqrt()


def torch_hypot(a, b):
    import torch

    return torch.hypot(a, b)


def shares(values):
    powers = [one.exp() for one in values]
    total = powers[0]
    for one in powers[1:]:
        total = total + one
    return [one / total for one in powers]


def torch_shares(values):
    import torch

    return torch.softmax(torch.stack(values), dim=0)


def surprise(values, label):
    return -shares(values)[label].log()


def torch_surprise(values, label):
    import torch

    return torch.nn.functional.cross_entropy(torch.stack(values), torch.tensor(label))


ORACLE = [
    Definition("hypot", plain=hypot, torch=torch_hypot, safe=lambda a, b: a * a + b * b > 0.1),
    Definition("shares", plain=shares, torch=torch_shares),
    Definition(
        "surprise",
        plain=surprise,
        torch=torch_surprise,
        safe=lambda values, label: max(values) - min(values) < 5,
    ),
]
