// The whole C interface of Myelin: loops over memory, one table of them per instruction set.
//
// In come pointers, strides and counts; out go numbers. Nothing here allocates, knows a shape's meaning or
// decides a policy. Each loop is written once in loops/*.h and compiled per instruction set by isa/*.c;
// dispatch.c picks the table at start.

#ifndef MYELIN_CKERNELS_H
#define MYELIN_CKERNELS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MY_MAX_OPERANDS 4
#define MY_MAX_RANK 6

/// A loop over one dimension: `count` elements of an output and its inputs.
///
/// data: output, then inputs; stride: the step of each, in elements (0 repeats one element).
/// An input may be the output itself (same start and stride), but must not overlap it otherwise.
typedef void my_loop(void *_Nonnull const *_Nonnull data, const ptrdiff_t *_Nonnull stride, size_t count);

/// A reduction of one dimension: output[i] = reduce over j of input[i, j].
///
/// out: [kept]; in: [kept, reduced], each with the steps given, in elements.
typedef void my_reduction(
    void *_Nonnull out, ptrdiff_t out_stride,
    const void *_Nonnull in, ptrdiff_t kept_stride, ptrdiff_t reduced_stride,
    size_t kept, size_t reduced);

/// Each line by itself: `count` elements in, as many out. The output may be the input.
///
/// out, in: [lines, count], each with the steps from line to line and within a line, in elements.
typedef void my_line_loop(
    void *_Nonnull out, ptrdiff_t out_line, ptrdiff_t out_stride,
    const void *_Nonnull in, ptrdiff_t in_line, ptrdiff_t in_stride, size_t lines, size_t count);

/// Work on a block of a result that is complete, while it is in the caches.
///
/// `run` is called on the thread that has just computed the block, maybe on several at once, and must not call what takes
/// scratch memory (a matrix product).
typedef struct my_finish {
  void (*_Nullable run)(void *_Nullable context, size_t row, size_t rows, size_t column, size_t columns);
  void *_Nullable context;
  bool takes_rows;  // whether blocks must have all columns
} my_finish;

/// The matrix product c = a · b, with c overwritten.
///
/// a: [m, k], b: [k, n], c: [m, n]; stride[operand][0] is the step between rows, [1] between columns,
/// of c, a, b in this order, in elements. Each element of c is in one block that `finish`, if any, is called for; which
/// blocks depends on the shape alone.
typedef void my_matmul(
    void *_Nonnull c, const void *_Nonnull a, const void *_Nonnull b,
    const ptrdiff_t (*_Nonnull stride)[2], size_t m, size_t n, size_t k,
    const my_finish *_Nullable finish);

/// Rows of a table: out[i] = table[index[i]], or the reverse, table[index[i]] += out[i].
///
/// rows: [count, width] contiguous; table: [extent, width] contiguous, extent at least 1; index: [count]. An index
/// outside of 0 ..< extent means the nearest row within: no index reads or writes elsewhere.
typedef void my_rows(
    void *_Nonnull rows, void *_Nonnull table, const int64_t *_Nonnull index, size_t count, size_t width,
    size_t extent);

/// A copy across: out[i, j] = in[i, j], the rows of out contiguous and the columns of in.
///
/// out: [rows, columns], `out_row` elements from row to row; in: the same, `in_column` from column to column.
typedef void my_transpose(
    void *_Nonnull out, ptrdiff_t out_row, const void *_Nonnull in, ptrdiff_t in_column, size_t rows, size_t columns);
/// The elements of a line in ascending order; equal ones (0 and −0 too) stay in their order, NaN come last. `out` is
/// memory of its own: `in` is read again at the end.
///
/// out, in, scratch: [count].
typedef void my_sort(
    void *_Nonnull out, const void *_Nonnull in, size_t count, void *_Nonnull scratch);

/// A position, and a number to sort it by.
typedef struct my_entry {
  uint64_t key;
  int64_t position;
} my_entry;

/// The positions of a line's elements in ascending order (or descending), those of equal ones ascending; NaN are larger
/// than all numbers.
///
/// out, in: [count]; scratch: [2 · count].
typedef void my_argsort(
    int64_t *_Nonnull out, const void *_Nonnull in, size_t count, bool descends,
    my_entry *_Nonnull scratch);

/// How many elements are not 0. in: [count].
typedef size_t my_count_nonzero(const void *_Nonnull in, size_t count);

/// The positions of the first elements that are not 0. out: [found]; in: at least `found` of them.
typedef void my_nonzero(int64_t *_Nonnull out, const void *_Nonnull in, size_t found);

/// The first elements whose mask is true. out: [found]; in, mask: of the same length, at least `found` true.
typedef void my_compress(
    void *_Nonnull out, const void *_Nonnull in, const bool *_Nonnull mask, size_t found);

/// Plane rotations of neighbouring rows, one after the other: rotation i takes the rows x and y at i and i + 1 to
/// cosine[i] · x + sine[i] · y and cosine[i] · y − sine[i] · x.
///
/// rows: [count + 1, columns], `step` elements from row to row; cosine, sine: [count], of the rows' type.
typedef void my_rotations(
    void *_Nonnull rows, ptrdiff_t step, size_t columns, const void *_Nonnull cosine, const void *_Nonnull sine,
    size_t count);

/// Copies a table with any steps to where elements follow each other.
///
/// out: [rows, columns]; in: `row` bytes from row to row, `column` from column to column, multiples of the type's size
typedef void my_load(
    void *_Nonnull out, const void *_Nonnull in, ptrdiff_t row, ptrdiff_t column, size_t rows, size_t columns);

// Loops that every scalar type has; on bool, add and maximum are "or", multiply and minimum "and", negate "not".
#define MY_NUMERIC_LOOPS(X)                                                                           \
  X(copy) X(negate) X(absolute) X(sign) X(square)                                                     \
  X(add) X(subtract) X(multiply) X(divide) X(remainder) X(maximum) X(minimum) X(power)                \
  X(equal) X(not_equal) X(less) X(less_equal) X(select)                                               \
  X(to_f32) X(to_f64) X(to_i8) X(to_i16) X(to_i32) X(to_i64)                                          \
  X(to_u8) X(to_u16) X(to_u32) X(to_u64) X(to_bool)

#define MY_NUMERIC_LINE_LOOPS(X) X(cumulative_sum) X(cumulative_product)

#define MY_NUMERIC_REDUCTIONS(X)                                                                      \
  X(sum) X(product) X(largest) X(smallest) X(index_of_largest) X(index_of_smallest)

// Loops that only float and double have.
#define MY_FLOATING_LOOPS(X)                                                                          \
  X(square_root) X(exp) X(expm1) X(log) X(log1p) X(tanh) X(sigmoid) X(softplus) X(relu)               \
  X(sigmoid_cross_entropy) X(floor_divide) X(hypot) X(atan2)                                         \
  X(exp2) X(log2) X(log10) X(sin) X(cos) X(tan) X(asin) X(acos) X(atan)                               \
  X(sinh) X(cosh) X(asinh) X(acosh) X(atanh) X(cbrt) X(erf) X(floor) X(ceil) X(trunc) X(rint)

#define MY_FLOATING_LINE_LOOPS(X) X(softmax) X(log_softmax)

// Loops that only whole numbers have. A shift by the width or more, or by less than 0, shifts all bits out.
#define MY_INTEGER_LOOPS(X)                                                                           \
  X(bitwise_and) X(bitwise_or) X(bitwise_xor) X(bitwise_not) X(shift_left) X(shift_right)

#define MY_LOOP_FIELD(name) my_loop *_Nonnull name;
#define MY_REDUCTION_FIELD(name) my_reduction *_Nonnull name;
#define MY_LINE_LOOP_FIELD(name) my_line_loop *_Nonnull name;

typedef struct my_numeric {
  MY_NUMERIC_LOOPS(MY_LOOP_FIELD)
  MY_NUMERIC_REDUCTIONS(MY_REDUCTION_FIELD)
  MY_NUMERIC_LINE_LOOPS(MY_LINE_LOOP_FIELD)
  my_matmul *_Nonnull matmul;
  my_rows *_Nonnull take_rows;
  my_rows *_Nonnull add_rows;
  my_transpose *_Nonnull transpose;
  my_load *_Nonnull load_tile;
  my_sort *_Nonnull sort;
  my_argsort *_Nonnull argsort;
  my_compress *_Nonnull compress;
  my_nonzero *_Nonnull nonzero;
  my_count_nonzero *_Nonnull count_nonzero;
} my_numeric;

typedef struct my_floating {
  MY_FLOATING_LOOPS(MY_LOOP_FIELD)
  MY_FLOATING_LINE_LOOPS(MY_LINE_LOOP_FIELD)
  my_rotations *_Nonnull rotate;
} my_floating;

typedef struct my_integer {
  MY_INTEGER_LOOPS(MY_LOOP_FIELD)
} my_integer;

/// The scalar types, in the order of the tables.
typedef enum my_type {
  MY_F32, MY_F64, MY_I8, MY_I16, MY_I32, MY_I64, MY_U8, MY_U16, MY_U32, MY_U64, MY_BOOL, MY_TYPES
} my_type;

/// All loops for one instruction set.
typedef struct my_kernels {
  const char *_Nonnull name;       // as MYELIN_ISA spells it
  my_numeric numeric[MY_TYPES];
  my_floating floating[MY_F64 + 1];
  my_integer integer[MY_U64 - MY_I8 + 1];  // from MY_I8 on
} my_kernels;

/// The table in use: the best the processor has, or the one that the environment variable MYELIN_ISA names.
const my_kernels *_Nonnull my_kernels_in_use(void);

/// The `index`-th table that this processor can run, best first, or NULL past the last.
const my_kernels *_Nullable my_kernels_available(size_t index);

// A program: loops that follow each other on one tile of a table after the other, so that what one of them writes is in
// the first cache when the next one reads it. A tile is some whole rows of the table, or a part of one.

/// What an instruction works on: memory of the caller's, or a tile's worth of scratch memory.
typedef struct my_argument {
  void *_Nullable memory;  // of the table's first element; NULL for scratch memory
  ptrdiff_t offset;        // of scratch memory, in bytes
  ptrdiff_t row, column;   // from one row to the next and from one column to the next, in bytes
} my_argument;

typedef enum my_work_kind {
  MY_ELEMENTS,   // `loop` over all elements of the tile, one after the other
  MY_PER_ROW,    // `loop` over numbers of which there is one a row
  MY_LINES,      // `lines` over the tile's rows
  MY_REDUCTION,  // `reduction` of each row to one number
  MY_LOAD,       // a copy of memory with any steps to scratch memory, where elements follow each other
} my_work_kind;

typedef struct my_instruction {
  my_work_kind kind;
  bool once;  // a load that is the same for each row
  union {
    my_loop *_Nullable loop;
    my_reduction *_Nullable reduction;
    my_line_loop *_Nullable lines;
    my_load *_Nullable load;
  };
  ptrdiff_t stride[MY_MAX_OPERANDS];       // from one element of the tile to the next, in elements; 0 repeats one
  void *_Nullable start[MY_MAX_OPERANDS];  // where the arguments begin, if the table is one tile
  my_argument argument[MY_MAX_OPERANDS];   // output, then inputs; all zero if there are fewer
} my_instruction;

typedef struct my_program {
  size_t rows, columns;            // of the table
  size_t tile_rows, tile_columns;  // several rows of a tile are whole ones
  size_t scratch_bytes;
  size_t count;
  const my_instruction *_Nonnull instructions;
  // Whether the table is one tile and the instructions say where their arguments start, scratch memory of the program's
  // own too: then only one thread at a time may run all of it.
  bool is_one_tile;
} my_program;

// One call of a loop with all that it needs, so that a plan is an array of these and running it is a walk.

typedef struct my_call my_call;

struct my_call {
  void (*_Nullable run)(const my_call *_Nonnull call);  // one of the runners below; NULL does nothing
  union {
    my_loop *_Nullable loop;
    my_reduction *_Nullable reduction;
    my_matmul *_Nullable matmul;
    my_rows *_Nullable rows;
    my_transpose *_Nullable transpose;
    my_line_loop *_Nullable lines;
    const my_program *_Nullable program;
  };
  void *_Nullable data[MY_MAX_OPERANDS];  // output, then inputs
  int32_t operands;  // the entries of others are 0
  int32_t rank;  // of the dimensions around the innermost work, at most MY_MAX_RANK
  ptrdiff_t extent[MY_MAX_RANK];  // outermost first
  ptrdiff_t stride[MY_MAX_RANK][MY_MAX_OPERANDS];
  ptrdiff_t inner_extent[3];  // loop: count · reduction: kept, reduced · matmul: m, n, k · rows: count, width, extent · transpose: rows, columns · lines: lines, count
  ptrdiff_t inner_stride[MY_MAX_OPERANDS][2];  // loop: [operand][0] · reduction: out, kept, reduced · matmul: [operand] · transpose: out_row; 1, in_column · lines: [operand] line, step
  int32_t size[MY_MAX_OPERANDS];  // bytes of an element of each operand
  my_finish finish;  // matmul of rank 0; nothing is done if `run` is NULL
};

void my_run_loop(const my_call *_Nonnull call);
void my_run_lines(const my_call *_Nonnull call);
void my_run_reduction(const my_call *_Nonnull call);
void my_run_matmul(const my_call *_Nonnull call);
void my_run_rows(const my_call *_Nonnull call);
void my_run_transpose(const my_call *_Nonnull call);
void my_run_program(const my_call *_Nonnull call);

/// Runs a program, the context, on a block of its table: a matrix product's epilogue.
void my_finish_by_program(
    void *_Nullable program, size_t row, size_t rows, size_t column, size_t columns);

/// Where a call or a program keeps an address, and what that is beyond the start of the memory it lies in, in bytes.
typedef struct my_address {
  void *_Nullable *_Nonnull place;
  ptrdiff_t offset;
} my_address;

/// Fills in the addresses for memory that begins at `memory`.
void my_fill(const my_address *_Nonnull addresses, size_t count, void *_Nonnull memory);

/// Places for pointers, 2^MY_KEPT_BITS for each thread, all NULL at first. When the thread ends, `forget` is called with each
/// pointer that it still keeps; it must be the same function in all calls of a thread.
#define MY_KEPT_BITS 6
void *_Nullable *_Nonnull my_kept_by_thread(void (*_Nonnull forget)(void *_Nonnull));

/// Runs `count` calls, in order. Large ones are shared by the pool's threads.
void my_run(const my_call *_Nonnull calls, size_t count);

#endif
