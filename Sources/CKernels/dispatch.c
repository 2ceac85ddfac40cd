// Picks the table of kernels that the processor runs best.

#include <stdlib.h>
#include <string.h>

#include "isa.h"

const my_kernels *my_kernels_available(size_t index) {
  const my_kernels *tables[3];
  size_t count = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                    __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                    __builtin_cpu_supports("f16c");
  if (avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    tables[count++] = &my_kernels_avx512;
  }
  if (avx2) tables[count++] = &my_kernels_avx2;
#elif defined(__aarch64__)
  tables[count++] = &my_kernels_neon;  // no 64-bit ARM that Linux or macOS runs on is without
#endif
  tables[count++] = &my_kernels_baseline;
  return index < count ? tables[index] : NULL;
}

const my_kernels *my_kernels_in_use(void) {
  const char *wanted = getenv("MYELIN_ISA");
  if (wanted != NULL) {
    for (size_t i = 0; my_kernels_available(i) != NULL; i++) {
      if (strcmp(my_kernels_available(i)->name, wanted) == 0) return my_kernels_available(i);
    }
  }
  return my_kernels_available(0);
}
