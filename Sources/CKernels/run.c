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

typedef void my_work(const my_call *call, void *const *data);

// A part of a call's work: positions `first` ..< `end` of the outer dimensions, counted as one.
static inline __attribute__((always_inline)) void my_walk(
    const my_call *call, size_t first, size_t end, my_work *work) {
  void *data[MY_MAX_OPERANDS];
  for (int o = 0; o < MY_MAX_OPERANDS; o++) data[o] = call->data[o];
  if (call->rank == 0) {
    work(call, data);
    return;
  }
  ptrdiff_t position[MY_MAX_RANK] = {0};
  size_t rest = first;
  for (int d = call->rank - 1; d >= 0 && rest > 0; d--) {
    position[d] = (ptrdiff_t)(rest % (size_t)call->extent[d]);
    rest /= (size_t)call->extent[d];
    for (int o = 0; o < call->operands; o++) {
      data[o] = (char *)data[o] + position[d] * call->stride[d][o] * call->size[o];
    }
  }
  // Along the last of the dimensions each step is the same.
  const int last = call->rank - 1;
  ptrdiff_t bytes[MY_MAX_OPERANDS];
  for (int o = 0; o < call->operands; o++) bytes[o] = call->stride[last][o] * call->size[o];
  for (size_t at = first; at < end; at++) {
    work(call, data);
    if (position[last] + 1 < call->extent[last]) {
      position[last]++;
      for (int o = 0; o < call->operands; o++) data[o] = (char *)data[o] + bytes[o];
      continue;
    }
    for (int d = last; d >= 0; d--) {
      position[d]++;
      const bool is_within = position[d] < call->extent[d];
      const ptrdiff_t steps = is_within ? 1 : 1 - call->extent[d];
      for (int o = 0; o < call->operands; o++) {
        data[o] = (char *)data[o] + steps * call->stride[d][o] * call->size[o];
      }
      if (is_within) break;
      position[d] = 0;
    }
  }
}

static size_t my_outer_count(const my_call *call) {
  size_t count = 1;
  for (int d = 0; d < call->rank; d++) count *= (size_t)call->extent[d];
  return count;
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
static void my_share(const my_call *call, my_work *work, size_t inner, size_t multiple, size_t elements) {
  if (call->rank == 0 && elements <= 2 * MY_TASK_ELEMENTS) {
    work(call, call->data);
    return;
  }
  struct my_cut cut = {.call = call, .work = work, .outer = my_outer_count(call), .inner = inner};
  if (elements == 0) elements = 1;
  if (cut.outer * elements <= 2 * MY_TASK_ELEMENTS) {
    my_walk(call, 0, cut.outer, work);
  } else if (inner > cut.outer && inner >= 2 * multiple) {
    const size_t step = MY_TASK_ELEMENTS / cut.outer * inner / elements;
    cut.inner_step = step < multiple ? multiple : step / multiple * multiple;
    my_parallel((inner + cut.inner_step - 1) / cut.inner_step, my_inner_task, &cut);
  } else {
    cut.outer_step = MY_TASK_ELEMENTS / elements + 1;
    my_parallel((cut.outer + cut.outer_step - 1) / cut.outer_step, my_outer_task, &cut);
  }
}

static void my_work_loop(const my_call *call, void *const *data) {
  ptrdiff_t stride[MY_MAX_OPERANDS];
  for (int o = 0; o < MY_MAX_OPERANDS; o++) stride[o] = call->inner_stride[o][0];
  call->loop(data, stride, (size_t)call->inner_extent[0]);
}

static void my_work_reduction(const my_call *call, void *const *data) {
  call->reduction(
      data[0], call->inner_stride[0][0], data[1], call->inner_stride[1][0], call->inner_stride[1][1],
      (size_t)call->inner_extent[0], (size_t)call->inner_extent[1]);
}

static void my_work_matmul(const my_call *call, void *const *data) {
  call->matmul(
      data[0], data[1], data[2], call->inner_stride, (size_t)call->inner_extent[0],
      (size_t)call->inner_extent[1], (size_t)call->inner_extent[2], call->finish.run != NULL ? &call->finish : NULL);
}

// The rows of a table one after the other.
static void my_loop_over_rows(const my_call *call, size_t rows, size_t count) {
  void *data[MY_MAX_OPERANDS];
  ptrdiff_t stride[MY_MAX_OPERANDS], bytes[MY_MAX_OPERANDS];
  for (int o = 0; o < MY_MAX_OPERANDS; o++) {
    data[o] = call->data[o];
    stride[o] = call->inner_stride[o][0];
    bytes[o] = call->stride[0][o] * call->size[o];
  }
  for (; rows > 0; rows--) {
    call->loop(data, stride, count);
    for (int o = 0; o < MY_MAX_OPERANDS; o++) data[o] = (char *)data[o] + bytes[o];
  }
}

void my_run_loop(const my_call *call) {
  const size_t count = (size_t)call->inner_extent[0];
  const size_t rows = call->rank == 1 ? (size_t)call->extent[0] : 0;
  if (rows > 0 && rows * count <= 2 * MY_TASK_ELEMENTS) {
    my_loop_over_rows(call, rows, count);
    return;
  }
  my_share(call, my_work_loop, count, MY_CUT, count);
}

static void my_work_lines(const my_call *call, void *const *data) {
  call->lines(
      data[0], call->inner_stride[0][0], call->inner_stride[0][1], data[1], call->inner_stride[1][0],
      call->inner_stride[1][1], (size_t)call->inner_extent[0], (size_t)call->inner_extent[1]);
}

void my_run_lines(const my_call *call) {
  const size_t lines = (size_t)call->inner_extent[0], count = (size_t)call->inner_extent[1];
  my_share(call, my_work_lines, lines, MY_CUT_KEPT, lines * count);
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

// Products cut their own work if there is a single one. Some multiplications take no longer than an element.
void my_run_matmul(const my_call *call) {
  if (call->rank == 0) {
    my_work_matmul(call, call->data);
    return;
  }
  const size_t m = (size_t)call->inner_extent[0], n = (size_t)call->inner_extent[1],
               k = (size_t)call->inner_extent[2];
  my_share(call, my_work_matmul, 0, 1, m * n * k / 32);
}

static void my_work_transpose(const my_call *call, void *const *data) {
  call->transpose(
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
