"""Each vendor's format: as people see it, and by its rules whatever a student writes."""

from base64 import b64decode
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from grader.reports.context import ReportContext
from grader.reports.report import Report, TrackReport
from tests.claims import failures
from tests.reports.hostile import TEXTS, filled
from tests.reports.sample import ALL_RIGHT, LOCATED, NOTES, PASSED, RAISED, SHAPES, SKIPPED, TRACKS
from tests.reports.sample import report as report_of
from tests.reports.test_hostile import ANY
from tests.reports.vendor_rules import READERS, RENDERERS, SETTING

FAILING = report_of(PASSED, LOCATED, RAISED, SKIPPED, notes=NOTES)
SHOWN = {"failing": FAILING, "passing": ALL_RIGHT}
REPORTS: dict[str, Report | TrackReport] = {
    **SHAPES,
    **{f"a track, {name}": track for name, track in TRACKS.items()},
}
MOST_BYTES = 300_000


@pytest.mark.parametrize("which", SHOWN)
@pytest.mark.parametrize("vendor", RENDERERS)
def test_the_report_in_a_vendor_s_format(
    vendor: str, which: str, snapshot: SnapshotAssertion
) -> None:
    text = RENDERERS[vendor](SHOWN[which], SETTING)

    shown = b64decode(text).decode() if vendor == "classroom-legacy" else text
    assert shown == snapshot


@pytest.mark.parametrize("vendor", READERS)
def test_every_shape_of_report_keeps_the_vendor_s_rules(vendor: str) -> None:
    assert failures(lambda shape: READERS[vendor](REPORTS[shape], SETTING), REPORTS) == {}


@pytest.mark.parametrize("what", TEXTS)
@pytest.mark.parametrize("shape", ["a wrong node", "a track, some wrong"])
def test_a_hostile_text_in_every_field_keeps_the_rules(shape: str, what: str) -> None:
    report = filled(REPORTS[shape], lambda: TEXTS[what])

    def keeps_the_rules(vendor: str) -> None:
        READERS[vendor](report, SETTING)
        assert len(RENDERERS[vendor](report, SETTING).encode()) < MOST_BYTES

    assert failures(keeps_the_rules, READERS) == {}


COMMANDS = st.sampled_from(
    [
        *("::error::x", "::stop-commands::x", "##[error]x", "\r\n::error file=a::b", "%0A::add-"),
        *("]]>", "\ufffe", "\ud800", "\x1b[31m", "&#0;", "a,line=1::b", f"::{SETTING.token}"),
    ]
)
WORDS = (COMMANDS | st.text(st.characters())).filter(str.strip)  # no field of a report is blank
ANYTHING = st.lists(ANY | WORDS, min_size=1, max_size=6)


@settings(max_examples=40)
@given(ANYTHING, st.sampled_from(sorted(REPORTS)), st.booleans())
def test_any_text_in_any_field_keeps_the_rules_of_all_vendors(
    texts: list[str], shape: str, hints: bool
) -> None:
    turn = cycle(texts)
    report = filled(REPORTS[shape], lambda: next(turn))

    for reader in READERS.values():
        reader(report, SETTING._replace(hints=hints))


@settings(max_examples=40)
@given(st.text(st.characters(), max_size=40))
def test_any_path_keeps_the_rules_of_all_vendors(path: str) -> None:
    odd = path.encode("unicode_escape").decode()  # the command line gives no other

    for reader in READERS.values():
        reader(FAILING, SETTING._replace(path=f"/lab/here/{odd}"))


@pytest.mark.parametrize("vendor", ["junit", "gradescope", "classroom50", "classroom-legacy"])
def test_hints_name_the_misconception_and_are_left_out_otherwise(vendor: str) -> None:
    says = "Both operands of a difference are sent the same sign."

    plain, told = (_shown(vendor, SETTING._replace(hints=hints)) for hints in (False, True))

    assert says not in plain
    assert says in told


def _shown(vendor: str, setting: ReportContext) -> str:
    text = RENDERERS[vendor](FAILING, setting)
    return b64decode(text).decode() if vendor == "classroom-legacy" else text
