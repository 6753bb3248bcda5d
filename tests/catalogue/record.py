"""Records torch's answers to every exercise's own Programs: `python -m tests.catalogue.record`.

Run it after a check has changed; `test_oracles.py` tells when it was forgotten.
"""

from grader import catalogue
from grader.grade import questions
from grader.oracles.pytorch import Torch
from grader.oracles.recorded import written


def main() -> None:
    """Write `torch.json` beside every exercise."""
    oracle = Torch()
    for entry in catalogue.entries():
        programs = questions(catalogue.load(entry)).values()
        (entry.folder / "torch.json").write_text(written(oracle, programs), encoding="utf-8")
        print(f"{entry.path}: {len(programs)} answers of {oracle.label}")


if __name__ == "__main__":
    main()
