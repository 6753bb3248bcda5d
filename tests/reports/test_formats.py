"""A report is rendered by the name of a format, one or a track."""

import json
from typing import Any

import pytest

from grader.reports.context import ReportContext
from grader.reports.formats import FORMATS, VENDORS, page_of, rendered, text_of
from grader.reports.page import html
from grader.reports.report_json import to_json
from grader.reports.text import markdown, terminal
from grader.reports.text.terminal import Style
from tests.reports.sample import SOME_WRONG, TRACKS
from tests.reports.vendor_rules import RENDERERS, SETTING

TRACK = TRACKS["some wrong"]


def test_every_format_has_a_name() -> None:
    assert set(FORMATS) == {"text", "json", "html", "markdown", *RENDERERS}


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_s_format_is_its_own_renderer_s(vendor: str) -> None:
    assert rendered(SOME_WRONG, vendor, SETTING) == RENDERERS[vendor](SOME_WRONG, SETTING)


@pytest.mark.parametrize(("name", "module"), [("html", html), ("markdown", markdown)])
def test_a_page_is_of_one_report_or_of_a_track(name: str, module: Any) -> None:
    assert rendered(SOME_WRONG, name, None) == page_of(SOME_WRONG, name)
    assert page_of(SOME_WRONG, name) == module.render(SOME_WRONG)
    assert page_of(TRACK, name) == module.render_track(TRACK)


def test_json_is_that_of_the_report() -> None:
    assert rendered(TRACK, "json", None) == to_json(TRACK)
    assert json.loads(rendered(SOME_WRONG, "json", None))["exercise"] == "my475/ex9"


@pytest.mark.parametrize("hints", [False, True])
def test_text_in_a_file_has_hints_where_they_are_asked_for(hints: bool) -> None:
    text = rendered(SOME_WRONG, "text", ReportContext(hints=hints))

    assert text == terminal.render(SOME_WRONG, Style(hints=hints))


def test_text_of_a_track_is_its_overview() -> None:
    assert text_of(TRACK, Style()) == terminal.render_track(TRACK, Style())
