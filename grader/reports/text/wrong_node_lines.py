"""The first wrong node as lines of text: the way to it, what should have arrived, whose lines."""

from collections.abc import Iterator

from grader.reports.report import Frame, HeldValue, Node, Shown, WrongNode

BEFORE, AFTER, OF_FUNCTION = 3, 2, 6  # lines around the one to look at; of a whole function


def way_to(wrong: WrongNode, width: int) -> str:
    """Return the nodes that are right until the wrong one, on one line.

    Args:
        wrong: the first wrong node.
        width: of the line; what is farthest away is left out first.
    """
    last = f"{wrong.name}.{wrong.field} {short(wrong.expected)} ≠ {short(wrong.got)}"
    made = f", made by {wrong.made_by}" if wrong.made_by else ""
    last = f"{last}   ← first wrong node{made}"
    nodes = wrong.nodes if wrong.field == "data" else wrong.nodes[::-1]
    right = [text for node in nodes for text in _right(node, wrong)]
    while right and len("    ".join([*right, last])) > width:
        right = ["…", *right[2:]] if right[0] == "…" and len(right) > 1 else ["…", *right[1:]]
        if right == ["…"]:
            break
    return "    ".join([*right, last])


def frame_lines(frame: Frame) -> Iterator[str]:
    """Yield the place of a frame, and its lines around the one to look at."""
    inside = f"  in {frame.function}" if frame.function not in ("", "<module>") else ""
    yield f"{frame.file}:{frame.marked}{inside}"
    after = OF_FUNCTION if frame.marked == frame.start else AFTER
    for number, text in enumerate(frame.lines, start=frame.start):
        if -BEFORE <= number - frame.marked <= after:
            mark = ">" if number == frame.marked else " "
            yield f"{mark} {number} | {text}"


def short(value: Shown) -> str:
    """Return a number in at most six digits."""
    return value if isinstance(value, str) else f"{value:g}"


def _right(node: Node, wrong: WrongNode) -> Iterator[str]:
    held = node.data if wrong.field == "data" else node.grad
    if node.state == "right" and isinstance(held, HeldValue):
        yield f"{node.name}.{wrong.field} {short(held.expected)} ✓"
