// The kernels for the plain baseline of the platform: no more than what C and vectors of 16 bytes promise.

#include "../isa.h"
#define MY_ISA baseline
#define MY_VECTOR_BYTES 16
#define MY_HAS_FMA 0
#include "../loops/all.h"
