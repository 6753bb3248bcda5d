"""A command line in a process of its own, for commands that start helpers which end with it."""

import os
import subprocess
import sys


def typed(*words: str) -> "subprocess.CompletedProcess[str]":
    """Run `grade WORDS`, and return its status and what it wrote."""
    command = [sys.executable, "-m", "grader", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def begun(*words: str, **environment: str) -> "subprocess.Popen[str]":
    """Let `grade WORDS` begin, and return its process; what it writes can be read."""
    command, pipe = [sys.executable, "-m", "grader", *words], subprocess.PIPE
    around = {**os.environ, **environment}
    return subprocess.Popen(command, env=around, stdout=pipe, stderr=pipe, text=True)
