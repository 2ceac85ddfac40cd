// Runs calls: the dimensions around the innermost work are counted through here.

#include "CKernels.h"

// Calls `work` with the operands' pointers at each position of the outer dimensions.
static inline __attribute__((always_inline)) void my_walk(
    const my_call *call, void (*work)(const my_call *call, void *const *data)) {
  void *data[MY_MAX_OPERANDS];
  for (int o = 0; o < MY_MAX_OPERANDS; o++) data[o] = call->data[o];
  if (call->rank == 0) {
    work(call, data);
    return;
  }
  ptrdiff_t position[MY_MAX_RANK] = {0};
  for (int d = 0; d < call->rank; d++) {
    if (call->extent[d] == 0) return;
  }
  for (;;) {
    work(call, data);
    int d = call->rank - 1;
    for (;; d--) {
      if (d < 0) return;
      position[d]++;
      const ptrdiff_t steps = position[d] < call->extent[d] ? 1 : 1 - call->extent[d];
      for (int o = 0; o < call->operands; o++) {
        data[o] = (char *)data[o] + steps * call->stride[d][o] * call->size[o];
      }
      if (position[d] < call->extent[d]) break;
      position[d] = 0;
    }
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
      (size_t)call->inner_extent[1], (size_t)call->inner_extent[2]);
}

void my_run_loop(const my_call *call) { my_walk(call, my_work_loop); }

void my_run_reduction(const my_call *call) { my_walk(call, my_work_reduction); }

void my_run_matmul(const my_call *call) { my_walk(call, my_work_matmul); }

// data: rows, table, index
void my_run_rows(const my_call *call) {
  call->rows(
      call->data[0], call->data[1], call->data[2], (size_t)call->inner_extent[0],
      (size_t)call->inner_extent[1], (size_t)call->inner_extent[2]);
}

void my_run(const my_call *calls, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (calls[i].run != NULL) calls[i].run(&calls[i]);
  }
}
