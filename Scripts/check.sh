#!/usr/bin/env bash
# Checks a change: formatter, build without warnings, kernels, tests, and the README's main job with its accuracy.
#
#   Scripts/check.sh         what the continuous integration runs
#   Scripts/check.sh --all   also: the kernels of 64-bit ARM under qemu; tests in release, under each instruction set of the machine, and under
#                            the sanitizers
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

# Fails if a command prints a warning; shows its last lines.
without_warnings() {
  local log
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    tail -n 60 "$log"
    exit 1
  fi
  if grep -E 'warning:' "$log"; then
    echo "warnings are errors here"
    exit 1
  fi
  tail -n 1 "$log"
  rm -f "$log"
}

step "format"
swift format lint --strict --recursive --parallel Package.swift Sources Tests Fuzz \
  Benchmarks/Package.swift Benchmarks/Sources Documentation/Figures/Package.swift Documentation/Figures/Sources

step "kernels"
if [ "${1:-}" = "--all" ]; then Scripts/kernels.sh; else Scripts/kernels.sh --here; fi

step "build, release"
without_warnings swift build -c release

step "build, debug, with tests"
without_warnings swift build --build-tests

# The commands stand in the README; the check runs them from there.
readme_command() { grep -m 1 -x "$1" README.md; }

step "the README's tests"
$(readme_command 'swift test')

step "the README's main job"
output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT
$(readme_command 'swift run -c release myelin train digits') --output "$output" --json --quiet | tee "$output/report.json"
accuracy=$(sed -E 's/.*"test_accuracy": ?([0-9.]+).*/\1/;t;d' "$output/report.json")
awk -v accuracy="$accuracy" 'BEGIN { if (!(accuracy >= 0.97 && accuracy <= 1)) { print "accuracy on the held-out digits is " accuracy ", below 0.97"; exit 1 } }'
test -s "$output/digits.safetensors"
test -s "$output/digits-history.csv"
echo "accuracy $accuracy on the held-out digits"

if [ "${1:-}" = "--all" ]; then
  step "tests, release"
  swift test -c release
  for isa in avx512 avx2 neon baseline; do
    # The command refuses an instruction set that the machine doesn't have.
    MYELIN_ISA=$isa swift run -c release myelin --version >/dev/null || continue
    step "tests, MYELIN_ISA=$isa"
    MYELIN_ISA=$isa swift test
  done
  # What is undefined in C, Swift traps by itself, so that on Linux swiftc has no sanitizer for it. Clang's, for the kernels, runs beside
  # that of addresses, whose runtime has it. XCTest, of which there are no tests, leaks objects of its own.
  step "tests, address and undefined-behaviour sanitizers"
  LSAN_OPTIONS=suppressions=$PWD/Scripts/leaks.txt \
    swift test --disable-xctest --sanitize=address -Xcc -fsanitize=undefined -Xcc -fno-sanitize-recover=undefined --scratch-path .build-address
  step "tests, thread sanitizer"
  swift test --disable-xctest --sanitize=thread --scratch-path .build-thread
fi
