#!/usr/bin/env bash
# Runs once, when the autograder is built: makes a Python environment with grade in it.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"

new_enough() { "$1" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
pick() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$python" >/dev/null && new_enough "$python"; then echo "$python"; return; fi
    done
}
if [ -z "$(pick)" ] || ! ldconfig -p | grep -q libseccomp.so.2; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends libseccomp2 python3.11 python3.11-venv \
        || apt-get install -y -qq --no-install-recommends libseccomp2 python3 python3-venv
fi
"$(pick)" -I -m venv "$root/grade"
if [ -d "$root/source/wheels" ]; then
    "$root/grade/bin/python" -I -m pip install --quiet --disable-pip-version-check --no-index \
        --find-links "$root/source/wheels" "@INSTALL@"
else
    "$root/grade/bin/python" -I -m pip install --quiet --disable-pip-version-check "@INSTALL@"
fi
