"""Says in one line how a submission has what was asked, where that is otherwise than usual."""

from collections.abc import Iterable, Mapping

from grader.engines.observation import HALF, SINGLE, Observation

FIRST = ("make", "data", "grad", "backward")
NOUNS = {"make": "nodes", "data": "the number", "grad": "the gradient", "backward": "the pass back"}
SIGNS = {
    "none": "a gradient of None is read as 0",
    "array": "an array of one number is read as that number",
}
PRECISIONS = {
    SINGLE: "numbers in single precision (float32), compared as closely as that allows",
    HALF: "numbers in half precision (float16), whose three digits do not tell right from wrong",
}


def note_on_form(observations: Iterable[Observation]) -> str:
    """Return the line, "" where everything is as usual.

    Args:
        observations: all that the engine answered.
    """
    members: dict[str, str] = {}
    precisions: set[str] = set()
    for one in observations:
        members.update(one.members)
        precisions.add(one.precision)
    told = [*_members_told(members), *(says for key, says in SIGNS.items() if key in members)]
    told += [says for key, says in PRECISIONS.items() if key in precisions]
    return f"found as you have it: {'; '.join(told)}" if told else ""


def _members_told(members: Mapping[str, str]) -> list[str]:
    known = [name for name in FIRST if name in members]
    others = [name for name in members if name not in (*FIRST, *SIGNS) and " " not in name]
    return [f"{NOUNS.get(name, name)} `{_code(name, members[name])}`" for name in (*known, *others)]


def _code(name: str, how: str) -> str:
    """Return the code as a student would write it for a node a, or for a loss."""
    if name == "make":
        return how.replace("float({})", "2.0").replace("{}", "2.0")
    code = how.replace("{}", "loss" if name == "backward" else "a")
    return code if name in FIRST[:3] or "(" in code else f"{code}()"
