"""SHA-256 from Python itself: `hashlib` loads OpenSSL for it, and that takes 2 ms."""

try:
    from _sha256 import sha256 as built_in  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha2 import sha256 as built_in  # type: ignore[import-not-found]  # from 3.12 on
    except ImportError:
        from hashlib import sha256 as built_in


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return str(built_in(content).hexdigest())
