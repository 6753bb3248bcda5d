"""Writes the JSON Schema of a report from the types: `python -m tests.schema`.

`tests/test_results_schema.py` tells when it was forgotten.
"""

import json
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from grader.results import Outcome, Report

FILE = Path(__file__).parent.parent / "grader" / "reports" / "report.schema.json"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a Report, draft 2020-12."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "grade/report/1",
        "title": "A report of grade, version 1",
    }
    return head | _of(Report)


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
    """Write the schema where it is committed."""
    FILE.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
