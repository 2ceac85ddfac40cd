// The kernels for NEON, which every 64-bit ARM has.

#include "../isa.h"

#if defined(__aarch64__)
#define MY_ISA neon
#define MY_VECTOR_BYTES 16
#define MY_HAS_FMA 1
#include "../loops/all.h"
#endif
