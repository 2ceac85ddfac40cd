// The kernels for AVX-512.

#include "../isa.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma,bmi,bmi2,f16c"))), apply_to = function)
#define MY_ISA avx512
#define MY_VECTOR_BYTES 64
#define MY_HAS_FMA 1
#include "../loops/all.h"
#pragma clang attribute pop
#endif
