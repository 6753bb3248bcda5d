"""A probed Program does all that it did, and then reads every node."""

from grader.engines.probes import probe
from grader.engines.program import Keyword, ObservedStep, Program, Ref, Step

A = Step("make", "Value", (2.0,))
B = Step("make", "Value", (3.0,))
SUM = Step("operate", "add", (Ref(0), Ref(1)))
BACKWARD = Step("call", "backward", (Ref(2),))
READ = Step("read", "data", (Ref(2),))


def reads(program: Program, first: int) -> list[tuple[str, int]]:
    return [(step.name, step.refs()[0]) for step in program.steps[first:]]


def test_the_program_s_own_steps_and_looks_stand_first() -> None:
    program = Program((A, B, SUM, READ), (ObservedStep("c.data", 3),), {2: "c"})

    probed = probe(program).program

    assert probed.steps[:4] == program.steps
    assert probed.observed[:1] == program.observed
    assert probed.names == {2: "c"}


def test_every_value_is_read_and_no_gradient_where_none_is_sent() -> None:
    probed = probe(Program((A, B, SUM), ()))

    assert reads(probed.program, 3) == [("data", 0), ("data", 1), ("data", 2)]
    assert (probed.data, probed.gradients) == ({0: 3, 1: 4, 2: 5}, {})


def test_after_a_pass_the_gradients_of_leaves_are_read_and_on_request_all() -> None:
    program = Program((A, B, SUM, BACKWARD), ())

    assert probe(program).gradients == {0: 7, 1: 8}
    assert probe(program, inner=True).gradients == {0: 7, 1: 8, 2: 9}


def test_where_gradients_are_required_only_what_comes_from_there_has_one() -> None:
    leaf = Step("make", "Tensor", (2.0, Keyword("requires_grad", True)))
    other = Step("make", "Tensor", (3.0,))
    program = Program((other, leaf, Step("operate", "add", (Ref(1), Ref(1))), BACKWARD), ())

    assert set(probe(program, inner=True).gradients) == {1, 2}


def test_every_read_is_looked_at() -> None:
    probed = probe(Program((A, B, SUM, BACKWARD), ()))

    looked_at = {look.at for look in probed.program.observed}
    assert looked_at == {*probed.data.values(), *probed.gradients.values()}
