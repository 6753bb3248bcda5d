"""Writes the JSON Schemas of reports from the types: `python -m tests.schema`.

`tests/cli/commands/test_grade.py` tells when it was forgotten.
"""

import json
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from grader.reports.report import SCHEMA, TRACK_SCHEMA, Outcome, Report, TrackReport
from tests.places import ROOT

FOLDER = ROOT / "grader" / "reports"
FILE = FOLDER / "report.schema.json"
TRACK_FILE = FOLDER / "track.schema.json"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a Report."""
    return _schema(Report, SCHEMA, "A report of grade, version 1")


def track_schema() -> dict[str, Any]:
    """Return the JSON Schema of a TrackReport."""
    return _schema(TrackReport, TRACK_SCHEMA, "A report of grade on a whole track, version 1")


def _schema(kind: Any, id_: str, title: str) -> dict[str, Any]:
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, "$id": id_, "title": title} | _of(kind)


def _of(kind: Any) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(arguments)} if len(arguments) > 1 else {"const": arguments[0]}
    if origin in (Union, UnionType):
        return {"anyOf": [_of(part) for part in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _of(arguments[0])}
    if hasattr(kind, "_fields"):
        return _object(kind)
    if kind is Outcome:
        return {"enum": [outcome.value for outcome in Outcome]}
    if isinstance(origin, type):
        return {"type": "object", "additionalProperties": _of(arguments[1])}
    names = {str: "string", float: "number", int: "integer", bool: "boolean", NoneType: "null"}
    return {"type": names[kind]}


def _object(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {name: _of(hints[name]) for name in kind._fields},
        "required": list(kind._fields),
        "additionalProperties": False,
    }


def main() -> None:
    """Write the schemas where they are committed."""
    for file, made in ((FILE, schema()), (TRACK_FILE, track_schema())):
        text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
