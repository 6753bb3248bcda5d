"""The cross-entropy of rows of scores, and its gradient."""

import numpy as np

from grader import Definition


def cross_entropy(scores, labels):
    totals = np.log(np.exp(scores).sum(axis=1))
    loss = np.mean([total - row[at] for total, row, at in zip(totals, scores, labels)])
    slope = np.exp(scores - totals[:, None]) - np.eye(scores.shape[1])[labels]
    return loss, slope / len(scores)


def torch_cross_entropy(scores, labels):
    import torch

    scores.requires_grad_()
    loss = torch.nn.functional.cross_entropy(scores, labels)
    (slope,) = torch.autograd.grad(loss, scores)
    return loss.detach(), slope


ORACLE = [Definition("cross_entropy", plain=cross_entropy, torch=torch_cross_entropy)]
