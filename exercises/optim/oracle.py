"""Optimizers, rates and clipping, by their formulas and by torch."""

from math import cos, pi, sqrt

from grader import Definition


class SGD:
    """Moves parameters by torch's rule: v = momentum · v + g, p = p - lr · v."""

    def __init__(self, parameters, lr, momentum=0.0):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.velocities = [0.0] * len(parameters)

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.0

    def step(self):
        pairs = zip(self.velocities, self.parameters, strict=True)
        self.velocities = [self.momentum * one + parameter.grad for one, parameter in pairs]
        for velocity, parameter in zip(self.velocities, self.parameters, strict=True):
            parameter.data -= self.lr * velocity


def torch_sgd(parameters, lr, momentum=0.0):
    from torch.optim import SGD

    return SGD(parameters, lr=lr, momentum=momentum)


class Adam:
    """Moves parameters by the rule of D. P. Kingma and J. Ba, 2014, algorithm 1."""

    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.moments = [(0.0, 0.0)] * len(parameters)
        self.steps = 0

    def zero_grad(self):
        for parameter in self.parameters:
            parameter.grad = 0.0

    def step(self):
        self.steps += 1
        (one, two), before = self.betas, self.moments
        self.moments = []
        for parameter, (last_mean, last_square) in zip(self.parameters, before, strict=True):
            mean = one * last_mean + (1 - one) * parameter.grad
            square = two * last_square + (1 - two) * parameter.grad**2
            self.moments.append((mean, square))
            root = sqrt(square / (1 - two**self.steps))
            parameter.data -= self.lr * mean / (1 - one**self.steps) / (root + self.eps)


def torch_adam(parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    from torch.optim import Adam

    return Adam(parameters, lr=lr, betas=betas, eps=eps)


def in_stairs(base, made, every, factor):
    return base * factor ** (made // every)


def along_cosine(base, made, steps):
    return base * (1 + cos(pi * made / steps)) / 2


def torch_in_stairs(base, made, every, factor):
    from torch.optim.lr_scheduler import StepLR

    return _torch_rate(base, made, lambda optimizer: StepLR(optimizer, every, factor))


def torch_along_cosine(base, made, steps):
    from torch.optim.lr_scheduler import CosineAnnealingLR

    return _torch_rate(base, made, lambda optimizer: CosineAnnealingLR(optimizer, steps))


def _torch_rate(base, made, schedule):
    import torch

    optimizer = torch.optim.SGD([torch.zeros(1, dtype=torch.float64)], lr=base)
    scheduler = schedule(optimizer)
    for _ in range(made):
        optimizer.step()
        scheduler.step()
    return scheduler.get_last_lr()[0]


def clip_length(parameters, most):
    length = sqrt(sum(parameter.grad**2 for parameter in parameters))
    if length > most:
        for parameter in parameters:
            parameter.grad *= most / length
    return length


def torch_clip_length(parameters, most):
    import torch

    length = torch.linalg.vector_norm(torch.stack([one.grad for one in parameters]))
    for parameter in parameters:
        parameter.grad *= min(1.0, most / length.item())
    return length.item()


def clip_size(parameters, most):
    for parameter in parameters:
        parameter.grad = max(-most, min(most, parameter.grad))


def torch_clip_size(parameters, most):
    import torch

    torch.nn.utils.clip_grad_value_(parameters, most)


ORACLE = [
    Definition("SGD", plain=SGD, torch=torch_sgd),
    Definition("Adam", plain=Adam, torch=torch_adam),
    Definition("in_stairs", plain=in_stairs, torch=torch_in_stairs),
    Definition("along_cosine", plain=along_cosine, torch=torch_along_cosine),
    Definition("clip_length", plain=clip_length, torch=torch_clip_length),
    Definition("clip_size", plain=clip_size, torch=torch_clip_size),
]
