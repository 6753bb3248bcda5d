"""Adam, by its paper and by torch."""

from math import sqrt

from grader import Definition


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
        for parameter, (mean, square) in zip(self.parameters, before, strict=True):
            mean = one * mean + (1 - one) * parameter.grad
            square = two * square + (1 - two) * parameter.grad**2
            self.moments.append((mean, square))
            root = sqrt(square / (1 - two**self.steps))
            parameter.data -= self.lr * mean / (1 - one**self.steps) / (root + self.eps)


def torch_adam(parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    from torch.optim import Adam

    return Adam(parameters, lr=lr, betas=betas, eps=eps)


ORACLE = [Definition("Adam", plain=Adam, torch=torch_adam)]
