#!/bin/sh
# Measures what DESIGN.md and the issues put figures to: the exchange against plain C, agents in Python, and the clearing.
#
# usage: run.sh [--short]     --short takes fewer repeats
set -eu
here=$(cd "$(dirname "$0")" && pwd)
echo "building the benchmarks" >&2
swift build --package-path "$here" -c release >&2
BIN=$(swift build --package-path "$here" -c release --show-bin-path)
export BIN
if [ "${1:-}" = --short ]; then
    "$here/exchange.sh" 3 1 even ipc 8
else
    "$here/exchange.sh" 5 3 even "ipc tcp" "2 8 32 64"
fi
"$here/agents.sh" || echo "agents in Python are not measured" >&2
"$BIN/clearing"
"$BIN/horizon"
