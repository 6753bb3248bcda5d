from grader.reports.vendors import autolab
from tests.reports.sample import FAILED, PASSED, TRACKS, report
from tests.reports.vendor_rules import SETTING, autolab_of


def test_the_last_line_is_the_scores_and_the_report_stands_above() -> None:
    text = autolab.render(report(PASSED, FAILED), SETTING)

    assert text.endswith('\n{"scores": {"ex9": 1}}\n')
    assert "print(b.grad)        # expected -1.0, yours prints 1.0" in text


def test_every_exercise_of_a_track_is_a_problem() -> None:
    scores = autolab_of(TRACKS["some wrong"])["scores"]

    assert scores == {"ex1": 2, "ex2": 1, "ex3": 0, "ex4": 2}
