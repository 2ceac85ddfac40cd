// What the files of isa/ share. The system's headers come first, outside of any target attribute.

#ifndef MYELIN_ISA_H
#define MYELIN_ISA_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "CKernels.h"
#include "pool.h"

// Ones, then zeros: from the right place in it on, a mask of the first lanes of a 32-byte vector.
static const int64_t my_lanes[8] __attribute__((unused)) = {-1, -1, -1, -1, 0, 0, 0, 0};

// 256 / n, rounded up: x · my_shares[n] >> 8 is x / n for x up to 16, without a division.
static const uint16_t my_shares[17] __attribute__((unused)) = {
    0, 256, 128, 86, 64, 52, 43, 37, 32, 29, 26, 24, 22, 20, 19, 18, 16};

// Keys to sort by, in the memory of the elements that they are of.
typedef uint8_t __attribute__((may_alias)) my_key_u8;
typedef uint16_t __attribute__((may_alias)) my_key_u16;
typedef uint32_t __attribute__((may_alias)) my_key_u32;
typedef uint64_t __attribute__((may_alias)) my_key_u64;

// So much of a result, about, is finished at a time: a part of the first cache.
#define MY_FINISH_BYTES 16384
// Finishes n columns of a result from `column` on, when all m rows of them are done; elements have `size` bytes.
void my_finish_rows(const my_finish *finish, size_t m, size_t column, size_t n, size_t size);

extern const my_kernels my_kernels_baseline;
#if defined(__x86_64__)
extern const my_kernels my_kernels_avx2;
extern const my_kernels my_kernels_avx512;
#elif defined(__aarch64__)
extern const my_kernels my_kernels_neon;
#endif

#endif
