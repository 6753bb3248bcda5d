import pytest
from syrupy.assertion import SnapshotAssertion

from grader.reports.report import LossCurve, LossPoint, Plane, Report, Spot
from grader.reports.text.markdown import render, render_track
from grader.reports.text.markdown_escape import block, cell, code, prose
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


PROSE = [
    ("b.grad is 1.0, expected -1.0", "b.grad is 1.0, expected -1.0"),
    ("`a - b` is [1.0, 2.0]", "`a - b` is \\[1.0, 2.0]"),
    ("raises <b> & a&amp; c", "raises \\<b> & a\\&amp; c"),
    ("in self._backward, twice", "in `self._backward`, twice"),
    ("(see https://evil.example).", "(see `https://evil.example`)."),
    ("@torvalds", "`@torvalds`"),
    ("- a", "`-` a"),
    ("12. a", "`12.` a"),
    ("> a", "\\> a"),
    ("a`b` `c`d", "a`b` `c`d"),
    ("`a``b`", "`ab`"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "written"), PROSE)
def test_a_word_that_could_come_alive_is_code_and_the_rest_is_as_it_was(
    text: str, written: str
) -> None:
    assert prose(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("|x| is a + b", "&#124;x&#124; is a + b"),
        ("a_b|c", "`a_b\\|c`"),
        ("a\\|b", "`a\\¦b`"),
    ],
)
def test_a_bar_ends_no_cell(text: str, written: str) -> None:
    assert cell(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), (" a ", "`  a  `"), ("", "")],
)
def test_code_is_fenced_by_more_backticks_than_it_has(text: str, written: str) -> None:
    assert code(text) == written


def test_so_many_backticks_that_github_sees_no_code_are_made_fewer() -> None:
    assert code("`" * 81) == f"{'`' * 21} {'`' * 20}… {'`' * 21}"


def test_a_block_is_fenced_by_more_backticks_than_it_has() -> None:
    assert block("a\n````\nb", "python") == "`````python\na\n````\nb\n`````"


def test_a_failure_that_several_checks_share_is_told_once() -> None:
    text = render(report(PASSED, STOPPED, STOPPED._replace(id="more"), FAILED))

    assert text.count("✗ no class named Value is defined") == 1


def test_a_long_answer_stands_below_the_program() -> None:
    assert FAILED.counterexample is not None
    example = FAILED.counterexample._replace(got="raises " + "Error " * 20)

    text = render(report(FAILED._replace(counterexample=example)))

    assert "print(b.grad)\n# expected -1.0\n# yours raises Error Error" in text
