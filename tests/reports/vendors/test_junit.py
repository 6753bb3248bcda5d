from grader.reports.report import Outcome
from tests.reports.sample import BROKEN, LOCATED, NOTES, PASSED, SKIPPED, STOPPED, TRACKS, report
from tests.reports.vendor_rules import SETTING, junit_of


def test_a_failing_case_has_the_student_s_line_the_message_and_all_we_say() -> None:
    case = junit_of(report(PASSED, LOCATED)).findall(".//testcase")[1]

    assert case.attrib | {"time": ""} == {
        "classname": "my475.ex9",
        "name": "Subtraction sends a minus to its right operand",
        "file": "src/value.py",
        "line": "32",
        "time": "",
    }
    assert case[0].attrib == {"message": "b.grad is 1.0, expected -1.0", "type": "S1"}
    assert "c = a - b" in str(case[0].text)
    assert "> 32 |             other.grad += out.grad" in str(case[0].text)
    assert str(case[0].text).endswith("What happens to a - b when b grows?\n")


def test_the_grader_s_own_fault_is_an_error_and_what_was_not_asked_is_skipped() -> None:
    cases = junit_of(report(PASSED, BROKEN, SKIPPED)).findall(".//testcase")

    assert [[part.tag for part in case] for case in cases] == [[], ["error"], ["skipped"]]
    assert cases[1][0].get("message") == "not your fault: reference and torch disagree"
    assert str(cases[2][0].get("message")).startswith("asked when “Subtraction")
    assert cases[2].get("time") == "0.000000"


def test_points_are_properties_of_the_suite() -> None:
    suite = junit_of(report(PASSED, LOCATED))[0]

    found = {one.attrib["name"]: one.attrib["value"] for one in suite.findall("*/property")}
    assert found | {"seed": "", "schema": "", "oracles": ""} == {
        "score": "1",
        "max_score": "2.5",
        "adds.score": "1",
        "adds.max_score": "1",
        "minus.score": "0",
        "minus.max_score": "1.5",
        "oracles": "",
        "seed": "",
        "schema": "",
    }


def test_the_exercises_of_a_track_are_suites_and_their_times_add_up() -> None:
    root = junit_of(TRACKS["some wrong"])

    assert [suite.get("name") for suite in root] == [f"my475/ex{n}" for n in (1, 2, 3, 4)]
    assert root.get("time") == "0.168400"
    assert [root.get(name) for name in ("failures", "errors", "skipped")] == ["4", "1", "1"]


def test_of_checks_with_one_title_every_one_has_a_name() -> None:
    cases = junit_of(report(PASSED, PASSED, PASSED)).findall(".//testcase")

    names = [case.get("name") for case in cases]
    assert names == ["Addition adds", "Addition adds (2)", "Addition adds (3)"]


def test_what_xml_forbids_is_seen_as_an_escape() -> None:
    setting = SETTING._replace(path="/lab/here/a\0\ufffe\ud800\x0bb.py")

    case = junit_of(report(STOPPED), setting).findall(".//testcase")[0]

    assert case.get("file") == r"a\x00\ufffe\ud800\x0bb.py"


def test_notes_are_told_as_output() -> None:
    suite = junit_of(report(PASSED, notes=NOTES))[0]

    assert suite.findtext("system-out") == "\n".join(["1 of 1 points", *NOTES])
    assert PASSED.outcome is Outcome.PASSED
