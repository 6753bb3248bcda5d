"""Where sockets that have names are made: a system bounds how long those are."""

import os
import tempfile

LONGEST = 103  # bytes: macOS's bound, and Linux has 107
BELOW = 40  # bytes of what is made in a folder


def socket_folder() -> str | None:
    """Return a folder for folders with sockets: None for the usual one, where names fit there.

    TMPDIR may lie deep, as that of a cluster's job does.
    """
    usual = os.fsencode(tempfile.gettempdir())
    return None if len(usual) + BELOW <= LONGEST else "/tmp"
