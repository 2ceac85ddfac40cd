#!/usr/bin/env bash
# Checks the kernels against plain definitions in C (Tests/CKernelsTests): those of this machine, each table that MYELIN_ISA may
# name, and those of 64-bit ARM under qemu. What the second needs is installed with apt-get if it is missing.
#
#   Scripts/kernels.sh          both
#   Scripts/kernels.sh --here   only this machine's
set -euo pipefail
cd "$(dirname "$0")/.."

output=$(mktemp -d)
trap 'rm -rf "$output"' EXIT

# build FOLDER ARGUMENTS…: compiles kernels and checks with clang's ARGUMENTS into FOLDER/kernels. The checks compare numbers with
# themselves also where the type has no NaN.
build() {
  local folder=$1
  shift
  mkdir -p "$folder"
  printf '%s\n' Sources/CKernels/*.c Sources/CKernels/*/*.c Tests/CKernelsTests/main.c |
    xargs -P "$(nproc)" -I {} sh -c 'source=$1 folder=$2; shift 2
      exec "$@" -c "$source" -o "$folder/$(echo "$source" | tr / -).o"' sh {} "$folder" \
      "$clang" -O2 -std=gnu11 -Wall -Wextra -Wno-tautological-compare -Werror -ISources/CKernels -ISources/CKernels/include "$@"
  "$clang" "$@" $linking "$folder"/*.o -lm -lpthread -o "$folder/kernels"
}

clang=clang linking=
build "$output/here"
"$output/here/kernels"
# Some systems take back a thread's variables before the destructors of its keys run, as libgcc does those that it emulates.
"$clang" -O2 -std=gnu11 -femulated-tls -ISources/CKernels -ISources/CKernels/include -c Sources/CKernels/pool/pool.c \
  -o "$output/here/Sources-CKernels-pool-pool.c.o"
"$clang" "$output"/here/*.o -lm -lpthread -o "$output/here/emulated"
"$output/here/emulated"
if [ "${1:-}" = "--here" ]; then exit; fi

packages=()
[ -x /usr/bin/qemu-aarch64 ] || packages+=(qemu-user)
[ -x /usr/bin/aarch64-linux-gnu-objdump ] || packages+=(binutils-aarch64-linux-gnu)
[ -e /usr/aarch64-linux-gnu/lib/libc.a ] || packages+=(libc6-dev-arm64-cross)
compgen -G '/usr/lib/gcc-cross/aarch64-linux-gnu/*/libgcc.a' >/dev/null || packages+=(libgcc-12-dev-arm64-cross)
# The compiler of Swift has ARM's instructions too; Debian's where it hasn't.
if ! clang --print-targets | grep -q 'aarch64 '; then
  clang=/usr/bin/clang
  [ -x $clang ] || packages+=(clang lld)
fi
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ]; then
    echo "the kernels of 64-bit ARM need: apt-get install ${packages[*]}"
    exit 1
  fi
  echo "installing ${packages[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends "${packages[@]}" >"$output/log" || {
    tail -n 20 "$output/log"
    exit 1
  }
fi

linking="-fuse-ld=lld -static"
build "$output/arm" --target=aarch64-linux-gnu
# The kernel of the matrix product has to multiply and add at once, in each of its 16 vectors of sums.
fused=$(aarch64-linux-gnu-objdump --disassemble=my_kernel_8_full_f32_neon "$output/arm/kernels" | grep -Ec 'fmla\s+v[0-9]+\.4s' || true)
if [ "$fused" -lt 16 ]; then
  echo "the kernel of the matrix product has $fused fmla of four elements each, less than 16"
  exit 1
fi
qemu-aarch64 "$output/arm/kernels" neon baseline
