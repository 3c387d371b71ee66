#!/bin/sh
# Compares the exchange in Swift (Hub and Link) with the same exchange in plain C over libzmq, alternating.
#
# usage: exchange.sh [REPEATS [SECONDS [SHAPES [TRANSPORTS [AGENTS]]]]]
#   e.g. exchange.sh 5 3 "even lean" "ipc tcp" "2 8 32"
# The C agents are forks of one program, as cheap as they come; START=spawn makes them programs of their own, as the
# Swift agents are (see c/exchange_reference.c).
# BIN: folder of the two programs; built here if it is not set.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repeats=${1:-5}
seconds=${2:-3}
shapes=${3:-even lean}
transports=${4:-ipc tcp}
agents=${5:-2 8 32}
if [ -z "${BIN:-}" ]; then
    swift build --package-path "$here" -c release >&2
    BIN=$(swift build --package-path "$here" -c release --show-bin-path)
fi
folder=$(mktemp -d /tmp/exchange-XXXXXX)
trap 'rm -rf "$folder"' EXIT INT TERM

# Reads numbers, one a line; prints their median.
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

printf '%-6s %-9s %6s %10s %10s %7s %8s\n' shape transport agents C Swift ratio paired
for shape in $shapes; do
    for transport in $transports; do
        for count in $agents; do
            : >"$folder/c"
            : >"$folder/swift"
            repeat=0
            while [ "$repeat" -lt "$repeats" ]; do
                "$BIN/exchange-reference" "$transport" "$count" "$shape" "$seconds" "$folder" "${START:-fork}" >>"$folder/c"
                "$BIN/exchange" "$transport" "$count" "$shape" "$seconds" "$folder" >>"$folder/swift"
                repeat=$((repeat + 1))
            done
            c=$(median <"$folder/c")
            swift=$(median <"$folder/swift")
            ratio=$(awk -v a="$swift" -v b="$c" 'BEGIN { printf "%.3f", a / b }')
            paired=$(paste "$folder/swift" "$folder/c" | awk '{ print $1 / $2 }' | median | awk '{ printf "%.3f", $1 }')
            printf '%-6s %-9s %6s %10s %10s %7s %8s\n' "$shape" "$transport" "$count" "$c" "$swift" "$ratio" "$paired"
        done
    done
done
