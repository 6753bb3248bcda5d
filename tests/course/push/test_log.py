"""The log of what was sent is read again, whatever has become of it."""

import json
from pathlib import Path

from grader.course.push import log
from grader.course.push.log import FILE as LOG


def test_a_log_takes_names_that_are_no_text(tmp_path: Path) -> None:
    log.write(tmp_path, student="ant\udcff")

    assert json.loads((tmp_path / LOG).read_text(encoding="utf-8"))["student"] == "ant\udcff"


def test_a_log_tells_of_its_own_place_and_leaves_out_what_is_no_line(tmp_path: Path) -> None:
    here, there = {"course": "7", "url": "https://x/"}, {"course": "8", "url": "https://x"}
    log.write(tmp_path, **here, user="1", comment="a", state=log.PushState.SENT)
    log.write(tmp_path, **there, user="1", comment="b", state=log.PushState.SENT)
    log.write(tmp_path, **here, user="1", comment="c", state=log.PushState.SENDING)
    with (tmp_path / LOG).open("ab") as held:
        held.write(b'[1]\n{"torn\xff')

    past = log.push_history(tmp_path, {**here, "url": "https://x"})

    assert past == {"1": log.PushHistory("a", unsure="c")}


def test_a_log_that_was_torn_goes_on_in_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / LOG).write_text('{"torn', encoding="utf-8")

    log.write(tmp_path, student="ant", new=1.0)

    torn, whole = (tmp_path / LOG).read_text(encoding="utf-8").splitlines()
    assert torn == '{"torn'
    assert json.loads(whole)["student"] == "ant"


def test_what_was_not_kept_stays_known_until_it_is_sent_again(tmp_path: Path) -> None:
    here = {"course": "7", "user": "1", "new": 2.5}
    log.write(tmp_path, **here, state=log.PushState.SENT)
    log.write(tmp_path, **here, state=log.PushState.DROPPED, refused="it is locked")
    log.write(tmp_path, **here, state=log.PushState.REFUSED, refused="again")

    known = log.push_history(tmp_path, {"course": "7"})["1"]
    log.write(tmp_path, **here, state=log.PushState.SENDING)

    assert (known.dropped, known.reason, known.refused) == (2.5, "it is locked", True)
    assert log.push_history(tmp_path, {"course": "7"})["1"].dropped is None
