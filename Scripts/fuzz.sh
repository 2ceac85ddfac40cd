#!/usr/bin/env bash
# Feeds the readers of files and texts from outside with what libFuzzer makes up, under the address sanitizer.
#
#   Scripts/fuzz.sh [SECONDS [TARGET...]]     120 seconds for each target of Fuzz/: npy, npz, inflate, slice
#
# Needs python3, and a toolchain with libFuzzer, as those of swift.org for Linux have it (Xcode's has none). The inputs that reached something
# new are kept in .build-fuzz/corpus and tried first the next time. What stops a reader is left in .build-fuzz/findings, and fails
# the script; so does a leak, a single piece of memory of 64 MB (the inputs have 8 KB), 160 MB in all (of which 80 are there at the start),
# and an input that takes ten seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-120}
if [ $# -gt 1 ]; then targets=("${@:2}"); else targets=(npy npz inflate slice); fi
scratch=$PWD/.build-fuzz
fixtures=Tests/FormatsTests/Fixtures/npy

# SwiftPM gives every program a main of its own, where libFuzzer's has to be: so it builds the libraries, and swiftc the rest.
swift build -c release --target Formats --scratch-path "$scratch" --sanitize=address -Xswiftc -sanitize=fuzzer \
  -Xswiftc -profile-generate -Xswiftc -profile-coverage-mapping
built=$scratch/release
tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
mkdir -p "$scratch/findings"

status=0
for target in "${targets[@]}"; do
  corpus=$scratch/corpus/$target
  mkdir -p "$corpus"
  seeds=()
  covered=
  case $target in
    npy) cp $fixtures/*.npy $fixtures/bad/*.npy "$corpus"
      covered="Sources/Formats/NPY.swift Sources/Formats/NPYHeader.swift" ;;
    npz) cp $fixtures/*.npz $fixtures/bad/*.npz "$corpus"
      covered="Sources/Formats/NPZ.swift Sources/Formats/Zip.swift Sources/Formats/Deflate.swift" ;;
    inflate) python3 - $fixtures "$corpus" <<'PYTHON'
import json, pathlib, sys, zlib
fixtures, corpus = map(pathlib.Path, sys.argv[1:])
streams = [(len(case["plain"]) // 2, bytes.fromhex(case["packed"])) for case in json.load(open(fixtures / "deflate.json"))["cases"]]
for file in sorted(fixtures.glob("*.npy")):
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    streams.append((file.stat().st_size, machine.compress(file.read_bytes()) + machine.flush()))
for i, (size, packed) in enumerate(streams):
    (corpus / f"zlib-{i}").write_bytes(size.to_bytes(2, "little") + packed)
PYTHON
      covered="Sources/Formats/Inflate.swift" ;;
    slice) python3 - Tests/TensorsTests/Fixtures/numpy/slices.json "$corpus" <<'PYTHON'
import json, pathlib, sys
for case in json.load(open(sys.argv[1]))["cases"]:
    shape = case["inputs"]["a"]["shape"]
    (pathlib.Path(sys.argv[2]) / case["id"]).write_bytes(bytes([len(shape), *shape]) + case["args"]["text"].encode())
PYTHON
      covered="Sources/Tensors/Shape/IndexText.swift Sources/Tensors/Shape/IndexRules.swift" ;;
    *) echo "no target $target"; exit 64 ;;
  esac
  swiftc -O -swift-version 6 -parse-as-library -sanitize=fuzzer,address -profile-generate -module-name "fuzz_$target" \
    -I "$built/Modules" -Xcc -fmodule-map-file="$built/CKernels.build/module.modulemap" -I Sources/CKernels/include Fuzz/Values.swift "Fuzz/$target.swift" \
    $(find "$built"/{CKernels,Tensors,Formats}.build -name '*.o') \
    -o "$scratch/fuzz-$target" 2> >(grep -v "Cannot export local symbol" >&2)
  dictionary=()
  [ -f "Fuzz/$target.dict" ] && dictionary=("-dict=Fuzz/$target.dict")
  echo "== $target, $seconds s"
  # Swift's own report of a crash would wait for the sanitizer's to end.
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=8 LLVM_PROFILE_FILE=$scratch/$target.profraw "$scratch/fuzz-$target" "$corpus" "${dictionary[@]}" -max_total_time="$seconds" -max_len=8192 \
    -rss_limit_mb=160 -malloc_limit_mb=64 -timeout=10 -artifact_prefix="$scratch/findings/$target-" -print_final_stats=1 \
    >"$scratch/$target.log" 2>&1 || status=1
  grep -E "INFO: Loaded . modules|DONE|ERROR|SUMMARY|Fatal error|stat::number_of_executed_units|stat::peak_rss_mb|Test unit" "$scratch/$target.log" || true
  if [ -n "$covered" ] && [ -s "$scratch/$target.profraw" ]; then
    "$tools/llvm-profdata" merge "$scratch/$target.profraw" -o "$scratch/$target.profdata"
    # Lines: how many there are, how many weren't reached, and the share that was.
    "$tools/llvm-cov" report "$scratch/fuzz-$target" -instr-profile="$scratch/$target.profdata" $covered |
      awk 'NF > 9 && $1 ~ /swift$|TOTAL/ { printf "%-45s lines %5s, not reached %5s, %s\n", $1, $8, $9, $10 }'
  fi
done
exit $status
