"""Our key is shown before anything is signed with it, and for a week after the last time."""

from pathlib import Path

from joserfc import jwt
from joserfc.jwk import KeySet

from grader.service.lti.own_keys import DAY_S, KEPT_S, OwnKeys

NOW = 1_790_000_000.0


def names(keys: OwnKeys, now: float) -> list[str]:
    return [one["kid"] for one in keys.public(now)["keys"]]


def signer(keys: OwnKeys, now: float) -> str:
    """The name of the key that signs now; whoever has the set can check it."""
    token = keys.sign({"iss": "us"}, now)
    seen = KeySet.import_key_set(keys.public(now))  # type: ignore[arg-type]
    return str(jwt.decode(token, seen, ["RS256"]).header["kid"])


def test_the_first_key_is_made_when_it_is_needed(tmp_path: Path) -> None:
    keys = OwnKeys(tmp_path)

    first = signer(keys, NOW)

    assert names(keys, NOW) == [first]
    assert signer(OwnKeys(tmp_path), NOW + 1) == first


def test_nothing_of_a_key_is_shown_that_signs(tmp_path: Path) -> None:
    (key,) = OwnKeys(tmp_path).public(NOW)["keys"]

    assert key.keys() == {"kty", "n", "e", "kid", "alg", "use"}
    (file,) = (tmp_path / "lti-keys").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_new_key_takes_over_after_a_day_and_the_old_one_stays_a_week(tmp_path: Path) -> None:
    keys = OwnKeys(tmp_path)
    old = signer(keys, NOW)
    new = keys.rotate(NOW + 100 * DAY_S)
    at = NOW + 100 * DAY_S

    assert [signer(keys, at + passed) for passed in (0, DAY_S - 1, DAY_S)] == [old, old, new]
    assert names(keys, at) == [old, new]
    assert names(keys, at + DAY_S + KEPT_S) == [old, new]
    assert names(keys, at + DAY_S + KEPT_S + 1) == [new]
