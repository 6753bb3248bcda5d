"""Names of files stay below their folder, and keys of students are apart on any system."""

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.intake.safe_names import NameParts, UnsafeName, is_ignored, keys, safe

pieces = st.sampled_from(["a", "..", ".", "/", "\\", "C:", "ä", "\0", "con", "x" * 90, " ", "~"])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.py", "leads out of its folder"),
        ("a/../../evil.py", "leads out of its folder"),
        ("a\\..\\..\\evil.py", "leads out of its folder"),
        ("/etc/passwd", "is absolute"),
        ("\\\\server\\share", "is absolute"),
        ("C:\\evil.py", "is absolute"),
        ("a\0.py", "control characters"),
        ("a\n.py", "control characters"),
        ("\udc80.py", "control characters"),
        ("./C:/value.py", "absolute"),
        ("", "has no name"),
        ("./", "has no name"),
        ("x" * 500 + ".py", "too long"),
        ("aux.py", "that of a device"),
        ("src/NUL", "that of a device"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, reason: str) -> None:
    with pytest.raises(UnsafeName, match=reason):
        safe(name)


@given(st.lists(pieces, max_size=8).map("".join) | st.text(max_size=20))
def test_whatever_is_safe_stays_below_its_folder(name: str) -> None:
    try:
        found = safe(name)
    except UnsafeName:
        return

    root = Path("/somewhere/below")
    assert (root / found).resolve().is_relative_to(root)
    assert not PureWindowsPath(found).is_absolute()
    assert "\\" not in found


called = st.builds(NameParts, st.text(max_size=12), st.text(max_size=12))


@given(st.lists(called, max_size=12))
def test_keys_are_apart_and_safe_everywhere(students: list[NameParts]) -> None:
    found = keys(students)

    assert len({key.casefold() for key in found}) == len(students)
    for key in found:
        assert safe(key) == key
        assert key.isascii()
        assert not key.startswith(".")
        assert len(key) <= 80


def test_a_key_is_the_name_and_the_number_as_well_as_letters_can() -> None:
    assert keys(
        [NameParts("Zoë Ünal", "7"), NameParts("zoe unal", "7"), NameParts("ant", "ant")]
    ) == [*("Zoe_Unal_7", "zoe_unal_7-2", "ant")]


def test_a_key_is_the_same_whoever_else_is_there() -> None:
    names = ["韩梅梅", "李雷", "lea", "léa", "Müller, Jörg", "x" * 90, "x" * 91]
    together = keys(NameParts(name, name) for name in names)

    assert [keys([NameParts(name, name)])[0] for name in names] == together
    assert together[2] == "lea"
    assert all(key.startswith("student-") for key in together[:2])


@pytest.mark.parametrize("name", ["__MACOSX/a.py", "a/.DS_Store", "a/._value.py", ".git/config"])
def test_what_systems_leave_behind_is_ignored(name: str) -> None:
    assert is_ignored(name)
    assert not is_ignored("src/value.py")


def test_nobody_takes_a_key_by_other_letters() -> None:
    names = ["Alice", "alice", "ALICE"]
    found = dict(zip(names, keys(NameParts(name, name) for name in names), strict=True))

    assert found["alice"] == "alice"
    assert len({key.casefold() for key in found.values()}) == 3
    assert keys([NameParts("alice", "alice"), NameParts("Alice", "Alice")]) == [
        found["alice"],
        found["Alice"],
    ]
    assert keys([NameParts("Alice", "Alice")]) == ["Alice"]


@pytest.mark.parametrize("name", ["CON", "con.ant", "CON..ant", "nul.x.y", "LPT1"])
def test_nobody_s_key_is_the_name_of_a_device(name: str) -> None:
    (key,) = keys([NameParts(name, name)])

    assert safe(key) == key
