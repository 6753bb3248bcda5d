"""Edits of Programs: steps replaced, results redirected, and what then serves nothing swept up."""

from collections.abc import Collection, Mapping, Sequence
from string import ascii_lowercase

from grader.engines.program import ObservedStep, Program, Ref, Step
from grader.engines.program_graph import nodes

Changes = Mapping[int, Step | Ref]
"""Step index → the step to take instead, or the earlier result to use wherever this one was."""


def edited(program: Program, changes: Changes, dropped: Collection[int] = ()) -> Program:
    """Return `program` with changes, without the steps that were used before and are no more.

    Args:
        program: it stays as it is.
        changes: a redirected result is replaced where it is observed, too.
        dropped: steps to leave out unless something uses them.
    """
    moved = {at: _target(at, changes) for at in changes if isinstance(changes[at], Ref)}
    steps = _changed(program.steps, changes, moved)
    places = {look: moved.get(look.at, look.at) for look in program.observed}
    used = {at for step in program.steps for at in step.refs()}
    used |= {look.at for look in program.observed}
    kept = {
        index for index in range(len(steps)) if index not in used and index not in dropped
    } - changes.keys()
    kept |= {index for index in changes if index not in used and isinstance(changes[index], Step)}
    kept |= set(places.values())
    for index in range(len(steps) - 1, -1, -1):
        if index in kept:
            kept.update(steps[index].refs())
    if len(kept) == len(steps):
        return Program(tuple(steps), program.observed, program.names)
    moved = {old: new for new, old in enumerate(sorted(kept))}
    return Program(
        tuple(redirected(steps[old], moved) for old in moved),
        tuple(ObservedStep(look.label, moved[at]) for look, at in places.items()),
        {moved[old]: name for old, name in program.names.items() if old in moved},
    )


def reordered(program: Program, order: Sequence[int]) -> Program:
    """Return `program` with its steps in another order, in which none comes before its operands."""
    moved = {old: new for new, old in enumerate(order)}
    return Program(
        tuple(redirected(program.steps[old], moved) for old in order),
        tuple(ObservedStep(look.label, moved[look.at]) for look in program.observed),
        {moved[old]: name for old, name in program.names.items()},
    )


def redirected(step: Step, moved: Mapping[int, int]) -> Step:
    """Return `step` with its operands taken from elsewhere, where `moved` says so."""
    return step if moved.keys().isdisjoint(step.refs()) else step.redirected(moved)


def lettered(program: Program) -> Program:
    """Return `program` with its nodes called a, b, c, …, in labels too."""
    graph = nodes(program)
    if len(graph) > len(ascii_lowercase):
        return program
    names = dict(zip(graph, ascii_lowercase, strict=False))
    observed = tuple(
        ObservedStep(label_of(program.steps[look.at], look.label, names), look.at)
        for look in program.observed
    )
    return Program(program.steps, observed, names)


def label_of(step: Step, label: str, names: Mapping[int, str]) -> str:
    """Return the label of the result of `step` where nodes have these names."""
    forms = {"children": "children of {}", "order": "map of {}", "text": "repr({})"}
    name = next((names[at] for at in step.refs()[:1] if at in names), None)
    if name is None:
        return label
    if step.kind == "read":
        return f"{name}.{step.name}"
    if step.name == "is_a":
        return f"isinstance({name}, {step.operands[1]})"
    return forms[step.name].format(name) if step.name in forms else label


def _changed(steps: Sequence[Step], changes: Changes, moved: Mapping[int, int]) -> list[Step]:
    after = list(steps)
    for at, change in changes.items():
        if isinstance(change, Step):
            after[at] = change
    return [redirected(step, moved) for step in after] if moved else after


def _target(at: int, changes: Changes) -> int:
    """Return the step that stands for a result, through redirections of redirections."""
    change = changes.get(at)
    while isinstance(change, Ref):
        at, change = change.at, changes.get(change.at)
    return at
