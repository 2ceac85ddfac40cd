// What the files of isa/ share. The system's headers come first, outside of any target attribute.

#ifndef MYELIN_ISA_H
#define MYELIN_ISA_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

extern const my_kernels my_kernels_baseline;
#if defined(__x86_64__)
extern const my_kernels my_kernels_avx2;
extern const my_kernels my_kernels_avx512;
#endif

#endif
