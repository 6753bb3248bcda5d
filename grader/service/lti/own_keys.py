"""Our keys: what the service signs with, and what LMSs check that by.

They are files in the data folder, and in no backup: whoever reads the database can sign nothing. A
key that is lost is made anew, and LMSs fetch it by its address.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from grader.reports.files import write_whole

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ALGORITHM: Final = "RS256"
DAY_S: Final = 24 * 60 * 60.0
SHOWN_FIRST_S: Final = DAY_S
"""A new key is shown for so long before anything is signed with it: LMSs keep keys for a while."""

KEPT_S: Final = 7 * DAY_S
FOLDER: Final = "lti-keys"
FILE: Final = re.compile(r"(?P<at>\d+)-(?P<kid>[0-9a-f]{16})\.pem")
PRIVATE: Final = 0o700
BITS: Final = 2048


class OwnKey(NamedTuple):
    """A key of ours.

    Attributes:
        made_at: seconds since 1970.
        kid: its name.
        file: that holds it.
    """

    made_at: int
    kid: str
    file: Path


class OwnKeys:
    """The keys in a folder: a newer one takes over a day after it was made."""

    def __init__(self, data: Path) -> None:
        """Be ready to read them.

        Args:
            data: the service's folder.
        """
        self._folder = data / FOLDER

    def rotate(self, now: float) -> str:
        """Make a new key, and return its name."""
        from joserfc.jwk import RSAKey  # many services know no LMS: see `lms_web`

        self._folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        key, kid = RSAKey.generate_key(BITS), token_hex(8)
        file = self._folder / f"{int(now)}-{kid}.pem"
        write_whole(file, key.as_pem(private=True))
        file.chmod(0o600)
        return kid

    def public(self, now: float) -> dict[str, Any]:
        """Return the set of keys that LMSs may see (RFC 7517)."""
        return {"keys": [_public(one) for one in self._shown(now)]}

    def sign(self, claims: Mapping[str, Any], now: float) -> str:
        """Return claims, signed with the key that has been shown for long enough."""
        from joserfc import jwt

        shown = self._shown(now)
        old = [one for one in shown if one.made_at + SHOWN_FIRST_S <= now]
        key = old[-1] if old else shown[0]
        header = {"alg": ALGORITHM, "kid": key.kid, "typ": "JWT"}
        return jwt.encode(header, dict(claims), _loaded(key), [ALGORITHM])

    def _shown(self, now: float) -> list[OwnKey]:
        """Return the keys that are in use or were a week ago, the oldest first; there is one."""
        found = self._all()
        if not found:
            self.rotate(now)
            found = self._all()
        followed = pairwise(found)
        gone = {one for one, newer in followed if newer.made_at + KEPT_S + SHOWN_FIRST_S < now}
        return [one for one in found if one not in gone]

    def _all(self) -> list[OwnKey]:
        names = [] if not self._folder.is_dir() else list(self._folder.iterdir())
        fits = [(file, FILE.fullmatch(file.name)) for file in names]
        return sorted(OwnKey(int(one["at"]), one["kid"], file) for file, one in fits if one)


def _loaded(key: OwnKey) -> "RSAKey":
    return _read(key.file.read_bytes())


@lru_cache(maxsize=8)
def _read(pem: bytes) -> "RSAKey":
    """Return the key in a file: to see that it is one takes fifty times as long as to sign."""
    from joserfc.jwk import RSAKey

    return RSAKey.import_key(pem)


def _public(key: OwnKey) -> dict[str, Any]:
    fields = _loaded(key).as_dict(private=False)
    return {**fields, "kid": key.kid, "alg": ALGORITHM, "use": "sig"}
