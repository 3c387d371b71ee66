#!/usr/bin/env bash
# What an agent in Python costs per tick over the same strategy in Swift: Scenarios/two-region in 8 processes (6 agents,
# coordinator, recorder), with the node frankfurt in Swift and in Python in turn, by the waits the runs record.
#
# usage: agents.sh [REPEATS]     15 unless given; each is a day of 24 ticks in Swift and one in Python
# GRIDTIDE_PROGRAM names the program, built here if it is not set; GRIDTIDE_PYTHON a python3 with the package gridtide.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
repeats=${1:-15}
if [ -z "${GRIDTIDE_PROGRAM:-}" ]; then
    swift build --package-path "$root" -c release --product gridtide >&2
    GRIDTIDE_PROGRAM=$(swift build --package-path "$root" -c release --show-bin-path)/gridtide
fi
python=${GRIDTIDE_PYTHON:-$root/.gridtide/venv/bin/python3}
"$python" -c 'from gridtide import run' 2>/dev/null || {
    echo "agents.sh: $python has no package gridtide: ./gridtide test makes one, or name another in GRIDTIDE_PYTHON" >&2
    exit 1
}
folder=$(mktemp -d /tmp/agents-XXXXXX)
trap 'rm -rf "$folder"' EXIT INT TERM
# The programs that play agents are found on PATH.
PATH=$(dirname "$python"):$PATH

play() { "$GRIDTIDE_PROGRAM" run "$root/Scenarios/two-region" -q --no-baseline --runs "$folder/$1" "${@:2}" >/dev/null; }

repeat=0
while [ "$repeat" -lt "$repeats" ]; do
    play swift
    play python --replace "frankfurt=$root/Agents/python/examples/price_taking_node.py"
    repeat=$((repeat + 1))
done
"$python" - "$folder" <<'PYTHON'
import sqlite3
import statistics
import sys
from pathlib import Path


def waits(language):
    """Waits for frankfurt in all runs but their first two ticks, ms."""
    found = []
    for database in sorted(Path(sys.argv[1], language).glob("*/run.sqlite")):
        with sqlite3.connect(database) as run:
            found += run.execute(
                "SELECT wait_microseconds / 1000.0 FROM wait JOIN agent USING (agent) WHERE name = 'frankfurt' AND tick >= 2")
    return [wait for (wait,) in found]


print(f"{'frankfurt in':13} {'answers':>8} {'median ms':>10} {'9 in 10 ms':>11}")
medians = {}
for language in ("swift", "python"):
    values = waits(language)
    medians[language] = statistics.median(values)
    print(f"{language:13} {len(values):8} {medians[language]:10.2f} {statistics.quantiles(values, n=10)[-1]:11.2f}")
print(f"Python over Swift: {medians['python'] - medians['swift']:+.2f} ms a tick; the limit is 1 ms")
PYTHON
