"""The submissions that `When something is odd` is about, by the names that the page calls them."""

from tests.handed_in import notebook
from tests.places import SAMPLES

RIGHT = (SAMPLES / "right.py").read_text(encoding="utf-8")
ENGINE = RIGHT.partition('\n\nif __name__ == "__main__":')[0] + "\n"
USES = "a = Value(2.0)\nb = a * a"
WRAPS = """\
import torch


class Value:
    def __init__(self, data):
        self.t = torch.tensor(float(data), requires_grad=True)

    data = property(lambda self: self.t.item())

    def __pow__(self, n):
        return Value(self.t**n)
"""


def copy_of(name: str) -> str:
    """Return an engine under another name."""
    return ENGINE.replace("Value", name)


FILES: dict[str, str | bytes] = {
    "two/value.py": RIGHT,
    "two/value_old.py": RIGHT,
    "empty/notes.txt": "",
    "blank.py": "",
    "broken.ipynb": '{"cells": [',
    "noclass.py": 'print("my engine")\n',
    "versions.py": copy_of("Value1") + "\n\n" + copy_of("Value2"),
    "othername.py": ENGINE.replace("data", "value"),
    "order.ipynb": notebook(USES, ENGINE),
    "colab.ipynb": notebook("from google.colab import drive", ENGINE),
    "asks.py": 'steps = int(input("steps? "))\n\n\n' + ENGINE,
    "waits.py": ENGINE + "\n\nimport time\n\ntime.sleep(1000)\n",
    "chatty.py": ENGINE + '\n\nfor step in range(10**6):\n    print("step", step, "." * 40)\n',
    "raises.py": ENGINE + "\n\nprint(Valeu(1.0))\n",
    "syntax.py": ENGINE + "\n\ndef loss(y_pred, y)\n    return (y_pred - y) ** 2\n",
    "wraps.py": WRAPS,
    "helped.py": "import helper\n\n\n" + ENGINE,
    "large.py": "table = bytearray(4_000_000_000)\n\n\n" + ENGINE,
    "deep.py": ENGINE.replace("topo = []", "return self.backward()"),
}
