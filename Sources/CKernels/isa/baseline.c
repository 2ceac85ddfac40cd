// The kernels for the plain baseline of the platform.

#include "../isa.h"
#define MY_ISA baseline
#include "../loops/all.h"
