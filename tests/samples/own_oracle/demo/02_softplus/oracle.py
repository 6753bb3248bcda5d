"""softplus and a cross-entropy over a list of nodes."""

from grader import Definition


def softplus(x):
    return (1 + x.exp()).log()


def torch_softplus(x):
    from torch.nn.functional import softplus

    return softplus(x)


def cross_entropy(scores, label):
    total = scores[0].exp()
    for score in scores[1:]:
        total = total + score.exp()
    return total.log() - scores[label]


def torch_cross_entropy(scores, label):
    import torch

    return torch.nn.functional.cross_entropy(torch.stack(scores), torch.tensor(label))


ORACLE = [
    Definition("softplus", plain=softplus, torch=torch_softplus, safe=lambda x: abs(x) < 8),
    Definition("cross_entropy", plain=cross_entropy, torch=torch_cross_entropy),
]
