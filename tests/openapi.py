"""Writes the description of the API where it is committed: `python -m tests.openapi`."""

import json

from grader.service.api.openapi import description
from grader.service.routes import API
from tests.places import ROOT

FILE = ROOT / "docs" / "reference" / "openapi.json"


def text() -> str:
    """Return the description as it is committed."""
    return json.dumps(description(API), indent=2) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
