// The most multiply-adds that a core does: loops of nothing else, over registers alone.

#ifndef CPEAK_H
#define CPEAK_H

// The floating-point operations of a round: a multiplication and an addition for each element of each register.
long my_peak_operations_f32(void);
long my_peak_operations_f64(void);

// Does so many rounds on this thread; returns a number that depends on all of them.
double my_peak_f32(long rounds);
double my_peak_f64(long rounds);

// The instructions that are used.
const char *my_peak_instructions(void);

#endif
