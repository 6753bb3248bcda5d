"""Classes that nothing of what fails leads to are looked at last."""

from grader.feedback.repair.candidates import Suspicion, candidates
from tests.feedback.repair.rules.arrays.array_engine import ENGINE


def test_what_is_not_asked_for_is_tried_after_what_is() -> None:
    asked = Suspicion(frozenset({"Tensor", "Exp", "forward", "backward"}))

    tried = candidates((ENGINE,), asked)

    starts = [ENGINE.index(f"class {name}") for name in ("MatMul", "Exp", "Mean")]
    in_matmul = [one.weight for one in tried if starts[0] <= min(one.edits).start < starts[1]]
    in_exp = [one.weight for one in tried if starts[1] <= min(one.edits).start < starts[2]]
    assert min(in_exp) + 2 < min(in_matmul)
