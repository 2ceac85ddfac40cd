#!/usr/bin/env bash
# Makes the pictures of Documentation/Figures.md anew, in Documentation/Figures/Pictures.
set -euo pipefail
cd "$(dirname "$0")/../Documentation/Figures"
swift build -c release
program=$(swift build -c release --show-bin-path)/Pictures
rm -rf Pictures
mkdir Pictures
# In a folder of its own: the examples write files too.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pictures=$PWD/Pictures
cd "$work"
"$program" "$pictures"
