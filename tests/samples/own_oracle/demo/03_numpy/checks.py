"""Asks for a loss and its gradient."""

import numpy as np

from grader import check


@check(points=1)
def loss_of_two_rows(cross_entropy):
    """The loss is the mean over the rows."""
    loss, slope = cross_entropy(np.array([[1.0, -2.0, 0.5], [0.0, 3.0, -1.0]]), np.array([2, 0]))
    return {"loss": loss}


@check(points=1)
def gradient_of_two_rows(cross_entropy):
    """The gradient has the shape of the scores."""
    loss, slope = cross_entropy(np.array([[1.0, -2.0, 0.5], [0.0, 3.0, -1.0]]), np.array([2, 0]))
    return {"slope": slope}
