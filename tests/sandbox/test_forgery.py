"""Submissions that answer in the grader's place, look for its answers, or change the language."""

from pathlib import Path
from textwrap import indent

import pytest

from grader.sandbox.interpreter import ROOT, Interpreter, site_folders
from grader.sandbox.load_result import LoadResult
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.subject import Subject, request_for
from grader.submissions.submission import Submission
from tests.grading_fixtures import GradeSource
from tests.sandbox.engines import RIGHT, after, before, inside, messages

FORGE = """
import json, os, struct

def send(message):
    body = json.dumps(message).encode()
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, struct.pack(">I", len(body)) + body)
        except OSError:
            pass
"""
LOADED = """
send({"id": %s, "ended": "ran", "mishaps": [], "patched": [],
      "classes": [{"name": "Value", "backward": True, "arithmetic": True}]})
"""
FIND_REQUEST = """
import gc, sys

def find_request():
    frame = sys._getframe()
    while frame is not None:
        for value in list(frame.f_locals.values()):
            if type(value) is dict and "id" in value and ("given" in value or "kind" in value):
                return value
        frame = frame.f_back
"""
ANSWER_ALL = """
request = find_request()
for number, (steps, *_) in enumerate(request["programs"]):
    answers = [[step, "number", (0.0).hex(), ""] for step in range(len(steps))]
    send({"id": request["id"], "number": number, "ended": "answered", "answers": answers,
          "step": None, "fault": None, "detail": ""})
send({"id": request["id"], "number": -1})
os._exit(0)
"""
NOTHING_FOUND = "value.py raises RuntimeError: found []"


def test_a_forged_reply_under_a_guessed_id_is_refused(grade_afresh: GradeSource) -> None:
    report = grade_afresh(after(FORGE + LOADED % '"0123456789abcdef"'))

    assert report.score == 0
    assert messages(report) == ["value.py was refused: the submission wrote a forged reply"]


def test_a_forged_reply_under_the_right_id_is_one_reply_too_many(
    grade_afresh: GradeSource,
) -> None:
    report = grade_afresh(after(FIND_REQUEST + FORGE + LOADED % "find_request()['id']"))

    assert report.score == 0
    assert messages(report) in (
        ["the program below was refused: the submission replied before it was asked"],
        ["the program below was refused: the submission wrote a forged reply"],
    )


def test_a_class_that_does_not_exist_cannot_be_asked(grade_afresh: GradeSource) -> None:
    ends = LOADED % "find_request()['id']" + "import time; time.sleep(60)"
    source = FIND_REQUEST + FORGE + "if True:\n" + indent(ends, "    ")  # one statement

    report = grade_afresh(source, "ex3", limits=Limits(program_s=0.3))

    assert report.score == 0
    assert messages(report) == [
        "the program below did not come to an end: stopped after 0.9 s, most of which it waited"
    ]


def test_forged_answers_must_still_be_right(grade_afresh: GradeSource) -> None:
    report = grade_afresh(FIND_REQUEST + FORGE + inside("__init__", ANSWER_ALL))

    assert report.score == 0
    assert messages(report)[0] == "square.data is 0.0, expected 1.524155677489"


def test_a_forged_answer_under_a_guessed_id_is_refused(grade_afresh: GradeSource) -> None:
    source = (
        FIND_REQUEST + FORGE + inside("__init__", ANSWER_ALL.replace('request["id"]', "'0' * 16"))
    )

    report = grade_afresh(source)

    assert report.score == 0
    assert messages(report) == [
        "the program below was refused: the submission wrote a forged reply"
    ]


@pytest.mark.parametrize(
    "junk", [b"junk", b"\0\0\0\1[", b"\xff\xff\xff\xff", b"\0\0\0\2{}", b"\0\0\0\4null"]
)
def test_junk_on_the_line_is_refused(grade_afresh: GradeSource, junk: bytes) -> None:
    code = f"""
        import os
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, {junk + b"padding"!r})
            except OSError:
                pass
    """

    report = grade_afresh(after(code))

    assert report.score == 0
    assert messages(report) in (
        ["value.py was refused: the submission wrote something that is not a reply"],
        ["value.py was refused: the submission wrote a forged reply"],
    )


def test_a_thread_that_writes_to_the_line_ends_the_submission(grade_afresh: GradeSource) -> None:
    code = FORGE + (
        "import threading\n"
        "def spam():\n"
        "    while True: send({'id': '0' * 16, 'number': 0})\n"
        "threading.Thread(target=spam, daemon=True).start()\n"
        "import time; time.sleep(0.05)\n"
    )

    report = grade_afresh(after(code))

    assert report.score == 0
    assert messages(report) == ["value.py was refused: the submission wrote a forged reply"]


TRIES = 20
STOLEN = "the program below did not come to an end: stopped after 0.6 s, most of which it waited"


def test_reading_the_line_takes_nothing_but_one_s_own_questions(
    grade_afresh: GradeSource,
) -> None:
    code = """
        import os, threading, time
        def listen(descriptor):
            try:
                while os.read(descriptor, 65536):
                    pass
            except OSError:
                pass
        def reads(thread):
            try:
                with open(f"/proc/self/task/{thread.native_id}/syscall") as now:
                    return now.read().split()[0] in ("0", "63")  # read, on x86-64 and on aarch64
            except OSError:
                return True
        for descriptor in range(3, 16):
            thread = threading.Thread(target=listen, args=(descriptor,), daemon=True)
            thread.start()
            while thread.is_alive() and not reads(thread):
                time.sleep(0.001)
        time.sleep(0.2)
    """

    for _ in range(TRIES):  # who reads first, the driver or a thread of theirs, nobody can say
        report = grade_afresh(after(code), "ex3", limits=Limits(program_s=0.2))
        assert set(messages(report)) <= {STOLEN}
        if report.score == 0:
            break

    assert messages(report) == [STOLEN]


ALWAYS = """
class Always:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __le__(self, other): return True
    def __gt__(self, other): return True
    def __ge__(self, other): return True
    def __hash__(self): return 0
    def __float__(self): return 1.0
    def __int__(self): return 1
    def __bool__(self): return True
    def __abs__(self): return 0
    def __repr__(self): return "1.524155677489"
    def __getattr__(self, name): return self
    def __call__(self, *args): return self
    def __add__(self, other): return self
    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __pow__ = __neg__ = __add__
    def __len__(self): return 1
    def __iter__(self): return iter([self])
    def __getitem__(self, key): return self
"""


def test_an_always_equal_object_is_not_a_number(grade_afresh: GradeSource) -> None:
    source = (
        ALWAYS
        + "\n"
        + inside("__init__", "data = Always()").replace("self.grad = 0", "self.grad = data")
    )

    report = grade_afresh(source)

    assert report.score == 0
    assert messages(report)[0] == "square.data is an Always, expected 1.524155677489"


def test_a_submission_that_is_always_equal_itself_is_wrong(grade_afresh: GradeSource) -> None:
    source = ALWAYS.replace("class Always:", "class Value:\n    def __init__(self, *_): pass")

    report = grade_afresh(source)

    assert report.score == 0
    assert messages(report)[0] == "square.data is a Value, expected 1.524155677489"


def test_a_float_that_lies_is_the_number_that_it_is(grade_afresh: GradeSource) -> None:
    lie = """
class Lie(float):
    def __eq__(self, other): return True
    def __float__(self): return 1.524155677489
    def __repr__(self): return "1.524155677489"
    def hex(self): return "0x1.862f10e4f4d9dp+0"
    __hash__ = float.__hash__
    __class__ = float
"""
    source = lie + inside("__init__", "data = Lie(7.0)")

    report = grade_afresh(source)

    assert report.score == 0
    assert messages(report)[0] == "square.data is 7.0, expected 1.524155677489"


PATCHES = {
    "abs, float and isinstance": (
        "import builtins\n"
        "builtins.abs = lambda _: 0\n"
        "builtins.float = lambda _: 1.0\n"
        "builtins.isinstance = lambda *_: True",
        "builtins.abs, builtins.float, builtins.isinstance",
    ),
    "len, getattr and type": (
        "import builtins\nbuiltins.len = builtins.getattr = builtins.type = None",
        "builtins.getattr, builtins.len, builtins.type",
    ),
    "by way of a builtin's owner": ("print.__self__.max = min", "builtins.max"),
    "deleted": ("import builtins\ndel builtins.enumerate", "builtins.enumerate"),
    "operator": (
        "import operator\noperator.sub = operator.pow = lambda *_: 0",
        "operator.pow, operator.sub",
    ),
}


@pytest.mark.parametrize(("code", "names"), PATCHES.values(), ids=list(PATCHES))
def test_a_patched_language_is_noted_and_changes_nothing(
    grade_afresh: GradeSource, code: str, names: str
) -> None:
    wrong = RIGHT.replace("self.data ** n,", "self.data ** n + 1,")

    right = grade_afresh(after(code))
    report = grade_afresh(wrong + "\n\n" + code)

    note = f"it replaces {names}; answers are compared in another process, without them"
    assert right.passed
    assert note in right.notes
    assert note in report.notes
    assert messages(report)[0] == "square.data is 2.524155677489, expected 1.524155677489"


HARMLESS = {
    "json.dumps": "import json; json.dumps = json.loads = lambda *_, **__: '{}'",
    "struct": "import struct; struct.pack = struct.Struct = None",
    "signal": "import signal; signal.setitimer = signal.signal = None",
    "os": "import os; os.write = os._exit = os.getpid = lambda *_: 0",
    "sys.modules": (
        "import sys\n"
        "for name in ('json', 'operator', 'signal', 'os', 'struct', 'builtins'):\n"
        "    sys.modules[name] = None"
    ),
    "sys.modules emptied": "import sys; sys.modules.clear()",
    "gc": "import gc; gc.disable(); gc.collect = None",
    "excepthook": "import sys; sys.excepthook = sys.unraisablehook = None",
    "stdout": "import sys; sys.stdout = sys.stderr = None; print('hello')",
    "trace": "import sys; sys.settrace(lambda *_: None); sys.setprofile(lambda *_: None)",
}


@pytest.mark.parametrize("code", HARMLESS.values(), ids=list(HARMLESS))
def test_what_the_grader_keeps_for_itself_cannot_be_replaced(
    grade_afresh: GradeSource, code: str
) -> None:
    report = grade_afresh(after(code))

    assert report.passed


def test_patches_made_while_a_program_runs_end_with_it(grade_afresh: GradeSource) -> None:
    code = "import builtins; builtins.float = builtins.len = builtins.dict = None"

    report = grade_afresh(inside("backward", code))

    assert report.passed


def test_nothing_of_the_grader_s_can_be_imported(grade_afresh: GradeSource) -> None:
    code = """
        import importlib
        found = []
        names = ("grader", "grader.errors", "grader.engines.reference", "reference.scalar")
        for name in (*names, "exercises", "exercises.my475.09_ex9.solution"):
            try:
                found.append(importlib.import_module(name))
            except ModuleNotFoundError:
                pass
        raise RuntimeError(f"found {found}")
    """

    report = grade_afresh(after(code))

    assert report.notes[0].startswith(NOTHING_FOUND)


def test_nothing_can_be_imported_where_the_folder_is_the_project_s_own() -> None:
    code = "for name in ('grader', 'reference', 'exercises'):\n    "
    code += "try:\n        __import__(name); raise RuntimeError(f'found {name}')\n    "
    code += "except ModuleNotFoundError as error: print(error)\n"

    loaded = _loaded(code, ROOT)

    assert loaded == LoadResult("ran")


def test_a_student_s_own_file_may_be_called_reference(
    grade_afresh: GradeSource, tmp_path: Path
) -> None:
    (tmp_path / "reference.py").write_text(RIGHT)

    report = grade_afresh("from reference import Value")

    assert report.passed


def test_no_answer_is_in_the_process(grade_afresh: GradeSource) -> None:
    search = """
        import gc, sys
        x, y = float("1.234567"), float("-0.5")
        answers = {x ** 2, x - y, (x - y) ** 2}
        found, seen, left = [], set(), gc.get_objects()
        left += [vars(module) for module in list(sys.modules.values())]
        frame = sys._getframe().f_back
        while frame:
            left.append(frame.f_locals)
            frame = frame.f_back
        while left:
            held = left.pop()
            if id(held) in seen or held is answers:
                continue
            seen.add(id(held))
            if type(held) is float and held in answers:
                found.append(held)
            if type(held) is str and held in [answer.hex() for answer in answers]:
                found.append(held)
            if held is not left and held is not seen:
                left.extend(gc.get_referents(held))
        raise RuntimeError(f"found {found}")
    """

    report = grade_afresh(inside("__pow__", search))

    said = messages(report)[0]
    assert said.startswith("`square = Value(1.234567) ** 2` raises RuntimeError: found []")


def test_no_module_of_the_oracles_is_in_the_process(grade_afresh: GradeSource) -> None:
    code = """
        import gc
        names = [held.get("__name__") for held in gc.get_objects() if type(held) is dict]
        grading = ("grader.engines.oracles", "grader.engines.compare", "grader.grading.stages")
        ours = ("reference", "exercises", "grader.engines.reference", *grading)
        found = [name for name in names if type(name) is str and name.startswith(ours)]
        raise RuntimeError(f"found {found}")
    """

    report = grade_afresh(after(code))

    assert report.notes[0].startswith(NOTHING_FOUND)


def test_the_environment_tells_no_secrets(
    grade_afresh: GradeSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_TOKEN", "secret")
    code = """
        import os, sys
        found = [name for name in os.environ if "TOKEN" in name] + sys.argv[1:]
        raise RuntimeError(f"found {found}")
    """

    report = grade_afresh(after(code))

    assert report.notes[0].startswith(NOTHING_FOUND)


def test_a_metaclass_that_raises_everywhere_is_an_exception_of_its_own(
    grade_afresh: GradeSource,
) -> None:
    meta = """
def no(*_, **__):
    raise RuntimeError("no")

class Meta(type):
    __getattribute__ = __setattr__ = __instancecheck__ = __subclasscheck__ = no
    __repr__ = __eq__ = __hash__ = __call__ = __iter__ = __len__ = __bool__ = no
    __name__ = __module__ = __mro__ = property(no)
"""
    report = grade_afresh(meta + RIGHT.replace("class Value:", "class Value(metaclass=Meta):"))

    assert report.score == 0
    assert messages(report) == [
        "`Value(1.234567)` raises RuntimeError: no (value.py, line 3)",
        "`u = Value(5.0)` raises RuntimeError: no (value.py, line 3)",
    ]


def test_an_object_that_raises_when_looked_at_does_not_hide_the_class(
    grade_afresh: GradeSource,
) -> None:
    code = """
        class Wild:
            @property
            def __class__(self): raise SystemExit
            __module__ = 7
        wild, also_wild = Wild(), [Wild]
        globals()[5] = globals()["not a name"] = Wild
    """

    report = grade_afresh(after(code))

    assert report.passed


def _loaded(source: str, folder: Path) -> LoadResult:
    submission = Submission("value.py", str(folder), "script", "", source)
    request = request_for(submission, Limits(), site_folders(), str(ROOT))
    subject = Subject(Interpreter, request, Limits())
    loaded = subject.load()
    subject.close()
    return loaded


def test_importing_the_grader_is_refused_as_if_it_were_not_there(
    grade_afresh: GradeSource,
) -> None:
    report = grade_afresh(before("import reference"))

    assert report.passed
    assert report.notes[0] == (
        "value.py raises ModuleNotFoundError: No module named 'reference' (line 1:"
        " `import reference`); the rest was graded"
    )
