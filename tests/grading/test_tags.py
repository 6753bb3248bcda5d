"""A cell that carries an exercise's tag is where that exercise is looked for first."""

import json
from pathlib import Path

from grader.cli.main import run
from grader.grading.one_submission import grade_exercise
from grader.grading.request import GradeRequest


def test_a_wrong_training_in_the_tagged_cell_is_the_one_that_is_told(
    tmp_path: Path, capsys: object
) -> None:
    file = tmp_path / "value.ipynb"
    assert run(["start", "ex11", "--notebook", "-o", str(file)]) == 0
    notebook = json.loads(file.read_text(encoding="utf-8"))
    loop = (
        "for _ in range({steps}):\n"
        "    loss = (x * w + b - y) ** 2\n"
        "    w.grad = b.grad = 0.0\n"
        "    loss.backward()\n"
        "    w.data -= {rate} * w.grad\n"
        "    b.data -= {rate} * b.grad\n"
    )
    start = "w = Value(0.0)\nb = Value(0.0)\n"
    tagged = notebook["cells"][-1]
    tagged["source"] = start + loop.format(steps=3, rate=0.2)
    elsewhere = {
        **tagged,
        "id": "other",
        "metadata": {},
        "source": start + loop.format(steps=90, rate=0.1),
    }
    notebook["cells"].append(elsewhere)
    file.write_text(json.dumps(notebook), encoding="utf-8")

    report = grade_exercise(GradeRequest("ex11", str(file)), None).report

    *_, check = report.checks
    assert "a rate of 0.2" in check.message
    assert "3 steps were made, 100 were asked" in check.message
