"""`grade similar` at a terminal, and its page in a real browser."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli.main import run
from grader.course.marks import FILE, Mark, line_of
from grader.submissions.student import Student
from tests.course.similarity.sample import HONEST, ORIGINAL, renamed, reordered
from tests.reports.browser import CHROMIUM, WITHOUT, Browser

EVIL = "<img src=x onerror=alert(1)>"
HOSTILE = f"    # </pre><script>alert(1)</script>\u202e\x1b[2J {EVIL}\n"
COPIED = re.sub(r"(?m)^(?=    def )", lambda _: HOSTILE, renamed(HONEST[ORIGINAL]))
TEXTS = {**HONEST, "copyist": COPIED}
COPY = "copyist · scalar_with_own_rules"


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    marks = []
    for key, text in TEXTS.items():
        folder = tmp_path / "out" / "submissions" / key
        folder.mkdir(parents=True)
        (folder / "value.py").write_text(text, encoding="utf-8")
        who = Student(key, f"{key} {EVIL}")
        marks.append(Mark(who, "my475/ex9", "Powers", 5.0, 5.0, page=f"reports/{key}.html"))
    lines = "".join(f"{line_of(mark)}\n" for mark in marks)
    (tmp_path / "out" / FILE).write_text(lines, encoding="utf-8")
    return tmp_path / "out"


def test_the_copy_is_named_first(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", "out"]) == 0

    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.endswith(f"%  {COPY}")
    assert last == "out/similar.html has them side by side; likeness is not proof"


def test_three_copies_are_one_line_and_one_group_on_the_page(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key, text in {"second": f"{COPIED}\n# new\n", "third": reordered(COPIED)}.items():
        folder = out / "submissions" / key
        folder.mkdir()
        (folder / "value.py").write_text(text, encoding="utf-8")

    assert run(["similar", "out"]) == 0

    first, *others = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r"100 %  4 together, the least \d\d %: copyist · scalar_with_own_rules · second and 1 more",
        first,
    )
    assert all("copyist" not in line for line in others)
    page = (out / "similar.html").read_text("utf-8")
    assert page.count('<h2 id="group1">') == 1
    assert "alike or more with another of them" in page
    assert page.count("<details open>") == page.count('<h2 id="group')


def test_more_than_a_few_who_have_the_same_are_named(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(6):
        folder = out / "submissions" / f"zed{number}"
        folder.mkdir()
        (folder / "value.py").write_text(COPIED, encoding="utf-8")

    assert run(["similar", "out"]) == 0

    said = capsys.readouterr().out
    assert (
        "8 have the same but for names and numbers: copyist · scalar_with_own_rules · zed0 "
        "and 5 more (given to all? --starter FILE)\n"
    ) in said
    assert "no two submissions are alike" not in said
    page = (out / "similar.html").read_text("utf-8")
    assert "8 have the same, but for names and numbers:" in page
    assert "No two submissions" not in page


def test_json_says_where_they_agree(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", "out", "-f", "json", "-o", "page.html"]) == 0

    told = json.loads(capsys.readouterr().out)
    pair = told["pairs"][0]
    assert (told["schema"], told["submissions"]) == ("grade/similar/1", len(TEXTS))
    assert (pair["left"], pair["right"], pair["same"]) == ("copyist", ORIGINAL, False)
    assert all(one["left"]["file"] == "value.py" for one in pair["passages"])
    assert told["groups"][0] == ["copyist", ORIGINAL]
    assert told["crowds"] == []
    assert Path("page.html").exists()


def test_jplag_gets_the_files(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (out / "submissions" / "copyist" / "empty.py").touch()

    assert run(["similar", "out", "--to", "jplag", "-o", "jp"]) == 0

    said = capsys.readouterr()
    assert said.out == "java -jar jplag.jar -l python3 -bc jp/starter jp/submissions\n"
    assert said.err == "not laid out: copyist: empty.py is empty\n"
    assert {path.name for path in Path("jp", "submissions").iterdir()} == set(TEXTS)


def test_jplag_needs_a_folder(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["similar", "out", "--to", "jplag"]) == 2

    assert "--to jplag needs -o FOLDER" in capsys.readouterr().err


def test_what_everyone_was_given_counts_for_nobody(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("given.py").write_text(HONEST[ORIGINAL], encoding="utf-8")

    run(["similar", "out", "--starter", "given.py"])

    assert COPY not in capsys.readouterr().out


def test_an_exercise_that_is_not_here_is_said(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (out / FILE).read_text(encoding="utf-8").replace("my475/ex9", "other/ex1")
    (out / FILE).write_text(text, encoding="utf-8")

    assert run(["similar", "out"]) == 0

    assert capsys.readouterr().err == (
        "without its starter: no exercise named 'other/ex1'; --exercises DIR has it\n"
    )


def test_a_page_put_elsewhere_leads_to_the_students_pages(out: Path) -> None:
    Path("a b").mkdir()

    run(["similar", "out", "-o", "a b/page.html"])
    run(["similar", "out"])

    assert '<a href="../out/reports/copyist.html">' in Path("a b/page.html").read_text("utf-8")
    assert '<a href="reports/copyist.html">' in (out / "similar.html").read_text("utf-8")


def test_the_page_holds_no_tag_and_no_unseen_character_of_a_students(out: Path) -> None:
    run(["similar", "out"])

    page = (out / "similar.html").read_text("utf-8")
    assert EVIL not in page
    assert "&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;\\u202e\\x1b[2J &lt;img" in page
    assert all(character.isprintable() or character == "\n" for character in page)


def test_the_page_is_the_same_each_time(out: Path) -> None:
    pages = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "grader", "similar", "out"]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        pages.add((out / "similar.html").read_bytes())

    assert len(pages) == 1


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as browser:
        yield browser
        assert browser.complaints == []


@pytest.mark.skipif(CHROMIUM is None, reason=WITHOUT)
@pytest.mark.xdist_group("browser")
def test_the_page_shows_both_and_leads_from_a_passage_to_its_like(
    out: Path, browser: Browser
) -> None:
    run(["similar", "out"])

    page = browser.open(out / "similar.html")

    assert page.locator(".care").inner_text().startswith("Likeness is not proof.")
    assert page.locator(".pairs tbody tr").first.inner_text().count(EVIL) == 2
    page.locator(".go").first.click()
    target = page.evaluate("document.querySelector(':target').closest('.side') != null")
    assert target
    sides = page.locator(".beside").first.locator(".side")
    left, right = (sides.nth(number).locator("li.p1") for number in (0, 1))
    assert left.filter(has_not_text=EVIL).count() == right.count() > 3
    assert left.filter(has_text=EVIL).count() > 0
    assert page.locator("img, .text script").count() == 0


def test_the_same_short_file_is_told_with_what_it_is_worth(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key in ("second", "third"):
        folder = out / "submissions" / key
        folder.mkdir()
        (folder / "value.py").write_text("a = 1\n", encoding="utf-8")
        wrong = Mark(Student(key), "my475/ex9", "Powers", 0.0, 5.0)
        with (out / FILE).open("a", encoding="utf-8") as marks:
            marks.write(f"{line_of(wrong)}\n")

    assert run(["similar", "out"]) == 0
    assert "2 have the same file, wrong: second · third" in capsys.readouterr().out

    assert run(["similar", "out", "--exercise", "ex9"]) == 0
    assert "out/similar-ex9.html has them side by side" in capsys.readouterr().out
    assert Path("out/similar-ex9.html").is_file()

    assert run(["similar", "out", "-f", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["identical"]
    assert told == [{"keys": ["second", "third"], "names": ["value.py"], "worth": "wrong"}]
    assert "2 have the same, wrong: second, third" in Path("out/similar.html").read_text("utf-8")
