// The kernels for AVX2 and FMA.

#include "../isa.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2,f16c"))), apply_to = function)
#define MY_ISA avx2
#define MY_VECTOR_BYTES 32
#define MY_HAS_FMA 1
#include "../loops/all.h"
#pragma clang attribute pop
#endif
