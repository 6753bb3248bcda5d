"""A person makes tokens, sees each once, and takes them back."""

import re

import pytest

from tests.service.running import COURSE, EXERCISE, MINUS, Site

SUBMIT = f"/v1/courses/{COURSE}/exercises/{EXERCISE}/submissions"


def test_a_token_is_shown_once_and_hands_in(served: Site) -> None:
    page = served.post("ada", "/me/tokens", data={"label": "my ci", "submit": "yes"}).text
    secret = re.findall(r"grade_[\w-]+", page)[0]

    answer = served.post("", SUBMIT, content=MINUS, headers={"authorization": f"Bearer {secret}"})

    assert answer.status_code in (201, 202)
    listed = served.get("ada", "/me").text
    assert "my ci" in listed
    assert secret not in listed
    token = re.findall(r"/me/tokens/([\w-]+)/revoke", listed)[0]
    assert served.post("bob", f"/me/tokens/{token}/revoke").status_code == 409
    assert served.post("ada", f"/me/tokens/{token}/revoke").status_code == 303
    assert "my ci" not in served.get("ada", "/me").text


@pytest.mark.parametrize(
    "sent",
    [
        {"submit": "yes"},
        {"label": "x"},
        {"label": "x", "admin": "yes"},
        {"label": "x", "submit": "yes", "days": "10000"},
    ],
)
def test_a_token_that_may_not_be_is_refused(served: Site, sent: dict[str, str]) -> None:
    assert served.post("ada", "/me/tokens", data=sent).status_code == 422


def test_who_runs_the_service_reads_its_counts(served: Site) -> None:
    served.hand_in("ada")

    text = served.get("", "/metrics", headers=served.token("root", "admin")).text

    assert 'grade_submissions{state="graded"} 1' in text
    assert 'grade_queue{lane="fast"} 0' in text
