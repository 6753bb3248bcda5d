import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from syrupy.assertion import SnapshotAssertion

from grader.reports.page.html import fragment, render, render_track
from grader.reports.report import Outcome, Report, TrackReport
from tests.reports.sample import SHAPES, SOME_WRONG, TRACKS, TRAINED, report


class Tags(HTMLParser):
    """Collects the tags of a page, with their attributes, and checks that they close."""

    VOID = ("meta", "br", "hr", "img", "link")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("shape", SHAPES)
def test_the_report_as_a_page(shape: str, snapshot: SnapshotAssertion) -> None:
    page = render(SHAPES[shape])

    body = page[page.index("<main") : page.index("<script>")]
    assert body == snapshot


@pytest.mark.parametrize("report", SHAPES.values(), ids=list(SHAPES))
def test_every_tag_is_closed(report: Report) -> None:
    assert Tags(render(report)).open == []


@pytest.mark.parametrize("track", TRACKS)
def test_a_track_as_a_page(track: str, snapshot: SnapshotAssertion) -> None:
    page = render_track(TRACKS[track])

    body = page[page.index("<main") : page.index("<script>")]
    assert body == snapshot


@pytest.mark.parametrize("track", TRACKS.values(), ids=list(TRACKS))
def test_every_tag_of_a_track_s_page_is_closed(track: TrackReport) -> None:
    assert Tags(render_track(track)).open == []


def test_the_first_exercise_to_fix_is_open_and_the_others_open_at_a_click() -> None:
    tags = Tags(render_track(TRACKS["some wrong"])).seen

    sections = [tags[at + 1] for at, (name, _) in enumerate(tags) if name == "section"]
    assert sections == [
        ("details", {}),
        ("details", {"open": None}),
        ("details", {}),
        ("details", {}),
    ]


@pytest.mark.parametrize(
    ("message", "is_drawn_already", "opened"),
    [("w.grad is off", False, [0, 1]), ("another", False, [0]), ("w.grad is off", True, [0])],
    ids=["the same fault", "another fault", "drawn already"],
)
def test_the_picture_of_the_first_fault_is_open_where_a_later_check_draws_it(
    message: str, *, is_drawn_already: bool, opened: list[int]
) -> None:
    drawn = TRAINED
    first = drawn._replace(
        id="first",
        outcome=Outcome.FAILED,
        score=0.0,
        message="w.grad is off",
        training=drawn.training if is_drawn_already else None,
    )
    second = drawn._replace(outcome=Outcome.FAILED, score=0.0, message=message)

    tags = Tags(render(report(first, second))).seen

    checks = [
        tags[at + 1][1]
        for at, tag in enumerate(tags)
        if "check" in str(tag[1].get("class")).split()
    ]
    assert [at for at, attributes in enumerate(checks) if "open" in attributes] == opened


def test_a_track_that_is_right_opens_nothing() -> None:
    page = render_track(TRACKS["all right"])

    assert "<details open>" not in page
    assert "2 of 2 points</strong>\n · all right" in page


def test_a_note_of_several_exercises_is_made_once() -> None:
    page = render_track(TRACKS["some wrong"])

    assert page.count("cell 5 raises NameError") == 1


PAGES = {
    "one exercise": render(SOME_WRONG),
    "a wrong node": render(SHAPES["a wrong node"]),
    "a training": render(SHAPES["a training"]),
    "a track": render_track(TRACKS["some wrong"]),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_the_page_loads_nothing(page: str) -> None:
    tags = Tags(page).seen

    names = {name for name, _ in tags}
    assert not names & {"link", "img", "iframe", "object", "a", "use", "image"}
    assert not [held for _, held in tags if {"src", "href", "xlink:href"} & held.keys()]
    assert "url(" not in page


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_the_page_s_policy_lets_its_one_script_run_and_no_other(page: str) -> None:
    (script,) = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    (policy,) = [
        held["content"] for name, held in Tags(page).seen if "http-equiv" in held and name == "meta"
    ]

    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    )
    assert not re.search(r"\son\w+\s*=", page[: page.index("<script>")])


@pytest.mark.parametrize("shape", SHAPES)
def test_a_fragment_is_what_stands_on_the_page_and_has_no_script(shape: str) -> None:
    part = fragment(SHAPES[shape])

    page = render(SHAPES[shape])
    body = part[part.index('<div class="grade">') + 19 : part.rindex("</div>")]
    assert body.strip() in page
    assert not {"script", "html", "body", "main"} & {name for name, _ in Tags(part).seen}


def test_a_track_has_a_fragment_too() -> None:
    assert "<h1>my475</h1>" in fragment(TRACKS["some wrong"])


@pytest.mark.parametrize(
    "page",
    [render(SOME_WRONG), render_track(TRACKS["some wrong"])],
    ids=["one exercise", "a track"],
)
def test_what_a_student_wrote_is_shown_and_never_markup(page: str) -> None:
    assert "&lt;b&gt;not&lt;/b&gt; a &amp; b" in page
    assert "<b>" not in page


def test_symbols_are_spoken_as_words() -> None:
    marks = [held for _, held in Tags(render(SOME_WRONG)).seen if held.get("role") == "img"]

    assert [held["aria-label"] for held in marks] == ["passed", "failed", "failed", "not asked yet"]
