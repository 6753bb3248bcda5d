"""A command line in a process of its own, for commands that start helpers which end with it."""

import subprocess
import sys


def typed(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run `grade WORDS`, and return its status and what it wrote."""
    command = [sys.executable, "-m", "grader", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)
