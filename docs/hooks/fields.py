"""Writes the fields of a JSON schema as a table, where a page says `{{ fields: FILE }}`."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PLACE = re.compile(r"^\{\{ fields: (?P<file>\S+) \}\}$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with its tables; mkdocs calls this."""
    return PLACE.sub(lambda found: tables(ROOT / found["file"]), markdown)


def tables(file: Path) -> str:
    """Return a table for the schema, and one for each object within it."""
    return "\n\n".join(_tables(json.loads(file.read_text(encoding="utf-8")), ""))


def _tables(schema: dict[str, Any], path: str) -> Iterator[str]:
    about = schema.get("description", "")
    heading = f"### `{path}`\n\n" if path else ""
    rows = "\n".join(
        f"| `{name}` | {_word(one)} | {_inner(one).get('description', '')} |"
        for name, one in schema["properties"].items()
    )
    yield f"{heading}{about}\n\n| field | holds | |\n|---|---|---|\n{rows}"
    for name, one in schema["properties"].items():
        inner = _inner(one)
        if "properties" in inner:
            within = f"{path}.{name}".lstrip(".") + ("[]" if _is_list(one) else "")
            yield from _tables(inner, within)


def _choices(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return next((schema[key] for key in ("anyOf", "oneOf") if key in schema), [schema])


def _is_list(schema: dict[str, Any]) -> bool:
    return any(one.get("type") == "array" for one in _choices(schema))


def _inner(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the object that a field holds, or a list of it; else the field itself."""
    for one in _choices(schema):
        held = one.get("items", {}) if one.get("type") == "array" else one
        if "properties" in held:
            return dict(held)
    return schema


def _word(schema: dict[str, Any]) -> str:
    """Return in words what a schema allows."""
    choices = _choices(schema)
    if len(choices) > 1:
        return " or ".join(dict.fromkeys(map(_word, choices)))
    (one,) = choices
    if "const" in one:
        return f"`{json.dumps(one['const'])}`"
    if "enum" in one:
        return " or ".join(f"`{json.dumps(value)}`" for value in one["enum"])
    kind = one.get("type", "anything")
    if kind == "array":
        return f"list of {_word(one.get('items', {}))}"
    if kind == "object" and isinstance(one.get("additionalProperties"), dict):
        return f"object of {_word(one['additionalProperties'])}"
    return str(kind)
