"""Records torch's answers to every exercise of ours: `python -m tests.exercises.shipped.record`.

Run it after a check has changed; `test_oracles.py` tells when it was forgotten.
"""

from grader.exercises import catalogue
from grader.grading.verification.prove import record


def main() -> None:
    """Write `torch.json` beside every exercise."""
    for entry in catalogue.entries():
        print(f"{entry.path}: {record(entry)}")


if __name__ == "__main__":
    main()
