#!/usr/bin/env bash
# Runs for each submission: results/results.json is written once, at the end.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
cd "$root"
mkdir -p results
own=()
if [ -d "$root/source/exercises" ]; then own=(--exercises "$root/source/exercises"); fi
export PATH="$root/grade/bin:$PATH"
exec @COMMAND@ ${own[@]+"${own[@]}"}
