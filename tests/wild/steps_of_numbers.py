"""One training on many engines: each step is a function that takes plain numbers and returns some.

Nodes are made inside, and none lasts from step to step. Each right training has a wrong twin.
"""

from tests.wild.bank import HERE, engine
from tests.wild.folders import Folder

TRAINING = """

def step(w, b, x, y, rate):
    w, b = {new:w}, {new:b}
    loss = ({new:x} * w + b - {new:y}) ** 2
    {pass}
    return {data:w} - rate * {grad:w}, {data:b} - rate * {grad:b}


w, b = 0.0, 0.0
for epoch in range(100):
    for x, y in [(1.0, 2.0), (3.0, 6.0)]:
        w, b = step(w, b, x, y, 0.1)
print(f"w = {w:.4f}, b = {b:.4f}")
"""
TWINS = {
    "with_another_rate": ("rate * {grad:w}", "2 * rate * {grad:w}"),
    "up_the_slope": ("{data:w} - rate", "{data:w} + rate"),
    "that_moves_w_alone": ("{data:b} - rate * {grad:b}", "{data:b}"),
}
ENGINES = {
    "dataclass_with_eq": "that_moves_w_alone",
    "slots": "with_another_rate",
    "scalar_v_g": "up_the_slope",
    "subclass_per_operation": "that_moves_w_alone",
    "property_around_data": "with_another_rate",
    "var_backprop": "up_the_slope",
    "twice_in_one_file": "with_another_rate",
}


def steps_of_numbers() -> list[Folder]:
    """Return the trainings, each as a folder of one file."""
    found = []
    for name, twin in ENGINES.items():
        old, new = TWINS[twin]
        assert old in TRAINING, twin
        right, wrong = _on(name, TRAINING), _on(name, TRAINING.replace(old, new))
        found.append(Folder(f"right_step_of_numbers_on_{name}", "my475/ex12", right))
        told = "my475/ex12.down_the_gradient, my475/ex12.hundred_epochs"
        found.append(Folder(f"wrong_step_{twin}_on_{name}", "my475/ex12", wrong, told))
    return found


def _on(name: str, training: str) -> dict[str, str]:
    """Return a training behind an engine, in the words of that."""
    uses = engine(HERE / "engines" / "right" / f"{name}.py").uses
    text = training.replace("{pass}", uses["pass"].replace("root", "loss"))
    for variable in "wbxy":
        text = (
            text.replace(f"{{new:{variable}}}", uses["new"].replace("(x)", f"({variable})"))
            .replace(f"{{data:{variable}}}", uses["number"].replace("v", variable, 1))
            .replace(f"{{grad:{variable}}}", uses["gradient"].replace("v", variable, 1))
        )
    return {"value.py": f"{{right/{name}}}\n{text}"}
