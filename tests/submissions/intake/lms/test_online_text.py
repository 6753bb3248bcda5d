"""What was typed into an LMS's editor is a script if it is one, however the editor writes it."""

import pytest

from grader.submissions.intake.lms.online_text import LARGEST, OnlineText, online_text

SCRIPT = "class Value:\n    def __init__(self, data):\n        self.data = data < 3\n"


@pytest.mark.parametrize(
    "page",
    [
        SCRIPT,
        f"```python\n{SCRIPT}```\n",
        f"Here it is:\n\n```\n{SCRIPT}```\nThanks!",
        "<p>class Value:<br>\n&nbsp; &nbsp; def __init__(self, data):<br />\n"
        "&nbsp; &nbsp; &nbsp; &nbsp; self.data = data &lt; 3</p>",
        "<p>class Value:</p>\n<p>&nbsp;&nbsp;&nbsp; def __init__(self, data):</p>\n"
        "<p>&nbsp;&nbsp;&nbsp; &nbsp;&nbsp;&nbsp; self.data = data &lt; 3</p>",
        "<html><head><title>Exercise 9: Alice</title></head><body><h1>Exercise 9: Alice</h1>"
        f"<pre>{SCRIPT.replace('<', '&lt;')}</pre></body></html>",
        f"<p>My code is</p><pre><code>{SCRIPT.replace('<', '&lt;')}</code></pre><p>Bye</p>",
        f"<div>{SCRIPT.replace('<', '&lt;')}</div>",
        "<div>class Value:</div><div>\u200b    </div><div>&#160;&#160;&#160;&#160;def __init__("
        "self, data):</div><div><span>&emsp;</span></div><div>&#160; &#160; &#160; &#160; "
        "self.data = data &lt; 3</div>".replace("&emsp;", ""),
        SCRIPT.replace("\n", "\r\n"),
    ],
)
def test_a_script_is_found_in_whatever_an_editor_makes_of_it(page: str) -> None:
    found = online_text(page.encode())

    assert found.problem == ""
    lines = [line.rstrip() for line in found.script.splitlines() if line.strip()]
    assert lines == SCRIPT.splitlines()


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>I could not do it, sorry.</p>",
        "done",
        "<p>Answer: yes</p>",
        "https://example.org/notebook",
        "<a href='https://example.org/x'>see here</a>",
        "3.14",
        "见附件",
        "\ufffd\0\0",
    ],
)
def test_prose_is_no_script(page: str) -> None:
    assert online_text(page.encode()) == OnlineText()


def test_a_script_whose_blanks_an_editor_has_eaten_is_said() -> None:
    page = b"<p>class Value:</p><p>def f(self):</p><p>return 3</p>"

    found = online_text(page)

    says = "line 2: expected an indented block after class definition on line 1"
    assert found == OnlineText(problem=says)


@pytest.mark.parametrize(
    "page",
    [
        b"<p>" * 20_000,
        b"<pre><b>" * 5_000 + b"x = 3",
        b"<!--" * 5_000,
        b"&" * 30_000,
        b"(" * 20_000,
        b"<a " + b"x=" * 10_000,
        "<p>\ud800</p>".encode("utf-8", "surrogatepass"),
        b"x" * (LARGEST + 10),
    ],
    ids=["open", "deep", "comments", "entities", "brackets", "attributes", "halves", "long"],
)
def test_nothing_that_is_typed_makes_it_fail(page: bytes) -> None:
    assert online_text(page).script in ("", "x = 3\n")
