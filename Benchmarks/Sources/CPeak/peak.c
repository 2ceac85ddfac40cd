// C, in a package that has none but in CKernels: Swift can't be told to use an instruction set for one function, and
// for the whole program only by flags that packages may not set.

#include "CPeak.h"

// So many sums that every unit has one to go on with while others are under way, and that all stay in registers beside
// the two factors.
#if defined(__x86_64__)
#define SUMS 12
#else
#define SUMS 24
#endif

// Each sum s becomes s · a + b, which goes to 1: neither infinite nor so small that it would take longer.
#define PEAK(name, attribute, scalar, bytes)                                          \
  attribute __attribute__((noinline)) static double name(long rounds) {               \
    typedef scalar vector __attribute__((vector_size(bytes)));                        \
    const vector a = (vector){0} + (scalar)0.75, b = (vector){0} + (scalar)0.25;      \
    vector s[SUMS];                                                                   \
    for (int i = 0; i < SUMS; i++) s[i] = a + (scalar)i;                              \
    for (long r = 0; r < rounds; r++) {                                               \
      _Pragma("clang fp contract(fast)")                                              \
      _Pragma("clang loop unroll(full)")                                              \
      for (int i = 0; i < SUMS; i++) s[i] = s[i] * a + b;                             \
    }                                                                                 \
    double sum = 0;                                                                   \
    for (int i = 0; i < SUMS; i++) {                                                  \
      for (int j = 0; j < bytes / (int)sizeof(scalar); j++) sum += s[i][j];           \
    }                                                                                 \
    return sum;                                                                       \
  }

#if defined(__x86_64__)
PEAK(f32_avx512, __attribute__((target("avx512f"))), float, 64)
PEAK(f64_avx512, __attribute__((target("avx512f"))), double, 64)
PEAK(f32_avx2, __attribute__((target("avx2,fma"))), float, 32)
PEAK(f64_avx2, __attribute__((target("avx2,fma"))), double, 32)
#endif
PEAK(f32_baseline, , float, 16)
PEAK(f64_baseline, , double, 16)

// The widest vectors of this machine, in bytes.
static int width(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return 64;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 32;
#endif
  return 16;
}

long my_peak_operations_f32(void) { return 2 * SUMS * width() / (long)sizeof(float); }
long my_peak_operations_f64(void) { return 2 * SUMS * width() / (long)sizeof(double); }

double my_peak_f32(long rounds) {
#if defined(__x86_64__)
  if (width() == 64) return f32_avx512(rounds);
  if (width() == 32) return f32_avx2(rounds);
#endif
  return f32_baseline(rounds);
}

double my_peak_f64(long rounds) {
#if defined(__x86_64__)
  if (width() == 64) return f64_avx512(rounds);
  if (width() == 32) return f64_avx2(rounds);
#endif
  return f64_baseline(rounds);
}

const char *my_peak_instructions(void) {
  return width() == 64 ? "AVX-512" : width() == 32 ? "AVX2" : "128-bit vectors";
}
