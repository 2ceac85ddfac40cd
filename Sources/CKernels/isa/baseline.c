// The kernels for the plain baseline of the platform.

#include "../isa.h"
#define MY_ISA baseline
#define MY_VECTOR_BYTES 16
#if defined(__aarch64__)
#define MY_HAS_FMA 1
#else
#define MY_HAS_FMA 0
#endif
#include "../loops/all.h"
