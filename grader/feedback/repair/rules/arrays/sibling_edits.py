"""Edits by which a class does what the classes beside it do: a line that they all have."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from grader.feedback.repair.edit import CandidateEdit
from grader.feedback.repair.outline import FunctionNode, nodes_in
from grader.feedback.repair.rules.arrays.operation_class import OperationClass


class SiblingEdits:
    """The edits of one class of an operation, by the others of a source."""

    def __init__(self, own: OperationClass, others: Sequence[OperationClass]) -> None:
        self._own = own
        self._others = others
        self._piece = own.piece

    def candidates(self) -> Iterator[CandidateEdit]:
        """Give them."""
        for method in (self._own.forward, self._own.backward):
            if method is not None and method.body[0].lineno > method.lineno:
                yield from self._lines(method)
                yield from self._keywords(method)

    def _lines(self, method: FunctionNode) -> Iterator[CandidateEdit]:
        """Give the edits that add a line which others have, first or last, or before the result."""
        present = {_bare(self._piece.lines_of(one)) for one in method.body}
        body, indent = _without_text(method), self._piece.indent_of(method.body[-1])
        for (text, is_first), often in self._of_others(method).most_common():
            if _bare(text) in present:
                continue
            lines = "".join(f"{indent}{line}\n" for line in text.split("\n"))
            weight = 2.2 if often > 1 else 3.0
            last = body[-1]
            for one in body:
                if _head(self._piece.lines_of(one)) == _head(text):
                    instead = self._piece.replacing_lines(one, one, lines)
                    yield CandidateEdit("line of its siblings", (instead,), method.name, weight)
            if is_first or isinstance(last, ast.Return):
                before = body[0] if is_first else last
                edit = self._piece.inserting_before(before, lines)
            else:
                edit = self._piece.inserting_after(last, lines)
            yield CandidateEdit("line of its siblings", (edit,), method.name, weight)

    def _of_others(self, method: FunctionNode) -> Counter[tuple[str, bool]]:
        """Return the lines of the same method elsewhere, in own names, and which come first."""
        found: Counter[tuple[str, bool]] = Counter()
        for other in self._others:
            theirs = other.forward if method is self._own.forward else other.backward
            if theirs is None or theirs.name != method.name:
                continue
            body = _without_text(theirs)
            for at, node in enumerate(body):
                if isinstance(node, (ast.Return, ast.Pass)) or not other.piece.is_alone(node):
                    continue
                indent = other.piece.indent_of(node)
                lines = other.piece.lines_of(node).rstrip("\n").split("\n")
                text = "\n".join(line.removeprefix(indent) for line in lines)
                for way in self._renamed(text, other):
                    found[way, at == 0] += 1
        return found

    def _renamed(self, text: str, other: OperationClass) -> list[str]:
        """Return a line of another class in the names of this one; without operands it has not."""
        theirs, ours = other.parameters, self._own.parameters
        names = dict(zip(theirs, ours, strict=False))
        left_out = theirs[len(ours) :]
        known = [text] if not any(re.search(rf"\b{name}\b", text) for name in left_out) else []
        for name in left_out:
            known = known or [re.sub(rf",\s*{name}\b", "", text)]
        ways = [_with_names(one, names) for one in known]
        if len(ours) > 1:  # a second one may be a plain number
            ways += [re.sub(rf",\s*{ours[1]}\b", "", way) for way in ways if "super()" in way]
        return list(dict.fromkeys(ways))

    def _keywords(self, method: FunctionNode) -> Iterator[CandidateEdit]:
        """Give the edits by which an option is given what others give for it."""
        local = [node.id for node in nodes_in(method) if isinstance(node, ast.Name)]
        for node in nodes_in(method):
            for keyword in node.keywords if isinstance(node, ast.Call) else ():
                own = self._piece.of(keyword.value)
                ways = list(self._given_elsewhere.get(keyword.arg or "", ()))
                for way in dict.fromkeys(ways):
                    if way != own and (not way.isidentifier() or way in local):
                        edit = self._piece.replacing(keyword.value, way)
                        yield CandidateEdit("option", (edit,), method.name, 2)

    @cached_property
    def _given_elsewhere(self) -> Mapping[str, list[str]]:
        """Return what the other classes give for each option, in the names of this one."""
        found: dict[str, list[str]] = {}
        for other in self._others:
            for node in nodes_in(other.forward):
                is_set = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
                pairs = [(one.arg or "", one.value) for one in getattr(node, "keywords", ())]
                for name, value in pairs:
                    found.setdefault(name, []).extend(self._renamed(other.piece.of(value), other))
                if is_set and isinstance(node, ast.Assign) and isinstance(node.value, ast.BoolOp):
                    text = other.piece.of(node.value)
                    name = next(iter(_options_of(other, node)), "")
                    found.setdefault(name, []).extend(self._renamed(text, other))
        return found


def _options_of(other: OperationClass, node: ast.Assign) -> list[str]:
    """Return the options that are given the name which a statement sets."""
    target = node.targets[0]
    name = target.id if isinstance(target, ast.Name) else ""
    return [
        keyword.arg or ""
        for call in nodes_in(other.forward)
        for keyword in (call.keywords if isinstance(call, ast.Call) else ())
        if isinstance(keyword.value, ast.Name) and keyword.value.id == name
    ]


def _with_names(text: str, names: Mapping[str, str]) -> str:
    if not names:
        return text
    pattern = rf"(?<![.\w])({'|'.join(map(re.escape, names))})\b"
    return re.sub(pattern, lambda found: names[found.group(1)], text)


def _without_text(method: FunctionNode) -> list[ast.stmt]:
    first = method.body[0]
    documents = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return method.body[1:] if documents and len(method.body) > 1 else method.body


def _head(text: str) -> str:
    """Return what a line sets or calls."""
    return re.split(r"[=(]\s*(?!\))", _bare(text), maxsplit=1)[0]


def _bare(text: str) -> str:
    return "".join(text.split())
