"""The lines of a training loop are told apart by what they do."""

from tests.feedback.repair.rules.loops.loop import LOOP, lines_of


def test_passes_zeroings_and_steps_are_found() -> None:
    lines = lines_of(LOOP)

    assert lines is not None
    assert [one.lineno for one in lines.passes] == [10]
    assert sorted(one.lineno for one in lines.zeroings) == [8, 9]
    assert sorted(one.owner for one in lines.steps) == ["b", "w"]
    assert lines.zeroing_text() == "        w.grad = 0.0\n        b.grad = 0.0\n"
    assert [lines.piece.of(one) for one in lines.counts()] == ["100"]
    assert lines.assigned_names()[0] == "loss"


def test_a_count_may_have_a_name_and_a_loop_a_function() -> None:
    source = (
        "epochs = 50\n"
        "def train(w):\n"
        "    step = 0\n"
        "    while step < epochs:\n"
        "        loss = w * w\n"
        "        loss.backward()\n"
        "        w.data = w.data - 0.1 * w.grad\n"
        "        step += 1\n"
    )

    lines = lines_of(source)

    assert lines is not None
    assert lines.function == "train"
    assert [lines.piece.of(one) for one in lines.counts()] == ["50"] or [
        lines.piece.of(one) for one in lines.counts()
    ] == ["50", "0"]
    assert [one.owner for one in lines.steps] == ["w"]


def test_a_line_outside_of_any_loop_has_none() -> None:
    assert lines_of("loss.backward()\n") is None
