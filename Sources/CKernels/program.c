// Runs programs: all instructions on one tile of the table, then on the next.
//
// Tiles are cut by the table's shape alone, and no instruction looks beyond its tile's rows, so results don't depend on who
// runs which tile.

#include "CKernels.h"
#include "pool.h"

// Elements times instructions of a task, at least.
#define MY_TASK_WORK 65536

static inline char *my_start(const my_argument *argument, char *scratch, size_t row, size_t column) {
  const uintptr_t memory = (uintptr_t)argument->memory;
  const uintptr_t steps = row * (uintptr_t)argument->row + column * (uintptr_t)argument->column;
  return memory == 0 ? scratch + argument->offset : (char *)(memory + steps);
}

// Does an instruction on a tile of so many rows and columns.
static inline __attribute__((always_inline)) void my_do(
    const my_instruction *step, void *const *data, size_t rows, size_t columns, bool is_first) {
  const ptrdiff_t width = (ptrdiff_t)columns;
  switch (step->kind) {
    case MY_ELEMENTS: step->loop(data, step->stride, rows * columns); break;
    case MY_PER_ROW: step->loop(data, step->stride, rows); break;
    case MY_LINES: step->lines(data[0], width, 1, data[1], width, 1, rows, columns); break;
    case MY_REDUCTION: step->reduction(data[0], 1, data[1], width, 1, rows, columns); break;
    case MY_LOAD:
      if (is_first || !step->once) {
        step->load(data[0], data[1], step->argument[1].row, step->argument[1].column, rows, columns);
      }
      break;
  }
}

static void my_run_tile(
    const my_program *program, char *scratch, size_t row, size_t rows, size_t column, size_t columns, bool is_first) {
  for (size_t i = 0; i < program->count; i++) {
    const my_instruction *step = &program->instructions[i];
    void *data[MY_MAX_OPERANDS];
    // All of them, whatever their number: a loop that ends early is foreseen wrongly too often.
#pragma clang loop unroll(full)
    for (int o = 0; o < MY_MAX_OPERANDS; o++) data[o] = my_start(&step->argument[o], scratch, row, column);
    my_do(step, data, rows, columns, is_first);
  }
}

// Runs a program on a block of its table; of fewer columns than the table has, row by row.
static void my_run_block(const my_program *program, size_t row, size_t rows, size_t column, size_t columns) {
  if (program->is_one_tile && rows == program->rows && columns == program->columns) {
    for (size_t i = 0; i < program->count; i++) {
      my_do(&program->instructions[i], program->instructions[i].start, rows, columns, true);
    }
    return;
  }
  _Alignas(64) char scratch[program->scratch_bytes];
  const size_t width = program->tile_columns;
  // Several rows follow each other in memory only if they are whole.
  const size_t height = columns == program->columns && columns <= width ? program->tile_rows : 1;
  for (size_t c = 0; c < columns; c += width) {
    for (size_t r = 0; r < rows; r += height) {
      my_run_tile(
          program, scratch, row + r, rows - r < height ? rows - r : height, column + c,
          columns - c < width ? columns - c : width, r == 0);
    }
  }
}

void my_finish_by_program(void *program, size_t row, size_t rows, size_t column, size_t columns) {
  my_run_block(program, row, rows, column, columns);
}

struct my_program_cut {
  const my_program *program;
  size_t rows, columns;  // of a task
};

static void my_program_task(void *cut_, size_t task) {
  const struct my_program_cut *cut = cut_;
  const my_program *program = cut->program;
  const size_t across = (program->columns + cut->columns - 1) / cut->columns;
  const size_t row = task / across * cut->rows, column = task % across * cut->columns;
  const size_t rows = program->rows - row, columns = program->columns - column;
  my_run_block(
      program, row, rows < cut->rows ? rows : cut->rows, column, columns < cut->columns ? columns : cut->columns);
}

void my_run_program(const my_call *call) {
  const my_program *program = call->program;
  // Small tables take no longer than to find out how to cut them.
  if (program->rows * program->columns * program->count <= MY_TASK_WORK) {
    my_run_block(program, 0, program->rows, 0, program->columns);
    return;
  }
  // A task is so many tiles: some whole rows of them, or a part of one.
  const size_t work = program->tile_rows * program->tile_columns * program->count;
  const size_t tiles = MY_TASK_WORK / (work == 0 ? 1 : work) + 1;
  const size_t tiles_across = (program->columns + program->tile_columns - 1) / program->tile_columns;
  struct my_program_cut cut = {program, 1, program->columns};
  if (tiles >= tiles_across) cut.rows = tiles / tiles_across * program->tile_rows;
  else cut.columns = tiles * program->tile_columns;
  const size_t down = (program->rows + cut.rows - 1) / cut.rows;
  const size_t across = (program->columns + cut.columns - 1) / cut.columns;
  my_parallel(down * across, my_program_task, &cut);
}
