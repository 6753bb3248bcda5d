"""Finds the script in a text that was typed or pasted into an LMS's editor.

Such a text comes as HTML: each line a paragraph or broken off by `<br>`, blanks as `&nbsp;`, or all
of it in `<pre>`. What Python can parse, and what does something, is a script; prose is none.
"""

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple
from warnings import catch_warnings, simplefilter

LARGEST: Final = 256 << 10
DEEPEST: Final = 100  # elements in elements: no editor makes more
BLOCKS: Final = frozenset(
    {
        *("p", "div", "li", "tr", "pre", "table", "ul", "ol", "section", "article", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "body", "html", "head", "title", "dd", "dt"),
    }
)
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "title", "style", "script"})
UNSHOWN: Final = frozenset({"title", "style", "script", "head"})
EMPTY: Final = frozenset({"br", "img", "hr", "meta", "link", "input"})
KEEPING: Final = ("pre", "textarea")
CODES: Final = ("pre", "code")
BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
INVISIBLE: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
FENCED: Final = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*\n(.*?)^[ \t]*(?:```|~~~)[ \t]*$", re.M | re.S)
TAG: Final = re.compile(r"<\s*(?:br|p|div|pre|span|html|body|h\d)\b", re.IGNORECASE)
CODE: Final = re.compile(r"^\s*(?:class|def|from|import|for|while|return)\b.*", re.MULTILINE)
DOES: Final = (
    *(ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AugAssign, ast.Import),
    *(ast.ImportFrom, ast.For, ast.While, ast.If, ast.With, ast.Try),
)
"""Statements of a script; a word of prose can be an expression, and a label an annotation."""


class OnlineText(NamedTuple):
    """A text that was typed.

    Attributes:
        script: what can be run, "" where the text is no script.
        problem: why a text that looks like a script is none, as a clause; "" for prose.
    """

    script: str = ""
    problem: str = ""


def online_text(content: bytes) -> OnlineText:
    """Return the script in a text from an LMS, if it is one."""
    text = content[:LARGEST].decode("utf-8-sig", "replace")
    problem = ""
    for source in _readings(text):
        try:
            tree = _parsed(source)
        except (SyntaxError, ValueError, RecursionError) as error:
            if CODE.search(source):
                problem = problem or _says(error)
            continue
        if any(isinstance(one, DOES) or _is_call(one) for one in tree.body):
            return OnlineText(script=source)
    return OnlineText(problem=problem)


def _readings(text: str) -> Iterator[str]:
    """Yield the ways to read a text, the likeliest first."""
    if not TAG.search(text):
        yield from _with_fences(text)
        return
    shown = _Shown()
    shown.feed(text)
    shown.close()
    yield from _with_fences(shown.text())
    yield from _with_fences(shown.text(headings=False))
    yield from _with_fences(shown.text(only_code=True))
    raw = _Shown(keeps_blanks=True)  # lines and blanks that an editor has left as they were pasted
    raw.feed(text)
    raw.close()
    yield from _with_fences(raw.text(headings=False))


def _with_fences(text: str) -> Iterator[str]:
    text = INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\r\n", "\n").replace("\r", "\n")
    if fenced := "\n".join(FENCED.findall(text)):
        yield textwrap.dedent(fenced)
    yield textwrap.dedent(text).strip("\n") + "\n"


def _parsed(source: str) -> ast.Module:
    with catch_warnings():
        simplefilter("ignore")
        return ast.parse(source)


def _is_call(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _says(error: Exception) -> str:
    if isinstance(error, SyntaxError) and error.lineno:
        return f"line {error.lineno}: {error.msg}"
    return str(error)


class _ShownText(NamedTuple):
    text: str
    is_heading: bool
    is_code: bool


class _Shown(HTMLParser):
    """The text of a page as a browser shows it, in pieces."""

    def __init__(self, *, keeps_blanks: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self._keeps = keeps_blanks
        self._pieces: list[_ShownText] = []
        self._open: list[str] = []
        self._times_open: Counter[str] = Counter()
        self._line_is_empty = True

    def text(self, *, headings: bool = True, only_code: bool = False) -> str:
        """Return the text, as far as it is wanted."""
        return "".join(
            one.text
            for one in self._pieces
            if (headings or not one.is_heading) and (one.is_code or not only_code)
        )

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if tag == "br" or (tag in BLOCKS and not self._line_is_empty):
            self._add("\n")
        if tag not in EMPTY and len(self._open) < DEEPEST:
            self._open.append(tag)
            self._times_open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that were never ended."""
        if tag in BLOCKS and not self._line_is_empty:
            self._add("\n")
        ended = ""
        while self._times_open[tag] and ended != tag:
            ended = self._open.pop()
            self._times_open[ended] -= 1

    def handle_data(self, data: str) -> None:
        """Take the text between two tags."""
        if self._is_in(UNSHOWN):
            return
        if self._keeps or self._is_in(KEEPING):
            self._add(data)
            return
        shown = BLANKS.sub(" ", data)
        self._add(shown.lstrip(" ") if self._line_is_empty else shown)

    def _is_in(self, tags: Iterable[str]) -> bool:
        return any(self._times_open[tag] for tag in tags)

    def _add(self, text: str) -> None:
        if not text:
            return
        self._pieces.append(_ShownText(text, self._is_in(HEADINGS), self._is_in(CODES)))
        self._line_is_empty = text.endswith("\n")
