"""A Report as JSON text, and back."""

import json
from typing import Any

from grader.reports.report import (
    SCHEMA,
    CheckResult,
    Counterexample,
    Diagnosis,
    Frame,
    HandedIn,
    HeldValue,
    LossCurve,
    LossPoint,
    Node,
    Outcome,
    Plane,
    Report,
    Share,
    SourceLine,
    Spot,
    TrackReport,
    WrongNode,
)
from grader.reports.typed_fields import misfit


def to_json(report: Report | TrackReport) -> str:
    """Return the report as JSON text, version 1, ending in a newline."""
    return json.dumps(plain(report), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def plain(result: Any) -> Any:
    """Return a result with its parts as dicts and lists, fields in their order."""
    if hasattr(result, "_fields"):
        return {name: plain(getattr(result, name)) for name in result._fields}
    return [plain(item) for item in result] if isinstance(result, tuple) else result


def report_from(fields: Any) -> Report:
    """Return the Report that `plain` took apart.

    Raises:
        ValueError: it is not a report of version 1.
        Contradiction: its parts contradict one another.
    """
    if not isinstance(fields, dict) or fields.get("schema") != SCHEMA:
        raise ValueError(f"not a {SCHEMA}")
    try:
        report = _report_from(fields)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a {SCHEMA}: {error}") from error
    if wrong := misfit(report, Report, "the report"):
        raise ValueError(f"not a {SCHEMA}: {wrong}")
    return report


def _report_from(fields: dict[str, Any]) -> Report:
    parts = {
        "submission": HandedIn(**fields["submission"]),
        "checks": tuple(_check_from(check) for check in fields["checks"]),
        "notes": tuple(fields["notes"]),
        "oracles": tuple(fields["oracles"]),
        "by_hand": fields["by_hand"],
    }
    return Report(**{**fields, **parts})


def _check_from(fields: dict[str, Any]) -> CheckResult:
    example, diagnosis = fields["counterexample"], fields["diagnosis"]
    wrong = fields["first_wrong_node"]
    if example and example["where"]:
        example = {**example, "where": SourceLine(**example["where"])}
    parts = {
        "outcome": Outcome(fields["outcome"]),
        "counterexample": Counterexample(**example) if example else None,
        "diagnosis": _diagnosis_from(diagnosis) if diagnosis else None,
        "first_wrong_node": _wrong_node_from(wrong) if wrong else None,
        "training": _curve_from(fields["training"]) if fields["training"] else None,
        "further": tuple(map(_diagnosis_from, fields["further"])),
    }
    return CheckResult(**{**fields, **parts})


def _diagnosis_from(fields: dict[str, Any]) -> Diagnosis:
    where = fields.get("where")
    return Diagnosis(**{**fields, "where": SourceLine(**where) if where else None})


def _wrong_node_from(fields: dict[str, Any]) -> WrongNode:
    where = fields["where"]
    parts = {
        "shares": tuple(Share(**share) for share in fields["shares"]),
        "nodes": tuple(map(_node_from, fields["nodes"])),
        "where": Frame(**{**where, "lines": tuple(where["lines"])}) if where else None,
    }
    return WrongNode(**{**fields, **parts})


def _node_from(fields: dict[str, Any]) -> Node:
    parts = {
        "operands": tuple(fields["operands"]),
        "data": HeldValue(**fields["data"]),
        "grad": HeldValue(**fields["grad"]) if fields["grad"] else None,
    }
    return Node(**{**fields, **parts})


def _curve_from(fields: dict[str, Any]) -> LossCurve:
    plane = fields["plane"]
    parts = {
        "points": tuple(LossPoint(**point) for point in fields["points"]),
        "plane": _plane_from(plane) if plane else None,
    }
    return LossCurve(**{**fields, **parts})


def _plane_from(fields: dict[str, Any]) -> Plane:
    ways = ("expected", "got", "minimisers")
    parts = {way: tuple(Spot(**spot) for spot in fields[way]) for way in ways}
    return Plane(**{**fields, **parts, "names": tuple(fields["names"])})
