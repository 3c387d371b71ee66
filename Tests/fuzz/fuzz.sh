#!/usr/bin/env bash
# Fuzzes what reads bytes from outside, with libFuzzer and AddressSanitizer: Tests/fuzz/README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
readonly here=$PWD build=$PWD/../../.build-fuzz
readonly targets=(message experiment record journal payloads scenario matpower series)
# Modules that are linked; the package's other ones are built in vain only by `swift build` without a target.
readonly modules=(FuzzTargets CoSimulation InferencePlacement LinearProgram PowerGrid ReferenceAgents Scenarios
    SwiftProtobuf Yams CYaml CHighs)

usage() {
    cat <<TXT
usage: Tests/fuzz/fuzz.sh [SECONDS [TARGET...]]
Fuzzes each target for so many seconds, 60 unless given: ${targets[*]}
       Tests/fuzz/fuzz.sh replay TARGET FILE...     reads these cases only
TXT
}

build() {
    swift build -c release --scratch-path "$build" --target FuzzTargets -Xswiftc -sanitize=fuzzer,address
    local objects=()
    for module in "${modules[@]}"; do
        while IFS= read -r object; do objects+=("$object"); done < <(find "$build/release/$module.build" -name '*.o')
    done
    # SwiftPM cannot link a program whose main is the fuzzer's.
    swiftc -sanitize=fuzzer,address -o "$build/fuzz" "${objects[@]}" -lClp -lCoinUtils -lsodium
}

# Reads cases of a target: fuzz TARGET OPTION...
fuzz() {
    # What is still held at the end is no matter, and to look for it is forbidden in many a container.
    ASAN_OPTIONS=detect_leaks=0 GRIDTIDE_FUZZ_TARGET=$1 GRIDTIDE_FUZZ_EXPERIMENT=$here/corpus/experiment/two-region \
        "$build/fuzz" -timeout=10 -rss_limit_mb=2000 "${@:2}"
}

# The control: a fuzzer that does not find a trap planted behind five bytes finds nothing.
find_planted() {
    if fuzz planted -max_total_time=120 -artifact_prefix="$build/planted-" >"$build/planted.log" 2>&1; then
        echo "fuzz: the planted trap was not found: $build/planted.log" >&2
        exit 1
    fi
    echo "planted: found"
}

case ${1:-} in -h | --help) usage && exit ;; esac
build
if [ "${1:-}" = replay ]; then
    fuzz "${@:2}"
    exit
fi
readonly seconds=${1:-60}
chosen=("${@:2}")
[ ${#chosen[@]} -gt 0 ] || chosen=("${targets[@]}")
find_planted
failed=0
for target in "${chosen[@]}"; do
    mkdir -p "$build/cases/$target"
    log=$build/$target.log
    if fuzz "$target" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$build/$target-" \
        "$build/cases/$target" "corpus/$target" >"$log" 2>&1; then
        echo "$target: $(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log") cases, nothing found"
    else
        echo "$target: FOUND $(sed -n 's/.*Test unit written to //p' "$log" | tail -1), see $log"
        failed=1
    fi
done
exit $failed
