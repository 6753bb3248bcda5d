"""Zygotes for tests: behind walls of one tier, or none where this machine does not build them."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import pytest

from grader.sandbox.interpreter import site_folders
from grader.sandbox.protocol.limits import Tier
from grader.sandbox.zygote_client import ZygoteClient


@contextmanager
def started_zygote(tier: Tier, warm: Sequence[str] = ()) -> Iterator[ZygoteClient]:
    """Open a zygote behind walls of `tier`; the test is skipped where they do not stand."""
    with closing(ZygoteClient(site_folders(), at_most=tier, warm=warm)) as made:
        if made.isolation != tier:
            why = [f"{layer.name}: {layer.why_not}" for layer in made.layers if not layer.stands]
            pytest.skip(f"this machine builds no walls of tier {tier}: {why}")
        yield made
