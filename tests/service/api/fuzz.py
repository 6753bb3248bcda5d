"""Schemathesis asks the API whatever its description allows: `python -m tests.service.api.fuzz`.

It needs `pip install schemathesis`, which is in no extra: it is large, and this is run by hand.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.service.running import site

EXAMPLES = 50
CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_schema_conformance")  # fmt: skip


def main(examples: int) -> int:
    """Ask as each of some people; return the exit status of the worst."""
    worst = 0
    with TemporaryDirectory() as folder, site(Path(folder)) as served, served.listening() as url:
        served.hand_in("ada")
        for word, scopes in (("ada", ("read", "submit")), ("ida", ("read", "submit", "grade"))):
            header = served.token(word, *scopes)["authorization"]
            print(f"as {word}", flush=True)
            worst = max(worst, _asked(url, header, examples))
    return worst


def _asked(url: str, header: str, examples: int) -> int:
    program = str(Path(sys.executable).with_name("schemathesis"))
    words = [program, "run", f"{url}/v1/openapi.json", "-H", f"Authorization: {header}"]
    options = ["-c", ",".join(CHECKS), "-n", str(examples), "--exclude-path-regex", "/events$"]
    return subprocess.run([*words, *options], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else EXAMPLES))
