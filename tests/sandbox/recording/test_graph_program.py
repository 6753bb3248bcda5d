"""A graph of a recorded run can be asked of any engine."""

from grader.engines.oracles.textbook import Textbook
from tests.sandbox.recording.recorded import Recorded

CODE = """
w, b = Value(0.5), Value(-0.25)
{loss}
loss.backward()
"""


def program_of(loss: str) -> object:
    (training,) = Recorded(CODE.format(loss=loss)).record.passes.trainings
    return training.graph


def test_it_computes_the_loss_and_the_gradients_again() -> None:
    loss = "loss = (2 - (w * 3.0 + b).tanh() / b) ** 2 - abs(w)"
    recorded = Recorded(CODE.format(loss=loss))
    (training,) = recorded.record.passes.trainings
    assert training.graph is not None

    program = training.graph.program
    answers = Textbook().answer(program).answers
    want = [
        training.passes[0].loss,
        *(row.after for row in training.passes[0].rows if row.node < 3),
    ]
    got = [answers[look.at].value for look in program.observed]

    assert sorted(map(repr, got)) == sorted(map(repr, want))


def test_the_submission_s_own_operations_cannot_be_asked() -> None:
    loss = "loss = Value(w.data * 2, (w,))\nloss._backward = lambda: None"

    assert program_of(loss) is None


def test_of_a_large_sum_one_term_is_asked() -> None:
    recorded = Recorded(CODE.format(loss="loss = sum((w * x + b) ** 2 for x in range(100))"))
    (training,) = recorded.record.passes.trainings
    assert training.graph is not None

    assert len(training.graph.program.steps) < 12


def test_it_looks_at_what_moves_and_at_all_where_nothing_does() -> None:
    recorded = Recorded(CODE.format(loss="loss = (w * Value(3.0) + b) ** 2"))
    (training,) = recorded.record.passes.trainings
    assert training.graph is not None
    leaves = training.graph.leaves

    some = training.graph.looking_at({1, 2})

    assert sorted(leaves.values()) == [1, 2, 3]
    assert [leaves.get(look.at) for look in some.observed if look.at in leaves] == [2, 1]
    assert some.observed[0].label == "the loss"
    assert training.graph.looking_at(set()) == training.graph.program
