"""Where the tests find the project, and the submissions that many of them grade."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests" / "samples"
