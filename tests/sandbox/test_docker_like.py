"""In a container like docker's, tier container is found, and holds what it says."""

import json
import subprocess
import sys

import pytest

from tests.places import ROOT

CODE = """
import json
from tests.sandbox import docker_like
docker_like.install()
from tests.sandbox.attacks.arena import NEXT, arena
from tests.sandbox.attacks.suite import ATTACKS
from tests.sandbox.attacks.test_attacks import said
attacks = {attack.name: attack for attack in ATTACKS}
with arena("full") as place:
    layers = {layer.name: layer.why_not for layer in place.zygote.layers if not layer.stands}
    told = {"tier": place.zygote.isolation, "layers": layers}
    told["honest"] = [verdict.score for verdict in place.honest.values()]
    told["held"] = {}
    for name in NAMES if told["tier"] == "container" else ():
        before = place.left()
        report = place.attack(attacks[name])
        words = said(report)
        told["held"][name] = [
            report.score == attacks[name].score,
            any(piece in words for piece in attacks[name].says),
            place.left() == before and not place.visitors(),
            place.verdict(NEXT) == place.honest[NEXT],
        ]
print(json.dumps(told))
"""
HELD = (
    *("read/key", "read/parent_memory", "read/other_submission", "leave/tcp", "leave/signals"),
    *("leave/write_outside", "outlive/double_fork", "exhaust/unlinked_files", "die/abort"),
)


@pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
def test_tier_container_is_found_grades_and_holds() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE.replace("NAMES", repr(HELD), 1)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    if reason := told["layers"].get("own user"):
        pytest.skip(f"this machine builds no walls of tier container: {reason}")
    assert told["tier"] == "container"
    assert told["layers"] == {
        "namespaces": "[Errno 1] unshare: Operation not permitted",
        "own root": "[Errno 1] unshare: Operation not permitted",
    }
    assert told["honest"] == [5, 3, 4]
    assert told["held"] == {name: [True] * 4 for name in HELD}
