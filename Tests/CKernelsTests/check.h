// What the checks share: memory that ends at a fence, values, comparisons, and one clear line at the first wrong answer.

#ifndef MYELIN_CHECK_H
#define MYELIN_CHECK_H

#include <CKernels.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pool.h"

// The tables of the machine, best first.
static const my_kernels *tables[8];
static size_t table_count = 0;

static char checked[512] = "nothing";  // what is being checked
static size_t check_count = 0;

static __attribute__((format(printf, 1, 2))) void begin(const char *format, ...) {
  va_list values;
  va_start(values, format);
  vsnprintf(checked, sizeof checked, format, values);
  va_end(values);
  check_count++;
}

static _Noreturn __attribute__((format(printf, 1, 2))) void fail(const char *format, ...) {
  va_list values;
  va_start(values, format);
  fflush(stdout);
  fprintf(stderr, "wrong: %s: ", checked);
  vfprintf(stderr, format, values);
  fputc('\n', stderr);
  va_end(values);
  exit(1);
}

// A kernel that leaves its memory meets a fence.
static void at_fence(int signal) {
  (void)signal;
  const char *texts[3] = {"wrong: ", checked, ": memory beyond an operand was touched\n"};
  for (int i = 0; i < 3; i++) {
    if (write(STDERR_FILENO, texts[i], strlen(texts[i])) < 0) _exit(1);
  }
  _exit(1);
}

#define REGIONS 10
#define REGION_BYTES ((size_t)128 << 20)
static char *region_end[REGIONS];

static void make_regions(void) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  for (int i = 0; i < REGIONS; i++) {
    char *start = mmap(NULL, REGION_BYTES + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    if (start == MAP_FAILED || mprotect(start + REGION_BYTES, page, PROT_NONE) != 0) {
      perror("memory for the checks");
      exit(2);
    }
    region_end[i] = start + REGION_BYTES;
  }
  signal(SIGSEGV, at_fence);
  signal(SIGBUS, at_fence);
}

// Memory that ends where nothing may be touched; the next call for the same region gives it away again.
static void *memory(int region, size_t bytes) {
  if (bytes > REGION_BYTES / 2) {
    fprintf(stderr, "a check asks for %zu bytes\n", bytes);
    exit(2);
  }
  return region_end[region] - bytes;
}

// Outputs are filled with this before, and BEFORE bytes in front of them.
#define FILLING 0xA5
#define BEFORE 128
static void *output(int region, size_t bytes) {
  char *start = memory(region, bytes);
  memset(start - BEFORE, FILLING, bytes + BEFORE);
  return start;
}
static void check_untouched(const void *start, const void *end) {
  for (const unsigned char *at = start; at < (const unsigned char *)end; at++) {
    if (*at != FILLING) fail("memory between or before the results was written");
  }
}
static void check_before(const void *start) { check_untouched((const char *)start - BEFORE, start); }

// What an element is, for comparisons.
typedef struct kind {
  size_t size;
  bool is_floating, is_signed;
} kind;
#define KIND(T) ((kind){sizeof(T), (T)0.5 != 0 && (T)2 != (T)1, (T)-1 < (T)1})

static double number_at(kind of, const void *at) {
  float x;
  double y;
  int64_t whole = 0;
  if (!of.is_floating) {
    memcpy(&whole, at, of.size);
    const int rest = of.is_signed ? 64 - 8 * (int)of.size : 0;
    return (double)((int64_t)((uint64_t)whole << rest) >> rest);
  }
  if (of.size == 4) return memcpy(&x, at, 4), x;
  return memcpy(&y, at, 8), y;
}

// Representable numbers from one floating number to another of the same sign; none between NaN.
static uint64_t ulps_between(kind of, const void *x_, const void *y_) {
  const double x = number_at(of, x_), y = number_at(of, y_);
  if (x != x || y != y) return x != x && y != y ? 0 : UINT64_MAX;
  if (signbit(x) != signbit(y)) return UINT64_MAX;
  uint64_t a = 0, b = 0;
  memcpy(&a, x_, of.size);
  memcpy(&b, y_, of.size);
  return a > b ? a - b : b - a;
}

// The same bits, but for those of NaN.
static inline bool is_same(kind of, const void *x, const void *y) {
  if (memcmp(x, y, of.size) == 0) return true;
  return of.is_floating && ulps_between(of, x, y) == 0;
}

static void check_near(kind of, const void *got, const void *expected, size_t count, uint64_t ulps) {
  for (size_t i = 0; i < count; i++) {
    const char *x = (const char *)got + i * of.size, *y = (const char *)expected + i * of.size;
    if (is_same(of, x, y) || (of.is_floating && ulps > 0 && ulps_between(of, x, y) <= ulps)) continue;
    fail("element %zu of %zu is %.17g, not %.17g", i, count, number_at(of, x), number_at(of, y));
  }
}
static void check_same(kind of, const void *got, const void *expected, size_t count) {
  check_near(of, got, expected, count, 0);
}

// Marsaglia 2003, "Xorshift RNGs".
static uint64_t random_state = 88172645463325252;
static uint64_t random_bits(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state;
}
static double random_real(double low, double high) {
  return low + (double)(random_bits() >> 11) * 0x1p-53 * (high - low);
}

// A loop on every length around a vector's and in different steps. Its inputs are `count` elements each, `expected` its
// results on all of them, within so many units in the last place.
static void check_loop(
    my_loop *loop, int inputs, kind out, const kind *in, const void *const *values, const void *expected,
    size_t count, uint64_t ulps) {
  static const ptrdiff_t steps[][4] = {{1, 1, 1, 1}, {1, 1, 0, 1}, {1, 0, 1, 1}, {1, 1, 1, 0}, {2, 3, 1, 2},
                                       {1, -1, 2, 3}, {-3, 1, -2, -1}, {1, 0, 0, 0}, {1, 0, 2, 1}};
  static const ptrdiff_t ones[4] = {1, 1, 1, 1};
  void *data[4];
  char *whole = memory(0, count * out.size);
  data[0] = whole;
  for (int i = 0; i < inputs; i++) {
    data[1 + i] = memory(1 + i, count * in[i].size);
    memcpy(data[1 + i], values[i], count * in[i].size);
  }
  loop(data, ones, count);
  check_near(out, whole, expected, count, ulps);
  // An element is the same whatever its place.
  char kept[count * out.size];
  memcpy(kept, whole, sizeof kept);
  if (in[0].size == out.size && inputs < 3) {  // the output in the place of an input
    data[0] = data[1];
    loop(data, ones, count);
    check_same(out, data[0], whole, count);
  }
  for (size_t length = 0; length <= 200; length += length < 36 ? 1 : length < 126 ? 13 : 37) {
    const size_t first = random_bits() % (count - length);
    for (size_t layout = 0; layout < sizeof steps / sizeof *steps; layout++) {
      // The same elements one after the other first, then in steps.
      void *near[4], *apart[4];
      near[0] = output(0, length * out.size);
      for (int i = 0; i < inputs; i++) {
        const size_t size = in[i].size;
        const ptrdiff_t step = steps[layout][1 + i];
        const size_t span = length == 0 ? 0 : (length - 1) * (size_t)labs(step) + 1;
        near[1 + i] = memory(1 + i, length * size);
        char *start = memory(5 + i, span * size);
        memset(start, FILLING, span * size);
        if (step < 0 && length > 0) start += (span - 1) * size;
        apart[1 + i] = start;
        for (size_t e = 0; e < length; e++) {
          const char *from = (const char *)values[i] + (first + (step == 0 ? 0 : e)) * size;
          memcpy((char *)near[1 + i] + e * size, from, size);
          memcpy(start + (ptrdiff_t)e * step * (ptrdiff_t)size, from, size);
        }
      }
      loop(near, ones, length);
      check_before(near[0]);
      if (layout == 0) check_same(out, near[0], kept + first * out.size, length);
      const ptrdiff_t step = steps[layout][0];
      const size_t span = length == 0 ? 0 : (length - 1) * (size_t)labs(step) + 1;
      char *low = output(4, span * out.size), *start = step < 0 && length > 0 ? low + (span - 1) * out.size : low;
      apart[0] = start;
      loop(apart, steps[layout], length);
      check_before(low);
      for (size_t e = 0; e < length; e++) {
        char *at = start + (ptrdiff_t)e * step * (ptrdiff_t)out.size;
        check_same(out, at, (char *)near[0] + e * out.size, 1);
        if (labs(step) > 1 && e + 1 < length) {
          char *lower = step < 0 ? at + step * (ptrdiff_t)out.size : at;
          check_untouched(lower + out.size, lower + labs(step) * (ptrdiff_t)out.size);
        }
      }
    }
  }
}

#endif
