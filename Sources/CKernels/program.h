// Programs, for what runs them on parts of a table.

#ifndef MYELIN_PROGRAM_H
#define MYELIN_PROGRAM_H

#include "CKernels.h"

/// Runs a program on a block of its table; of fewer columns than the table has, row by row.
void my_run_block(const my_program *program, size_t row, size_t rows, size_t column, size_t columns);

#endif
