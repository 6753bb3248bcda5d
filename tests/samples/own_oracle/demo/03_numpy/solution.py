import numpy as np


def cross_entropy(scores, labels):
    scores = scores - scores.max(axis=1, keepdims=True)
    powers = np.exp(scores)
    shares = powers / powers.sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    loss = -np.log(shares[rows, labels]).mean()
    slope = shares.copy()
    slope[rows, labels] -= 1
    return loss, slope / len(labels)
