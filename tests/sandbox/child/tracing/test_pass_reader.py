"""Which leaves are read around a pass, and under which number."""

from tests.sandbox.child.tracing.scripts import trainings


def test_leaves_beyond_a_bound_are_not_read() -> None:
    code = "total = Value(0.0)\nfor n in range(900):\n    total = total + Value(1.0 * n)\n"
    loops = "for _ in range(3):\n    total.backward()\n"

    passes = trainings("import sys\nsys.setrecursionlimit(9000)\n" + code + loops)[0].passes

    assert [len(done.leaves) for done in passes] == [256, 256, 256]


def test_a_leaf_keeps_its_number_from_pass_to_pass_and_a_new_one_gets_the_next() -> None:
    code = """
    w = Value(3.0)
    for number in (1.0, 2.0):
        (w * Value(number)).backward()
    """

    first, second = trainings(code)[0].passes

    numbers = [{leaf.data.value: leaf.id for leaf in done.leaves} for done in (first, second)]
    assert numbers[0][3.0] == numbers[1][3.0]
    assert numbers[1][2.0] == max(numbers[0].values()) + 1


def test_a_leaf_is_read_with_its_uses_and_its_gradient_before_and_after() -> None:
    (training,) = trainings("w = Value(3.0)\nw.grad = 0.5\n(w * w).backward()\n")

    (leaf,) = training.passes[0].leaves
    assert (leaf.uses, leaf.data.value, leaf.before.value, leaf.after.value) == (1, 3.0, 0.5, 6.5)
