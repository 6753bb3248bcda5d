from grader.reports import autolab
from tests.reports.sample import FAILED, PASSED, TRACKS, report
from tests.reports.vendors import SETTING, autolab_of


def test_the_last_line_is_the_scores_and_the_report_stands_above() -> None:
    text = autolab.render(report(PASSED, FAILED), SETTING)

    assert text.endswith('\n{"scores": {"my475/ex9": 1}}\n')
    assert "print(b.grad)        # expected -1.0, yours prints 1.0" in text


def test_every_exercise_of_a_track_is_a_problem() -> None:
    scores = autolab_of(TRACKS["some wrong"])["scores"]

    assert scores == {"my475/ex1": 2, "my475/ex2": 1, "my475/ex3": 0, "my475/ex4": 2}
