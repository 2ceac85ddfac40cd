#include "AllocationCounter.h"

#include <stddef.h>
#include <errno.h>
#include <stdint.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

static _Thread_local bool counting;
static _Thread_local long count;

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static inline void tick(void) {
  if (counting) count++;
}

// The program's own definitions take the place of the C library's.
void *malloc(size_t size) {
  tick();
  return __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
  tick();
  return __libc_calloc(n, size);
}

void *realloc(void *pointer, size_t size) {
  tick();
  return __libc_realloc(pointer, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  tick();
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  tick();
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **pointer, size_t alignment, size_t size) {
  tick();
  void *memory = __libc_memalign(alignment, size);
  if (memory == NULL) return ENOMEM;
  *pointer = memory;
  return 0;
}

bool allocation_counter_works(void) { return true; }

void allocation_counter_start(void) {
  count = 0;
  counting = true;
}

long allocation_counter_stop(void) {
  counting = false;
  return count;
}

#else

bool allocation_counter_works(void) { return false; }
void allocation_counter_start(void) {}
long allocation_counter_stop(void) { return 0; }

#endif
