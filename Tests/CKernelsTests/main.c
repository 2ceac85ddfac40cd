// Checks every table of kernels that the machine offers against plain definitions in C, and the calls, programs and threads above
// them. It names what is wrong at the first wrong answer and ends with 1.
//
//     kernels [table …]   the tables that the machine must offer, best first; without any, those it has

#include "check.h"

#include <pthread.h>
#include <stdatomic.h>

#pragma STDC FP_CONTRACT OFF

// By multiplying again and again; a negative exponent gives 0 but for bases 1 and −1.
static __int128 whole_power(__int128 base, __int128 exponent) {
  if (exponent < 0) return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
  uint64_t result = 1;
  for (; exponent > 0; exponent--) result *= (uint64_t)base;
  return (__int128)result;
}

#define T float
#define TYPE MY_F32
#define NAME f32
#define WIDE double
#define PRECISE double
#define M(name) name
#define FMA fmaf
#define IS_FLOATING 1
#define IS_BOOL 0
#define IS_SIGNED 1
#include "type.h"

#define T double
#define TYPE MY_F64
#define NAME f64
#define WIDE double
#define PRECISE long double
#define M(name) name##l
#define FMA fma
#define IS_FLOATING 1
#define IS_BOOL 0
#define IS_SIGNED 1
#include "type.h"

#define T int8_t
#define U uint8_t
#define TYPE MY_I8
#define NAME i8
#define WIDE __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 1
#include "type.h"

#define T int16_t
#define U uint16_t
#define TYPE MY_I16
#define NAME i16
#define WIDE __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 1
#include "type.h"

#define T int32_t
#define U uint32_t
#define TYPE MY_I32
#define NAME i32
#define WIDE __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 1
#include "type.h"

#define T int64_t
#define U uint64_t
#define TYPE MY_I64
#define NAME i64
#define WIDE __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 1
#include "type.h"

#define T uint8_t
#define U uint8_t
#define TYPE MY_U8
#define NAME u8
#define WIDE __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 0
#include "type.h"

#define T uint16_t
#define U uint16_t
#define TYPE MY_U16
#define NAME u16
#define WIDE __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 0
#include "type.h"

#define T uint32_t
#define U uint32_t
#define TYPE MY_U32
#define NAME u32
#define WIDE __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 0
#include "type.h"

#define T uint64_t
#define U uint64_t
#define TYPE MY_U64
#define NAME u64
#define WIDE unsigned __int128
#define IS_FLOATING 0
#define IS_BOOL 0
#define IS_SIGNED 0
#include "type.h"

#define T bool
#define TYPE MY_BOOL
#define NAME boolean
#define WIDE int
#define IS_FLOATING 0
#define IS_BOOL 1
#define IS_SIGNED 0
#include "type.h"

#define EACH_TABLE for (const my_kernels *const *table = tables; table < tables + table_count; table++)

// The table in use is the best one, or the one that MYELIN_ISA names.
static void check_dispatch(int count, char **names) {
  begin("dispatch");
  for (; table_count < 8 && my_kernels_available(table_count) != NULL; table_count++) {
    tables[table_count] = my_kernels_available(table_count);
  }
  if (table_count == 0 || strcmp(tables[table_count - 1]->name, "baseline") != 0) fail("the last table is not the baseline");
  for (int i = 0; i < count; i++) {
    if ((size_t)i >= table_count || strcmp(tables[i]->name, names[i]) != 0) fail("table %d is not %s", i, names[i]);
  }
  for (size_t i = 0; i < table_count; i++) {
    setenv("MYELIN_ISA", tables[i]->name, 1);
    if (my_kernels_in_use() != tables[i]) fail("MYELIN_ISA=%s gives %s", tables[i]->name, my_kernels_in_use()->name);
  }
  setenv("MYELIN_ISA", "mmx", 1);
  if (my_kernels_in_use() != tables[0]) fail("an unknown MYELIN_ISA gives %s", my_kernels_in_use()->name);
  unsetenv("MYELIN_ISA");
  if (my_kernels_in_use() != tables[0]) fail("without MYELIN_ISA it is %s", my_kernels_in_use()->name);
}

#define MANY_TASKS 5000
struct tally {
  atomic_int done[MANY_TASKS];
  atomic_int nested;
};
static void tally_one(void *nested, size_t index) {
  (void)index;
  atomic_fetch_add((atomic_int *)nested, 1);
}
static void tally_task(void *tally_, size_t index) {
  struct tally *tally = tally_;
  atomic_fetch_add(&tally->done[index], 1);
  if (index % 100 == 7) my_parallel(3, tally_one, &tally->nested);
}
static void *open_regions(void *unused) {
  (void)unused;
  struct tally *tally = malloc(sizeof *tally);
  for (size_t round = 0; round < 200; round++) {
    const size_t count = round % 10 == 0 ? MANY_TASKS : round % 7;
    memset(tally, 0, sizeof *tally);
    my_parallel(count, tally_task, tally);
    int nested = 0;
    for (size_t i = 0; i < MANY_TASKS; i++) {
      if (atomic_load(&tally->done[i]) != (i < count)) fail("task %zu of %zu was done %d times", i, count, tally->done[i]);
      nested += i < count && i % 100 == 7 ? 3 : 0;
    }
    if (atomic_load(&tally->nested) != nested) fail("%d nested tasks were done, not %d", tally->nested, nested);
  }
  free(tally);
  return NULL;
}
// Keeps every other pointer with a thread of its own, and finds none of another thread's.
static atomic_int forgotten[1 << MY_KEPT_BITS];
static void forget(void *pointer) { atomic_fetch_add((atomic_int *)pointer, 1); }
// Keeps a pointer in the second round of destructors, when what the thread kept before is forgotten.
static atomic_int forgotten_late;
static pthread_key_t late;
static void keep_late(void *round) {
  if (round == &late) pthread_setspecific(late, &forgotten_late);
  else my_kept_by_thread(forget)[0] = &forgotten_late;
}
static void *keep_pointers(void *unused) {
  (void)unused;
  void **places = my_kept_by_thread(forget);
  for (size_t i = 0; i < 1 << MY_KEPT_BITS; i++) {
    if (places[i] != NULL) fail("place %zu of a new thread isn't empty", i);
    if (i % 2 == 0) places[i] = &forgotten[i];
  }
  if (my_kept_by_thread(forget) != places) fail("a thread's places moved");
  pthread_setspecific(late, &late);
  return NULL;
}

static void check_pool(void) {
  begin("what threads keep");
  pthread_key_create(&late, keep_late);
  for (int started = 0; started < 6; started += 3) {
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, keep_pointers, NULL);
    for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  }
  for (int i = 0; i < 1 << MY_KEPT_BITS; i++) {
    if (atomic_load(&forgotten[i]) != (i % 2 == 0 ? 6 : 0)) fail("pointer %d was forgotten %d times", i, forgotten[i]);
  }
  if (atomic_load(&forgotten_late) != 6) fail("pointers kept by destructors were forgotten %d times", forgotten_late);
  begin("pool of %zu threads", my_thread_count());
  if (my_thread_count() != 4) fail("MYELIN_NUM_THREADS is 4");
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) pthread_create(&threads[i], NULL, open_regions, NULL);
  open_regions(NULL);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  for (size_t bytes = 1; bytes < 1000000; bytes *= 7) {
    char *block = my_scratch(bytes);
    if ((uintptr_t)block % 64 != 0) fail("scratch memory isn't aligned");
    memset(block, 1, bytes);
  }
}

// Calls: dimensions around the innermost work, small, and large enough for several threads.
static void check_calls(void) {
  static const ptrdiff_t shapes[][3] = {{1, 1, 1}, {2, 3, 5}, {3, 1, 70}, {7, 50, 33}, {2, 3, 20000}, {300, 20, 17}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    const ptrdiff_t l = shapes[s][0], m = shapes[s][1], n = shapes[s][2];
    const size_t count = (size_t)(l * m * n);
    float *x = memory(1, count * sizeof *x), *y = memory(2, (size_t)n * sizeof *y), *expected = malloc((count + 1) * sizeof *x);
    fill_f32(x, count, false);
    fill_f32(y, (size_t)n, false);
    EACH_TABLE {
      const my_numeric *loops = &(*table)->numeric[MY_F32];
      my_call call = {
          .operands = 3, .rank = 2, .extent = {l, m}, .size = {4, 4, 4}, .run = my_run_loop, .loop = loops->subtract,
          .stride = {{m * n, m * n, 0}, {n, n, 0}}, .inner_extent = {n}, .inner_stride = {{1}, {1}, {1}}};
      begin("%s, a loop over [%td, %td, %td]", (*table)->name, l, m, n);
      float *out = output(0, count * sizeof *out);
      call.data[0] = out, call.data[1] = x, call.data[2] = y;
      for (size_t i = 0; i < count; i++) expected[i] = x[i] - y[i % (size_t)n];
      my_run(&call, 1);
      check_before(out);
      check_same(KIND(float), out, expected, count);

      begin("%s, a reduction of [%td, %td, %td]", (*table)->name, l, m, n);
      out = output(0, (size_t)(l * m) * sizeof *out);
      my_call reduction = {
          .operands = 2, .rank = 1, .extent = {l}, .size = {4, 4}, .run = my_run_reduction, .reduction = loops->sum,
          .stride = {{m, m * n}}, .inner_extent = {m, n}, .inner_stride = {{1}, {n, 1}}, .data = {out, x}};
      my_run(&reduction, 1);
      check_before(out);
      for (ptrdiff_t i = 0; i < l * m; i++) expected[i] = sum_along_f32(x + i * n, 1, (size_t)n);
      check_same(KIND(float), out, expected, (size_t)(l * m));

      begin("%s, lines of [%td, %td, %td]", (*table)->name, l, m, n);
      out = output(0, count * sizeof *out);
      my_call lines = {
          .operands = 2, .rank = 0, .size = {4, 4}, .run = my_run_lines, .lines = loops->cumulative_sum,
          .inner_extent = {l * m, n}, .inner_stride = {{n, 1}, {n, 1}}, .data = {out, x}};
      my_run(&lines, 1);
      check_before(out);
      for (ptrdiff_t i = 0; i < l * m * n; i++) expected[i] = i % n == 0 ? x[i] : expected[i - 1] + x[i];
      check_same(KIND(float), out, expected, count);

      begin("%s, transposes of [%td, %td, %td]", (*table)->name, l, m, n);
      out = output(0, count * sizeof *out);
      my_call transpose = {
          .operands = 2, .rank = 1, .extent = {l}, .size = {4, 4}, .run = my_run_transpose, .transpose = loops->transpose,
          .stride = {{m * n, m * n}}, .inner_extent = {n, m}, .inner_stride = {{m, 1}, {1, n}}, .data = {out, x}};
      my_run(&transpose, 1);
      check_before(out);
      for (ptrdiff_t i = 0; i < l * m * n; i++) {
        expected[i / (m * n) * m * n + i % n * m + i / n % m] = x[i];
      }
      check_same(KIND(float), out, expected, count);

      begin("%s, rows of [%td, %td, %td]", (*table)->name, l, m, n);
      out = output(0, count * sizeof *out);
      int64_t *index = memory(3, (size_t)(l * m) * sizeof *index);
      for (ptrdiff_t i = 0; i < l * m; i++) {
        index[i] = (i * 7 + 3) % (l * m);
        memcpy(expected + i * n, x + index[i] * n, (size_t)n * sizeof *x);
      }
      my_call rows = {
          .operands = 3, .size = {4, 4, 8}, .run = my_run_rows, .rows = loops->take_rows, .inner_extent = {l * m, n, l * m},
          .data = {out, x, index}};
      my_run(&rows, 1);
      check_before(out);
      check_same(KIND(float), out, expected, count);
    }
    free(expected);
  }
}

// As many outer dimensions as there may be, those of x in reverse order. Tasks begin within lines of the last one.
static void check_dimensions(void) {
  static const ptrdiff_t shapes[][MY_MAX_RANK + 1] = {
      {1, 1, 1, 1, 1, 1, 1}, {2, 3, 1, 2, 3, 2, 5}, {3, 2, 5, 2, 4, 7, 40}, {2, 3, 1, 2, 3, 0, 5}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    const ptrdiff_t *extent = shapes[s], n = extent[MY_MAX_RANK];
    my_call call = {
        .operands = 4, .rank = MY_MAX_RANK, .size = {4, 1, 4, 4}, .run = my_run_loop, .inner_extent = {n},
        .inner_stride = {{1}, {1}, {1}, {1}}};
    ptrdiff_t count = n, step = n;
    for (int d = 0; d < MY_MAX_RANK; d++) {
      call.extent[d] = extent[d];
      call.stride[d][1] = call.stride[d][2] = step;
      step *= extent[d];
    }
    for (int d = MY_MAX_RANK - 1; d >= 0; d--) {
      call.stride[d][0] = call.stride[d][3] = count;
      count *= extent[d];
    }
    bool *is_x = memory(1, (size_t)count);
    float *x = memory(2, (size_t)count * sizeof *x), *y = memory(3, (size_t)count * sizeof *y);
    float *expected = malloc(((size_t)count + 1) * sizeof *x);
    for (ptrdiff_t i = 0; i < count; i++) is_x[i] = i % 3 != 0;
    fill_f32(x, (size_t)count, false);
    fill_f32(y, (size_t)count, false);
    for (ptrdiff_t i = 0; i < count; i++) {
      ptrdiff_t from = i % n;
      for (int d = 0; d < MY_MAX_RANK; d++) from += i / call.stride[d][0] % extent[d] * call.stride[d][1];
      expected[i] = is_x[from] ? x[from] : y[i];
    }
    EACH_TABLE {
      begin("%s, a loop over %d dimensions, %td elements", (*table)->name, MY_MAX_RANK + 1, count);
      float *out = output(0, (size_t)count * sizeof *out);
      call.loop = (*table)->numeric[MY_F32].select;
      call.data[0] = out, call.data[1] = is_x, call.data[2] = x, call.data[3] = y;
      my_run(&call, 1);
      check_before(out);
      check_same(KIND(float), out, expected, (size_t)count);
    }
    free(expected);
  }
}

// out = relu(Σ of a row + (x − its largest) · weight of the column), tile by tile.
static void check_programs(void) {
  enum { WHOLE_ROWS = 40 };
  for (size_t columns = 1; columns < 400; columns += columns < 20 ? 1 : 63) {
    for (size_t rows = 1; rows < 5000; rows = rows * 3 + 1) {
      if (rows * columns > 100000) continue;
      const size_t count = rows * columns;
      const ptrdiff_t row = (ptrdiff_t)(columns * sizeof(float)), element = sizeof(float);
      float *x = memory(1, count * sizeof *x), *weight = memory(2, columns * sizeof *x), *expected = malloc(count * sizeof *x);
      fill_f32(x, count, false);
      fill_f32(weight, columns, false);
      for (size_t i = 0; i < rows; i++) {
        const float *line = x + i * columns;
        const float sum = sum_along_f32(line, 1, columns), largest = line[best_f32(line, 1, columns, true)];
        for (size_t j = 0; j < columns; j++) {
          const float product = (line[j] - largest) * weight[j], all = sum + product;
          expected[i * columns + j] = all > 0 ? all : 0;
        }
      }
      const size_t tile_rows = 1 + (rows + columns) % WHOLE_ROWS;
      const size_t bytes = (tile_rows * columns * sizeof(float) + 63) / 64 * 64;
      EACH_TABLE {
        const my_numeric *loops = &(*table)->numeric[MY_F32];
        begin("%s, a program on [%zu, %zu], %zu rows a tile", (*table)->name, rows, columns, tile_rows);
        float *out = output(0, count * sizeof *out);
#define SCRATCH(i, of_row) {.offset = (ptrdiff_t)(i) * (ptrdiff_t)bytes, .row = of_row}
        const my_argument input = {.memory = x, .row = row, .column = element};
        const my_argument result = {.memory = out, .row = row, .column = element};
        const my_argument weights = {.memory = weight, .column = element};
        const my_argument largest = SCRATCH(0, element), sum = SCRATCH(1, element), spread = SCRATCH(2, 0), weights_near = SCRATCH(3, 0);
        my_instruction steps[] = {
            {.kind = MY_LOAD, .load = loops->load_tile, .once = true, .stride = {1, 1, 1}, .argument = {weights_near, weights}},
            {.kind = MY_REDUCTION, .reduction = loops->largest, .stride = {1, 1, 1}, .argument = {largest, input}},
            {.kind = MY_REDUCTION, .reduction = loops->sum, .stride = {1, 1, 1}, .argument = {sum, input}},
            {.kind = MY_PER_ROW, .loop = loops->negate, .stride = {1, 1, 1}, .argument = {largest, largest}},
            {.kind = MY_LOAD, .load = loops->load_tile, .stride = {1, 1, 1}, .argument = {spread, largest}},
            {.kind = MY_ELEMENTS, .loop = loops->add, .stride = {1, 1, 1}, .argument = {result, input, spread}},
            {.kind = MY_ELEMENTS, .loop = loops->multiply, .stride = {1, 1, 1}, .argument = {result, result, weights_near}},
            {.kind = MY_LOAD, .load = loops->load_tile, .stride = {1, 1, 1}, .argument = {spread, sum}},
            {.kind = MY_ELEMENTS, .loop = loops->add, .stride = {1, 1, 1}, .argument = {result, spread, result}},
            {.kind = MY_ELEMENTS, .loop = (*table)->floating[MY_F32].relu, .stride = {1, 1, 1}, .argument = {result, result}},
        };
        const my_program program = {rows, columns, tile_rows, columns, 4 * bytes, sizeof steps / sizeof *steps, steps, false};
        my_call call = {.run = my_run_program, .program = &program};
        my_run(&call, 1);
        check_before(out);
        check_same(KIND(float), out, expected, count);

        // The same as one tile, which knows where its arguments start.
        if (rows <= 100) {
          const size_t slot = (count * sizeof(float) + 63) / 64 * 64;
          char *scratch = memory(3, 4 * slot);
          for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
            for (int o = 0; o < MY_MAX_OPERANDS; o++) {
              const my_argument *argument = &steps[i].argument[o];
              steps[i].start[o] = argument->memory != NULL ? argument->memory : scratch + (size_t)argument->offset / bytes * slot;
            }
          }
          begin("%s, a program on [%zu, %zu] as one tile", (*table)->name, rows, columns);
          out = memset(out, 0, count * sizeof *out);
          const my_program tile = {rows, columns, rows, columns, 0, sizeof steps / sizeof *steps, steps, true};
          call.program = &tile;
          my_run(&call, 1);
          check_before(out);
          check_same(KIND(float), out, expected, count);
        }

        // Lines, and tiles of some columns of a row: out = cumulative sums of x; out = out · weight of the column.
        out = output(0, count * sizeof *out);
        const my_instruction lines[] = {
            {.kind = MY_LINES, .lines = loops->cumulative_sum, .stride = {1, 1, 1}, .argument = {result, input}}};
        const my_instruction products[] = {
            {.kind = MY_LOAD, .load = loops->load_tile, .stride = {1, 1, 1}, .argument = {weights_near, weights}},
            {.kind = MY_ELEMENTS, .loop = loops->multiply, .stride = {1, 1, 1}, .argument = {result, result, weights_near}}};
        const size_t width = columns / 3 + 1;
        const my_program whole = {rows, columns, tile_rows, columns, 64, 1, lines, false};
        const my_program part = {rows, columns, 1, width, 4 * bytes, 2, products, false};
        begin("%s, programs on [%zu, %zu], %zu columns a tile", (*table)->name, rows, columns, width);
        my_call calls[] = {{.run = my_run_program, .program = &whole}, {.run = my_run_program, .program = &part}};
        my_run(calls, 2);
        check_before(out);
        for (size_t i = 0; i < count; i += columns) {
          float total = 0;
          for (size_t j = 0; j < columns; j++) {
            total = j == 0 ? x[i] : total + x[i + j];
            const float right = total * weight[j];
            if (!is_same(KIND(float), out + i + j, &right)) fail("element %zu is %.9g, not %.9g", i + j, out[i + j], right);
          }
        }
      }
      free(expected);
    }
  }
}

// A product whose epilogue is a program: relu(a · b + bias), or the cumulative sums of its rows, which takes whole ones.
static void check_epilogues(void) {
  static const size_t shapes[][3] = {{1, 1, 1}, {5, 10, 64}, {33, 10, 32}, {100, 10, 784}, {200, 64, 64}, {400, 130, 50}, {64, 1100, 30}, {110, 600, 300}};
  for (size_t s = 0; s < 2 * (sizeof shapes / sizeof *shapes); s++) {
    const size_t m = shapes[s / 2][0], n = shapes[s / 2][1], k = shapes[s / 2][2];
    const bool takes_rows = s % 2 == 1;
    float *a = memory(1, m * k * sizeof *a), *b = memory(2, k * n * sizeof *b), *bias = memory(3, n * sizeof *bias);
    fill_f32(a, m * k, false);
    fill_f32(b, k * n, false);
    fill_f32(bias, n, false);
    EACH_TABLE {
      const my_numeric *loops = &(*table)->numeric[MY_F32];
      begin("%s, [%zu, %zu] · [%zu, %zu] with an epilogue%s", (*table)->name, m, k, k, n, takes_rows ? " of whole rows" : "");
      const ptrdiff_t stride[3][2] = {{(ptrdiff_t)n, 1}, {(ptrdiff_t)k, 1}, {(ptrdiff_t)n, 1}};
      float *product = memory(4, m * n * sizeof *product), *c = output(0, m * n * sizeof *c);
      loops->matmul(product, a, b, stride, m, n, k, NULL);
      const my_argument result = {.memory = c, .row = (ptrdiff_t)(n * sizeof *c), .column = sizeof *c};
      const my_argument added = {.memory = bias, .column = sizeof *c};
      const my_argument near = {0};
      my_instruction steps[] = {
          {.kind = MY_LOAD, .load = loops->load_tile, .once = true, .stride = {1, 1, 1}, .argument = {near, added}},
          {.kind = MY_ELEMENTS, .loop = loops->add, .stride = {1, 1, 1}, .argument = {result, result, near}},
          {.kind = MY_ELEMENTS, .loop = (*table)->floating[MY_F32].relu, .stride = {1, 1, 1}, .argument = {result, result}},
          {.kind = MY_LINES, .lines = loops->cumulative_sum, .stride = {1, 1, 1}, .argument = {result, result}}};
      const size_t count = takes_rows ? 4 : 3;
      // Small results are one tile, which knows where its arguments start; parts of it are done like other tiles.
      const bool is_one_tile = m * n <= 4096;
      const size_t tile_rows = is_one_tile ? m : 8;
      char *scratch = memory(5, tile_rows * n * sizeof *c);
      for (size_t i = 0; i < count; i++) {
        for (int o = 0; o < MY_MAX_OPERANDS; o++) {
          void *start = steps[i].argument[o].memory;
          steps[i].start[o] = start != NULL ? start : scratch;
        }
      }
      const my_program program = {m, n, tile_rows, n, tile_rows * n * sizeof *c, count, steps, is_one_tile};
      my_call call = {
          .run = my_run_matmul, .matmul = loops->matmul, .data = {c, a, b}, .operands = 3, .size = {4, 4, 4},
          .inner_extent = {(ptrdiff_t)m, (ptrdiff_t)n, (ptrdiff_t)k}, .finish = {my_finish_by_program, (void *)&program, takes_rows}};
      memcpy(call.inner_stride, stride, sizeof stride);
      my_run(&call, 1);
      check_before(c);
      float total = 0;
      for (size_t i = 0; i < m * n; i++) {
        const float sum = product[i] + bias[i % n], element = sum > 0 ? sum : 0;
        total = i % n == 0 ? element : total + element;
        const float right = takes_rows ? total : element;
        if (!is_same(KIND(float), c + i, &right)) fail("element %zu is %.9g, not %.9g", i, c[i], right);
      }
    }
  }
}

int main(int count, char **arguments) {
  setenv("MYELIN_NUM_THREADS", "4", 1);
  make_regions();
  check_dispatch(count - 1, arguments + 1);
  check_pool();
  check_type_f32();
  check_type_f64();
  check_type_i8();
  check_type_i16();
  check_type_i32();
  check_type_i64();
  check_type_u8();
  check_type_u16();
  check_type_u32();
  check_type_u64();
  check_type_boolean();
  check_calls();
  check_dimensions();
  check_programs();
  check_epilogues();
  printf("%zu checks of", check_count);
  for (size_t i = 0; i < table_count; i++) printf(" %s", tables[i]->name);
  printf(": all right\n");
  return 0;
}
