"""The keys of LMSs: kept for an hour, and asked for anew where a key's name is unknown."""

import asyncio
from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from grader.service.lti.lms_web import LmsSilent, LmsWeb

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

ALGORITHM: Final = "RS256"
KEPT_S: Final = 3600.0
LONGEST_S: Final = 24 * 3600.0
"""How long keys are good where the LMS shows none: one that it has revoked must not be for ever."""

AGAIN_S: Final = 30.0
LEAST_BITS: Final = 2048
MOST_KEYS: Final = 1000


class UnknownKey(Exception):
    """An LMS has no key of this name, or shows none now."""


class _Set(NamedTuple):
    """The keys at an address, and when they were read and asked for last."""

    keys: "Mapping[str, RSAKey]"
    read_at: float
    asked_at: float
    problem: str = ""


NOTHING: Final = _Set({}, float("-inf"), float("-inf"))


class PlatformKeys:
    """Sets of keys by their addresses."""

    def __init__(self, web: LmsWeb) -> None:
        """Have none yet.

        Args:
            web: over which they are asked for.
        """
        self._web = web
        self._sets: dict[str, _Set] = {}
        self._locks: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def verified(self, token: str, url: str, now: float) -> dict[str, Any]:
        """Return the claims of a token that a key at an address has signed.

        Raises:
            UnknownKey: there is no such key.
            ValueError: it is not signed as it must be; the text says how.
        """
        from joserfc import jwt  # many services know no LMS: see `lms_web`
        from joserfc.errors import JoseError

        header = header_of(token)
        if header.get("alg") != ALGORITHM:
            raise ValueError(f"it is signed by {header.get('alg')!r}, and only RS256 is taken")
        kid = header.get("kid")
        if not isinstance(kid, str) or not kid:
            raise ValueError("it does not name the key that it is signed with")
        key = await self._key(url, kid, now)
        try:
            return dict(jwt.decode(token, key, [ALGORITHM]).claims)
        except (JoseError, ValueError, RecursionError) as error:
            raise ValueError("its signature is wrong") from error

    async def count(self, url: str, now: float) -> int:
        """Return how many keys are at an address that can be used.

        Raises:
            UnknownKey: they cannot be read.
        """
        found = await self._asked(url, now)
        if found.problem:
            raise UnknownKey(found.problem)
        return len(found.keys)

    async def _key(self, url: str, kid: str, now: float) -> "RSAKey":
        found = self._sets.get(url, NOTHING)
        if kid not in found.keys or now - found.read_at > KEPT_S:
            async with self._locks[url]:  # who waits here finds what the first one has read
                found = self._sets.get(url, NOTHING)
                stale = kid not in found.keys or now - found.read_at > KEPT_S
                if stale and now - found.asked_at >= AGAIN_S:
                    found = await self._asked(url, now)
        if kid not in found.keys or now - found.read_at > LONGEST_S:
            raise UnknownKey(found.problem or "the LMS shows no key of this name")
        return found.keys[kid]

    async def _asked(self, url: str, now: float) -> _Set:
        """Ask for a set; where there is no answer, what was known before is good for a while."""
        before = self._sets.get(url, NOTHING)
        try:
            answer = await self._web.get(url, {"accept": "application/json"})
            keys = _keys(answer.json) if answer.is_well else {}
            problem = "" if keys else f"no keys at {url}: {answer.says[:120]}"
        except LmsSilent as error:
            keys, problem = {}, str(error)
        made = _Set(keys, now, now) if keys else before._replace(asked_at=now, problem=problem)
        self._sets[url] = made
        return made


def header_of(token: str) -> dict[str, Any]:
    """Return the header of a signed token.

    Raises:
        ValueError: it is none.
    """
    from joserfc.errors import JoseError
    from joserfc.jws import extract_compact

    try:
        return dict(extract_compact(token.encode("ascii")).headers())
    except (JoseError, ValueError, RecursionError, TypeError, AttributeError) as error:
        raise ValueError("it is no signed token") from error


def _bits(packed: str) -> int:
    """Return how long a key is, of its modulus as a set has it."""
    return int.from_bytes(urlsafe_b64decode(f"{packed}==")).bit_length()


def _keys(read: Any) -> "dict[str, RSAKey]":
    """Return the keys of a set that can have signed a launch, by name; what is odd is left out."""
    from joserfc.errors import JoseError
    from joserfc.jwk import RSAKey

    listed = read.get("keys") if isinstance(read, dict) else None
    found: dict[str, RSAKey] = {}
    for one in listed[:MOST_KEYS] if isinstance(listed, list) else []:
        if not isinstance(one, dict) or one.get("kty") != "RSA" or not one.get("kid"):
            continue
        if one.get("use", "sig") != "sig" or one.get("alg", ALGORITHM) != ALGORITHM:
            continue
        try:
            if _bits(one["n"]) >= LEAST_BITS:
                fields = {name: one[name] for name in ("kty", "n", "e")}
                found[str(one["kid"])] = RSAKey.import_key(fields)
        except (JoseError, ValueError, KeyError, TypeError):
            continue
    return found
