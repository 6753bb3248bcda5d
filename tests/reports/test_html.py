import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from grader.reports.html import render, render_track
from grader.results import Report, TrackReport
from tests.reports.sample import SHAPES, SOME_WRONG, TRACKS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


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

    body = page[page.index("<body>") :]
    assert body == snapshot


@pytest.mark.parametrize("report", SHAPES.values(), ids=list(SHAPES))
def test_every_tag_is_closed(report: Report) -> None:
    assert Tags(render(report)).open == []


@pytest.mark.parametrize("track", TRACKS)
def test_a_track_as_a_page(track: str, snapshot: SnapshotAssertion) -> None:
    page = render_track(TRACKS[track])

    body = page[page.index("<body>") :]
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


def test_a_track_that_is_right_opens_nothing() -> None:
    page = render_track(TRACKS["all right"])

    assert "<details open>" not in page
    assert "2 of 2 points</strong>\n · all right" in page


def test_a_note_of_several_exercises_is_made_once() -> None:
    page = render_track(TRACKS["some wrong"])

    assert page.count("cell 5 raises NameError") == 1


@pytest.mark.parametrize(
    "page",
    [render(SOME_WRONG), render_track(TRACKS["some wrong"])],
    ids=["one exercise", "a track"],
)
def test_the_page_loads_nothing_and_runs_nothing(page: str) -> None:
    tags = Tags(page).seen

    names = {name for name, _ in tags}
    assert not names & {"script", "link", "img", "iframe", "object"}
    assert not [attribute for _, held in tags for attribute in held if attribute in ("src", "href")]


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


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: no browser to look with")
def test_a_browser_shows_the_verdict_the_program_and_the_folded_hint(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(render(SOME_WRONG), encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    assert CHROMIUM is not None

    done = subprocess.run(
        [CHROMIUM, *flags, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert "1 of 4.5 points" in done.stdout
    assert "c = a - b\nc.backward()" in done.stdout
    assert "<details><summary>A question that may help</summary>" in done.stdout
