"""An engine that hides in a text which is executed is named; one that stands there is not."""

from base64 import b64encode
from zlib import compress

import pytest

from grader.course.similarity.executed_text import executes_its_engine

ENGINE = "class Value:\n    def backward(self):\n        self.grad = 1.0\n"
PACKED = b64encode(compress(ENGINE.encode()))

HIDDEN = [
    f"exec({ENGINE!r})\n",
    f"import zlib, base64\nexec(zlib.decompress(base64.b64decode({PACKED!r})))\n",
    f"source = {ENGINE!r}\neval(compile(source, 'value.py', 'exec'))\n",
    "exec(open('engine.txt').read())\n",
    "import builtins\ngetattr(builtins, 'ex' + 'ec')(open('engine.txt').read())\n",
    f"import zlib\n{ENGINE}\nexec(zlib.decompress(b'x'))\n",
]
PLAIN = [
    ENGINE,
    f"{ENGINE}\nexec(open('value.py').read())\n",
    f"{ENGINE}\nx = eval('1 + 1')\n",
    f"import base64\n{ENGINE}\npicture = base64.b64encode(b'x')\n",
    "def evaluate(model):\n    return model.eval()\n",
    "print('exec(this)')  # exec(that)\n",
    "import re\nWORDS = re.compile('a')\n",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_text_that_is_executed_is_named(text: str) -> None:
    assert executes_its_engine(text)


@pytest.mark.parametrize("text", PLAIN)
def test_an_engine_that_stands_there_is_not(text: str) -> None:
    assert not executes_its_engine(text)
