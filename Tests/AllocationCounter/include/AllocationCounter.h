// Counts the program's allocations, for tests that require there to be none.

#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>

/// Whether allocations are counted: on Linux with glibc, without a sanitizer (these have allocators of their own).
bool allocation_counter_works(void);

/// Starts to count the allocations of the calling thread from 0.
void allocation_counter_start(void);

/// Stops, and returns how many there were.
long allocation_counter_stop(void);

#endif
