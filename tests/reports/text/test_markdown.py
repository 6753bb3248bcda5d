import pytest
from syrupy.assertion import SnapshotAssertion

from grader.reports.report import LossCurve, LossPoint, Plane, Report, Spot
from grader.reports.text.markdown import render, render_track
from tests.reports.hostile import COMMONMARK
from tests.reports.sample import FAILED, PASSED, SHAPES, STOPPED, TRACKS, report

CURVE = LossCurve(
    points=(
        *(LossPoint(step, 1.0 / step, 1.0 / step) for step in range(1, 6)),
        LossPoint(6, 0.16, 0.25),
        LossPoint(7, 0.14, "inf"),
        LossPoint(8, 0.12, None),
        LossPoint(9, 0.11, None),
        LossPoint(100, 0.01, None),
    ),
    made=7,
    asked=100,
    differs_at=6,
    rate=0.1,
    implied_rate=-0.1,
    suggests="uphill",
    plane=Plane(("w", "b"), (Spot(0.0, 0.5),), (), (), "the loss is least at w = 1, b = 1"),
)


TRAINED = STOPPED._replace(message="step 6 goes uphill", training=CURVE)


STANDING_STILL = STOPPED._replace(
    id="still",
    message="the loss stays as it is",
    training=CURVE._replace(differs_at=None, implied_rate=None, plane=None),
)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_report_as_markdown(shape: str, snapshot: SnapshotAssertion) -> None:
    assert render(SHAPES[shape]) == snapshot


@pytest.mark.parametrize("track", TRACKS)
def test_a_track_as_markdown(track: str, snapshot: SnapshotAssertion) -> None:
    assert render_track(TRACKS[track]) == snapshot


def test_a_training_as_markdown(snapshot: SnapshotAssertion) -> None:
    assert render(report(TRAINED, STANDING_STILL)) == snapshot


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_every_table_is_one_and_every_block_ends(shape: Report) -> None:
    rendered = COMMONMARK.render(render(shape))

    assert "| --" not in rendered
    assert "```" not in rendered


def test_a_failure_that_several_checks_share_is_told_once() -> None:
    text = render(report(PASSED, STOPPED, STOPPED._replace(id="more"), FAILED))

    assert text.count("✗ no class named Value is defined") == 1


def test_a_long_answer_stands_below_the_program() -> None:
    assert FAILED.counterexample is not None
    example = FAILED.counterexample._replace(got="raises " + "Error " * 20)

    text = render(report(FAILED._replace(counterexample=example)))

    assert "print(b.grad)\n# expected -1.0\n# yours raises Error Error" in text
