"""The lines of a training loop by what they do: passes, zeroings, steps."""

import ast
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from grader.engines.syntax import parse
from grader.feedback.repair.edit import TextEdit
from grader.feedback.repair.outline import PieceText, nodes_in, target_of

Loop: TypeAlias = ast.For | ast.While
LOOPS = (ast.For, ast.While)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
CLEARS = ("zero_grad", "zero_gradients", "reset_grad")


class StepStatement(NamedTuple):
    """A statement that moves something by a gradient.

    Attributes:
        node: the statement.
        target: what it sets.
        owner: the text of whose attribute that is; of a plain name, the name.
    """

    node: ast.Assign | ast.AugAssign
    target: ast.expr
    owner: str


class LoopLines:
    """The lines of one loop.

    Attributes:
        piece: where it stands.
        outermost: the outermost loop around the pass.
        loop: the innermost one.
        function: the name of the function that it is in, "" outside of any.
        passes: the statements that call `backward`.
        zeroings: those that set gradients to 0.
        steps: those that move something by a gradient.
        data: the name of a node's number.
        grad: that of its gradient.
    """

    def __init__(
        self, piece: PieceText, around: list[ast.stmt], line: int, names: tuple[str, str]
    ) -> None:
        """Prepare; see `around`."""
        self.piece = piece
        self.data, self.grad = names
        self._around = [one for one in around if isinstance(one, LOOPS)]
        functions = [one.name for one in around if isinstance(one, FUNCTIONS)]
        self.function = functions[-1] if functions else ""
        self.outermost, self.loop = self._around[0], self._around[-1]
        inside = [one for one in nodes_in(self.loop) if isinstance(one, ast.stmt)]
        every = [one for one in nodes_in(self.outermost) if isinstance(one, ast.stmt)]
        self.passes = sorted(filter(_is_pass, inside), key=lambda one: one.lineno != line)
        self.zeroings = [one for one in inside if self._zeroes(one)]
        self.steps = [one for node in every if (one := self._step(node)) is not None]

    @classmethod
    def around(cls, piece: PieceText, line: int, names: tuple[str, str]) -> "LoopLines | None":
        """Return the lines of the loop around a line, None where there is none.

        Args:
            piece: where it stands.
            line: one that calls `backward`.
            names: of a node's number, and of its gradient.
        """
        try:
            tree = parse(piece.text)
        except (SyntaxError, ValueError):
            return None
        found = [
            node
            for node in nodes_in(tree)
            if isinstance(node, (*LOOPS, *FUNCTIONS))
            if node.lineno <= line <= (node.end_lineno or 0)
        ]
        if not any(isinstance(node, LOOPS) for node in found):
            return None
        lines = cls(piece, sorted(found, key=lambda one: one.lineno), line, names)
        return lines if lines.passes else None

    def is_alone(self, node: ast.stmt) -> bool:
        """Return whether a statement has its lines for itself."""
        return self.piece.is_alone(node)

    def without(self, node: ast.stmt) -> TextEdit:
        """Return the edit that takes a statement's lines away, with a loop that is for it alone."""
        for one in nodes_in(self.loop):
            if isinstance(one, ast.For) and one.body == [node]:
                return self.piece.replacing_lines(one, one, "")
        return self.piece.replacing_lines(node, node, "")

    def zeroing_text(self) -> str:
        """Return the lines that set to 0 what the steps use, indented as the pass is."""
        indent = self.piece.indent_of(self.passes[0])
        texts: list[str] = []
        for step in self.steps:
            inner = self._inner_loop(step)
            line = f"{step.owner}.{self.grad} = 0.0\n"
            if inner is None:
                texts.append(f"{indent}{line}")
            else:
                head = f"for {self.piece.of(inner.target)} in {self.piece.of(inner.iter)}:\n"
                texts.append(f"{indent}{head}{indent}    {line}")
        return "".join(dict.fromkeys(texts))

    def counts(self) -> Iterator[ast.expr]:
        """Give the whole numbers that say how often the loops around the pass run."""
        names: set[str] = set()
        for loop in self._around:
            head = loop.iter if isinstance(loop, ast.For) else loop.test
            for node in nodes_in(head):
                if isinstance(node, ast.expr) and isinstance(number_of(node), int):
                    yield node
                elif isinstance(node, ast.Name):
                    names.add(node.id)
        for value in self.assigned_numbers(names):
            if isinstance(number_of(value), int):
                yield value

    def assigned_numbers(self, names: set[str]) -> Iterator[ast.expr]:
        """Give the numbers that names are set to, anywhere in the piece."""
        for node in nodes_in(self.piece.tree):
            if isinstance(node, ast.Assign) and number_of(node.value) is not None:
                target = node.targets[0]
                if isinstance(target, ast.Name) and target.id in names:
                    yield node.value

    def pass_owner(self) -> ast.expr | None:
        """Return the expression that `backward` is called on."""
        statement = self.passes[0]
        called = statement.value if isinstance(statement, ast.Expr) else None
        function = called.func if isinstance(called, ast.Call) else None
        return function.value if isinstance(function, ast.Attribute) else None

    def assigned_names(self) -> list[str]:
        """Return the names that the loop sets, the last first."""
        names = [
            node.id
            for node in nodes_in(self.loop)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        return list(dict.fromkeys(reversed(names)))

    def _zeroes(self, node: ast.stmt) -> bool:
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            return (
                isinstance(target, ast.Attribute)
                and target.attr == self.grad
                and number_of(node.value) == 0
            )
        called = node.value if isinstance(node, ast.Expr) else None
        function = called.func if isinstance(called, ast.Call) else None
        return isinstance(function, ast.Attribute) and function.attr in CLEARS

    def _step(self, node: ast.stmt) -> StepStatement | None:
        if not isinstance(node, (ast.Assign, ast.AugAssign)):
            return None
        target = target_of(node)
        uses = [one.attr for one in nodes_in(node.value) if isinstance(one, ast.Attribute)]
        if isinstance(target, ast.Attribute) and target.attr in (self.data, self.grad):
            is_step = self.grad in uses or isinstance(node, ast.AugAssign)
            return StepStatement(node, target, self.piece.of(target.value)) if is_step else None
        if isinstance(target, ast.Name) and self.grad in uses:
            return StepStatement(node, target, target.id)
        return None

    def _inner_loop(self, step: StepStatement) -> ast.For | None:
        """Return the loop over parameters that a step stands in, None where it has none."""
        for node in nodes_in(self.outermost):
            if isinstance(node, ast.For) and node not in self._around and step.node in node.body:
                return node
        return None


def number_of(node: ast.expr) -> float | None:
    """Return the number that an expression writes down, None where it writes none."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]
    return None


def _is_pass(node: ast.stmt) -> bool:
    called = node.value if isinstance(node, ast.Expr) else None
    function = called.func if isinstance(called, ast.Call) else None
    return isinstance(function, ast.Attribute) and "back" in function.attr.lower()
