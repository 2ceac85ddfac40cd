// Runs calls: the dimensions around the innermost work are counted through here, and large work is cut into tasks.
//
// The cut depends on the shape alone, so that results are the same on any number of threads.

#include "isa.h"

// Elements of a task, at least: so many that starting it costs little beside them.
#define MY_TASK_ELEMENTS 16384
// A cut of the innermost dimension falls on a multiple of this, where vectors begin; of results of a reduction, and of
// rows that become columns, on one of the second.
#define MY_CUT 1024
#define MY_CUT_KEPT 64

// Work at `positions` of the outer dimensions that follow each other along the last of them: `data` are the operands at the
// first, `bytes` how far apart those at the next lie.
typedef void my_work(const my_call *call, void **data, const ptrdiff_t *bytes, size_t positions);

#define MY_EACH_POSITION for (; positions > 0; positions--, my_move(data, bytes))

// All operands, whatever their number: a loop that ends early is foreseen wrongly too often.
static inline void my_move(void **data, const ptrdiff_t *bytes) {
  for (int o = 0; o < MY_MAX_OPERANDS; o++) data[o] = (char *)data[o] + bytes[o];
}

// A part of a call's work: positions `first` ..< `end` of the outer dimensions, counted as one, in lines along the last.
static inline __attribute__((always_inline)) void my_walk(
    const my_call *call, size_t first, size_t end, my_work *work) {
  void *data[MY_MAX_OPERANDS];
  ptrdiff_t bytes[MY_MAX_OPERANDS] = {0};
  if (call->rank == 0) {
    __builtin_memcpy(data, call->data, sizeof data);
    work(call, data, bytes, 1);
    return;
  }
  if (first == end) return;
  const int last = call->rank - 1;
  const size_t extent = (size_t)call->extent[last];
  for (int o = 0; o < MY_MAX_OPERANDS; o++) bytes[o] = call->stride[last][o] * call->size[o];
  size_t line = first / extent, from = first % extent;
  for (size_t positions; first < end; first += positions, line++, from = 0) {
    ptrdiff_t steps[MY_MAX_OPERANDS] = {0};
    size_t rest = line;
    for (int d = last - 1; rest > 0; d--) {
      const ptrdiff_t position = (ptrdiff_t)(rest % (size_t)call->extent[d]);
      rest /= (size_t)call->extent[d];
      for (int o = 0; o < MY_MAX_OPERANDS; o++) steps[o] += position * call->stride[d][o];
    }
    for (int o = 0; o < MY_MAX_OPERANDS; o++) {
      data[o] = (char *)call->data[o] + steps[o] * call->size[o] + (ptrdiff_t)from * bytes[o];
    }
    positions = extent - from < end - first ? extent - from : end - first;
    work(call, data, bytes, positions);
  }
}

struct my_cut {
  const my_call *call;
  my_work *work;
  size_t outer, outer_step;  // positions of the outer dimensions, and those of a task
  size_t inner, inner_step;  // the same for the innermost dimension; a task has all of one or the other
};

static void my_outer_task(void *cut_, size_t index) {
  const struct my_cut *cut = cut_;
  const size_t first = index * cut->outer_step, end = first + cut->outer_step;
  my_walk(cut->call, first, end < cut->outer ? end : cut->outer, cut->work);
}

static void my_inner_task(void *cut_, size_t index) {
  const struct my_cut *cut = cut_;
  my_call part = *cut->call;
  const size_t first = index * cut->inner_step, rest = cut->inner - first;
  part.inner_extent[0] = (ptrdiff_t)(rest < cut->inner_step ? rest : cut->inner_step);
  for (int o = 0; o < part.operands; o++) {
    part.data[o] = (char *)part.data[o] + (ptrdiff_t)first * part.inner_stride[o][0] * part.size[o];
  }
  my_walk(&part, 0, cut->outer, cut->work);
}

// Runs `work` at each outer position. The innermost dimension may be cut if `inner`, its elements, isn't 0; a position
// takes as much work as `elements` simple operations. A cut falls on a multiple of `multiple`.
static inline __attribute__((always_inline)) void my_share(
    const my_call *call, my_work *work, size_t inner, size_t multiple, size_t elements) {
  size_t outer = 1;
#pragma clang loop unroll(disable)  // mostly there is one or none
  for (int d = 0; d < call->rank; d++) outer *= (size_t)call->extent[d];
  if (elements == 0) elements = 1;
  if (outer * elements <= 2 * MY_TASK_ELEMENTS) {
    my_walk(call, 0, outer, work);
    return;
  }
  struct my_cut cut = {.call = call, .work = work, .outer = outer, .inner = inner};
  if (inner > outer && inner >= 2 * multiple) {
    const size_t step = MY_TASK_ELEMENTS / outer * inner / elements;
    cut.inner_step = step < multiple ? multiple : step / multiple * multiple;
    my_parallel((inner + cut.inner_step - 1) / cut.inner_step, my_inner_task, &cut);
  } else {
    cut.outer_step = MY_TASK_ELEMENTS / elements + 1;
    my_parallel((outer + cut.outer_step - 1) / cut.outer_step, my_outer_task, &cut);
  }
}

static void my_work_loop(const my_call *call, void **data, const ptrdiff_t *bytes, size_t positions) {
  ptrdiff_t stride[MY_MAX_OPERANDS];
  for (int o = 0; o < MY_MAX_OPERANDS; o++) stride[o] = call->inner_stride[o][0];
  MY_EACH_POSITION call->loop(data, stride, (size_t)call->inner_extent[0]);
}

void my_run_loop(const my_call *call) {
  const size_t count = (size_t)call->inner_extent[0];
  my_share(call, my_work_loop, count, MY_CUT, count);
}

static void my_work_lines(const my_call *call, void **data, const ptrdiff_t *bytes, size_t positions) {
  MY_EACH_POSITION call->lines(
      data[0], call->inner_stride[0][0], call->inner_stride[0][1], data[1], call->inner_stride[1][0],
      call->inner_stride[1][1], (size_t)call->inner_extent[0], (size_t)call->inner_extent[1]);
}

void my_run_lines(const my_call *call) {
  const size_t lines = (size_t)call->inner_extent[0], count = (size_t)call->inner_extent[1];
  my_share(call, my_work_lines, lines, MY_CUT_KEPT, lines * count);
}

static void my_work_reduction(const my_call *call, void **data, const ptrdiff_t *bytes, size_t positions) {
  MY_EACH_POSITION call->reduction(
      data[0], call->inner_stride[0][0], data[1], call->inner_stride[1][0], call->inner_stride[1][1],
      (size_t)call->inner_extent[0], (size_t)call->inner_extent[1]);
}

void my_run_reduction(const my_call *call) {
  const size_t kept = (size_t)call->inner_extent[0], reduced = (size_t)call->inner_extent[1];
  my_share(call, my_work_reduction, kept, MY_CUT_KEPT, kept * reduced);
}

struct my_finish_cut {
  const my_finish *finish;
  size_t m, column, n, rows;  // the last of a task
};

static void my_finish_task(void *cut_, size_t index) {
  const struct my_finish_cut *cut = cut_;
  const size_t row = index * cut->rows, rest = cut->m - row;
  cut->finish->run(cut->finish->context, row, rest < cut->rows ? rest : cut->rows, cut->column, cut->n);
}

void my_finish_rows(const my_finish *finish, size_t m, size_t column, size_t n, size_t size) {
  if (m * n * size <= MY_FINISH_BYTES) {
    finish->run(finish->context, 0, m, column, n);
    return;
  }
  struct my_finish_cut cut = {finish, m, column, n, MY_FINISH_BYTES / size / n + 1};
  my_parallel((m + cut.rows - 1) / cut.rows, my_finish_task, &cut);
}

static void my_work_matmul(const my_call *call, void **data, const ptrdiff_t *bytes, size_t positions) {
  MY_EACH_POSITION call->matmul(
      data[0], data[1], data[2], call->inner_stride, (size_t)call->inner_extent[0],
      (size_t)call->inner_extent[1], (size_t)call->inner_extent[2], call->finish.run != NULL ? &call->finish : NULL);
}

// Products cut their own work if there is a single one, which is a single task. Some multiplications take no longer than an
// element.
void my_run_matmul(const my_call *call) {
  const size_t m = (size_t)call->inner_extent[0], n = (size_t)call->inner_extent[1],
               k = (size_t)call->inner_extent[2];
  my_share(call, my_work_matmul, 0, 1, m * n * k / 32);
}

static void my_work_transpose(const my_call *call, void **data, const ptrdiff_t *bytes, size_t positions) {
  MY_EACH_POSITION call->transpose(
      data[0], call->inner_stride[0][0], data[1], call->inner_stride[1][1], (size_t)call->inner_extent[0],
      (size_t)call->inner_extent[1]);
}

void my_run_transpose(const my_call *call) {
  const size_t rows = (size_t)call->inner_extent[0], columns = (size_t)call->inner_extent[1];
  my_share(call, my_work_transpose, rows, MY_CUT_KEPT, rows * columns);
}

// data: rows, table, index
void my_run_rows(const my_call *call) {
  call->rows(
      call->data[0], call->data[1], call->data[2], (size_t)call->inner_extent[0],
      (size_t)call->inner_extent[1], (size_t)call->inner_extent[2]);
}

void my_fill(const my_address *addresses, size_t count, void *memory) {
  for (size_t i = 0; i < count; i++) *addresses[i].place = (char *)memory + addresses[i].offset;
}

void my_run(const my_call *calls, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (calls[i].run != NULL) calls[i].run(&calls[i]);
  }
}
