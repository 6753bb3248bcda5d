"""Texts that try to be more than text, put into every field of a report, and what shows it."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, TypeAlias

from markdown_it import MarkdownIt

from grader.engines.text import visible
from grader.reports.page import html
from grader.reports.report import Outcome, Report, TrackReport
from grader.reports.report_json import report_from, to_json
from grader.reports.text import markdown, terminal

HUGE = 10_000_000
TEXTS = {
    "a script": "<script>alert(1)</script>",
    "a handler": '"><img src=x onerror=alert(1)>',
    "the end of a cell, and of a comment": "]]></style></title><!-- --> <![CDATA[",
    "a link that runs": "[see](javascript:alert(1)) <javascript:alert(1)> ![x](data:text/html,1)",
    "addresses": "https://evil.example www.evil.example a@evil.example //evil.example",
    "mentions": "@torvalds #1 GH-1 octocat/repo#2 octocat/repo@0a1b2c3 0a1b2c3d4e :tada: $x$",
    "a definition": "[x]: https://evil.example [x]",
    "emphasis": "**a** __b__ _c_ *d* ~~e~~ ~f~ `g` ``h` \\`i\\` \\* &lt;b&gt; &#60; &#x40;a",
    "blocks": "# a ## b - c + d 1. e > f --- === ::: | g | h | \\| i",
    "a list": "- - - a",
    "a heading": "# a",
    "a rule": "---",
    "a quotation": "> a",
    "a number": "1) a",
    "a task": "[x] a",
    "a table": "| a | b |",
    "a fence": "``` ~~~~ ```` a",
    "a block of another kind": "    a = 1\n\n\n<details>\n\n```\n# b\n|-|\n",
    "a terminal's orders": "\x1b[2J\x1b[31mred\x1b]8;;https://evil.example\x07x\x1b]8;;\x07\x9b1A\r\b",
    "reversed writing": "\u202egnitirw\u202c \u2066a\u2069 \u200f\u061c",
    "nothing to see": "a\0b\u200b\u2060\ufeff\U000e0041\ufe01\u3164\xad",
    "no characters": "\ud800\udfff\uffff\ufffe",
    "a template": "{{ 7 * 7 }} {% include 'x' %} ${x} %s {0}",
    "a line without end": "a" * HUGE,
    "tags without end": "<b>" * (HUGE // 3),
    "controls without end": "\x1b" * HUGE,
    "backticks without end": "`" * HUGE,
}
KEPT = {"schema", "outcome", "visibility", "kind", "state", "field", "isolation", "track"}
COMMONMARK = MarkdownIt("gfm-like", {"html": True, "linkify": True})
assert COMMONMARK.linkify is not None
COMMONMARK.linkify.set({"fuzzy_link": False})  # GitHub links `www.`, and no bare domain
MEANT = {
    *("h2", "h3", "h4", "p", "strong", "code", "pre", "blockquote", "ul", "li"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary"),
}
LIVE = re.compile(r"(?<!\w)@\w|://|\bwww\.|\w@\w|#\d|\bGH-\d|:\w+:|\$\S")
COLOUR = re.compile(r"\x1b\[\d+m")


Tag: TypeAlias = tuple[str, tuple[str, ...]]
DRAWN = {"code", "g", "path", "rect", "text", "tspan"}
PARTS = {
    ("code", ()),
    ("path", ("class", "d")),
    ("path", ("class", "d", "transform")),
    ("text", ("class", "x", "y")),
    ("text", ("class", "x", "y", "text-anchor")),
    ("tspan", ("class",)),
}


class Page(HTMLParser):
    """What a browser sees: tags with the names of their attributes, and the text between them."""

    def __init__(self, page: str, without: str = "") -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.text: list[str] = []
        self.apart: list[str] = []
        self.within: list[str] = []
        self.without = without
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within.append(tag)
        if tag != self.without:
            self.tags.append((tag, tuple(name for name, _ in attrs)))
        assert not any(name.startswith("on") for name, _ in attrs)
        assert not any("javascript:" in (value or "") for name, value in attrs if name == "href")

    def handle_endtag(self, tag: str) -> None:
        while self.within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if "code" not in self.within:
            self.apart.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data[:50]}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data[:50]}")


def filled(part: Any, text: Callable[[], str], name: str = "") -> Any:
    """Return a part of a report in which every field that holds a text has another one."""
    if isinstance(part, str):
        return part if name in KEPT or isinstance(part, Outcome) or not part else text()
    if hasattr(part, "_fields"):
        fields = {key: filled(getattr(part, key), text, key) for key in part._fields}
        return type(part)(**fields)
    if isinstance(part, tuple):
        return tuple(filled(item, text, name) for item in part)
    if isinstance(part, Mapping):
        return {key: filled(value, text) for key, value in part.items()}
    return part


def texts_of(part: Any) -> Iterator[str]:
    """Yield every text of a report."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        yield from texts_of((*part.keys(), *part.values()))
    elif isinstance(part, tuple):
        for item in part:
            yield from texts_of(item)


def rendered(report: Report | TrackReport) -> dict[str, str]:
    """Return the report in every format, by its name."""
    style = terminal.Style(colour=True, hints=True)
    if isinstance(report, Report):
        texts = terminal.render(report, style), html.render(report), markdown.render(report)
    else:
        texts = (
            terminal.render_track(report, style),
            html.render_track(report),
            markdown.render_track(report),
        )
    names = ("text", "html", "markdown", "fragment", "json")
    return dict(zip(names, (*texts, html.fragment(report), to_json(report)), strict=True))


def assert_text(text: str, *, coloured: bool = False) -> None:
    """Assert that nothing in a text acts on a terminal, but for colours of ours."""
    shown = COLOUR.sub("", text) if coloured else text
    bad = {one for one in set(shown) - {"\n"} if unicodedata.category(one)[0] == "C"}
    assert bad == set()
    assert visible(shown, len(shown), lines=True) == shown


@lru_cache(maxsize=64)
def tags_of(page: str) -> list[Tag]:
    """Return the tags of a page that many are like."""
    return Page(page).tags


@lru_cache(maxsize=64)
def tags_of_markdown(text: str) -> list[Tag]:
    """Return the tags of a Markdown text that many are like, but for those of code."""
    return Page(COMMONMARK.render(text), without="code").tags


def assert_page(page: str, like: str) -> None:
    """Assert that a page has the tags of one like it, and holds no other.

    How many arrows and lines a picture has depends on what is called how, and words between
    backticks stand as code; but for these, the tags are the same.
    """
    assert_text(page)
    ours, theirs = Page(page).tags, tags_of(like)
    assert {tag for tag, _ in ours} <= {tag for tag, _ in theirs} | DRAWN
    assert [one for one in ours if one[0] not in DRAWN] == [
        one for one in theirs if one[0] not in DRAWN
    ]
    assert {one for one in ours if one[0] in DRAWN} <= {*theirs, *PARTS}


def assert_markdown(text: str, like: str | None = None) -> str:
    """Assert that a Markdown text has no link and no tag that is not ours; return what it shows."""
    assert_text(text)
    page = Page(COMMONMARK.render(text), without="code")
    assert {tag for tag, _ in page.tags} <= MEANT
    assert not [found for part in page.apart for found in LIVE.findall(part)]
    if like is not None:
        assert page.tags == tags_of_markdown(like)
    return "".join(page.text)


def assert_json(text: str, report: Report | TrackReport) -> None:
    """Assert that a JSON text is one, acts on no terminal, and is the report."""
    assert_text(text)
    if isinstance(report, Report):
        assert report_from(json.loads(text)) == report
