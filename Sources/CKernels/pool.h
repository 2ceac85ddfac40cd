// Threads that share work, and scratch memory: what kernels need beside their operands.

#ifndef MYELIN_POOL_H
#define MYELIN_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void my_task(void *context, size_t index);

/// Calls task(context, i) for each i below `count`, on several threads in no order, and returns when all are done.
void my_parallel(size_t count, my_task *task, void *context);

/// How many threads share the work, this one among them: the number of cores, or what the environment variable
/// MYELIN_NUM_THREADS says. They are started at the first call.
size_t my_thread_count(void);

/// At least `bytes` of memory for the calling thread, aligned to 64 bytes and not cleared; the next call may move it.
void *my_scratch(size_t bytes);

#endif
