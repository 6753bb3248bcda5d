"""What a student writes is text in every format, wherever in a report it stands."""

import json
from collections.abc import Callable
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.engines.text import LONGEST_PROGRAM, visible
from grader.reports.report import SCHEMA, Report, TrackReport, track_report
from grader.reports.report_json import plain, report_from, to_json
from tests.claims import failures
from tests.reports.hostile import (
    TEXTS,
    Page,
    assert_json,
    assert_markdown,
    assert_page,
    assert_text,
    filled,
    rendered,
    texts_of,
)
from tests.reports.sample import SHAPES, TRACKS

REPORTS: dict[str, Report | TrackReport] = {
    **SHAPES,
    **{f"a track, {name}": track for name, track in TRACKS.items()},
}
HARMLESS = {name: rendered(filled(report, lambda: "x")) for name, report in REPORTS.items()}
MOST_BYTES = 200_000
ANY = st.lists(
    st.one_of(
        st.text(st.characters(), max_size=20),
        st.text("<>&\"'`*_[]()#@|\\~$:!-+=.0 1\n/wa", max_size=20),
        st.sampled_from([text[:200] for text in TEXTS.values()]),
    ),
    min_size=1,
    max_size=4,
).map(lambda parts: "x" + "".join(parts))


@pytest.mark.parametrize("what", TEXTS)
def test_a_hostile_text_in_every_field_is_text_in_every_format(what: str) -> None:
    def is_text(shape: str) -> None:
        report = filled(REPORTS[shape], lambda: TEXTS[what])
        formats = rendered(report)
        assert_text(formats["text"], coloured=True)
        assert_page(formats["html"], HARMLESS[shape]["html"])
        assert_page(formats["fragment"], HARMLESS[shape]["fragment"])
        assert_markdown(formats["markdown"], HARMLESS[shape]["markdown"])
        assert_json(formats["json"], report)
        assert max(len(text.encode()) for text in formats.values()) < MOST_BYTES

    assert failures(is_text, REPORTS) == {}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(REPORTS)))
def test_any_text_in_any_field_is_text_in_every_format(data: st.DataObject, shape: str) -> None:
    drawn = data.draw(st.lists(ANY, min_size=1, max_size=8))
    distinct = list(dict.fromkeys(map(visible, drawn)))  # what is said twice is shown once
    alike = [f"x{distinct.index(visible(text))}" for text in drawn]
    turn, other_turn = cycle(drawn), cycle(alike)
    report = filled(REPORTS[shape], lambda: next(turn))
    harmless = filled(REPORTS[shape], lambda: next(other_turn))

    formats = rendered(report)

    assert_text(formats["text"], coloured=True)
    assert_page(formats["html"], rendered(harmless)["html"])
    assert_markdown(formats["markdown"])
    assert_json(formats["json"], report)


@pytest.mark.parametrize("what", TEXTS)
def test_all_of_a_text_is_shown_on_the_page_and_in_markdown(what: str) -> None:
    shown = visible(TEXTS[what])
    formats = rendered(filled(SHAPES["a wrong node"], lambda: TEXTS[what]))

    assert letters(shown) in letters("".join(Page(formats["html"]).text))
    assert letters(shown) in letters(assert_markdown(formats["markdown"]))


def letters(text: str) -> str:
    """Return a text without what stands for code in it, and without the breaks between words."""
    return (
        text.replace("`", "").replace("…", "").replace(" ", "").replace("\n", "").replace("¦", "|")
    )


ROUTES: dict[str, Callable[[Report], Report | TrackReport]] = {
    "made": lambda report: Report(*report),
    "made by names": lambda report: Report(**report._asdict()),
    "changed": lambda report: report._replace(title="\x1b", notes=("\x1b" * 5000,)),
    "made of a sequence": Report._make,
    "read from JSON": lambda report: report_from(json.loads(raw(report))),
    "of a track": lambda report: track_report("\x1b", [report]),
    "of a track that is changed": lambda report: track_report("a", [report])._replace(track="\0"),
}


def raw(report: Report) -> str:
    """Return the JSON of a report as somebody might write it whose texts are not visible."""
    fields = plain(report)
    fields["notes"] = ["\x1b\u202e" * 1000]
    fields["checks"][0]["title"] = "\0" * 2000
    return json.dumps(fields)


@pytest.mark.parametrize("route", ROUTES)
def test_no_way_to_a_report_gets_round_it(route: str) -> None:
    hostile = SHAPES["a wrong node"]
    unclean = tuple(filled(check, lambda: "\x1b\u202e\n" * 5000) for check in hostile.checks)

    report = ROUTES[route](hostile._replace(checks=unclean))

    for text in texts_of(report):
        assert len(text) <= LONGEST_PROGRAM
        assert visible(text, LONGEST_PROGRAM, lines=True) == text
    assert "\\x1b\\u202e" in to_json(report).replace("\\\\", "\\")


def test_only_a_program_has_lines() -> None:
    report = filled(SHAPES["a wrong node"], lambda: "a\nb")

    several = [text for text in texts_of(report) if "\n" in text]

    examples = [check.counterexample for check in report.checks if check.counterexample]
    assert several == [example.source for example in examples] == ["a\nb"] * 2


def test_a_visible_report_is_the_same_report() -> None:
    for report in SHAPES.values():
        assert Report(*report) == report
        assert report.schema == SCHEMA
