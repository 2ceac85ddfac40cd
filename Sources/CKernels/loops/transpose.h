// A copy that exchanges rows and columns, for one type T in instruction set MY_ISA; the shapes are beside my_transpose.

// Elements of four and eight bytes move in square tiles through registers, others one by one. Tiles are taken in blocks
// whose lines of memory stay in the first cache until all of each has been used.
#define MY_BLOCK 64

#if T_SIZE == 4 || T_SIZE == 8
#define MY_TILE (32 / T_SIZE)
// A register's lower and upper half (a lane of 16 bytes each) hold the same columns of rows that are half a tile apart. So
// each output row has its elements in the lanes where it needs them, and only neighbours within a lane change places:
// moves between lanes take three times as long, and loads put the halves together for nothing.
static inline __attribute__((always_inline)) void MY_LOOP(transpose_tile)(
    T *out, ptrdiff_t out_row, const T *in, ptrdiff_t in_column) {
  typedef T tile_row __attribute__((ext_vector_type(MY_TILE)));
  typedef T lane __attribute__((ext_vector_type(MY_TILE / 2)));
#pragma clang loop unroll(full)
  for (int half = 0; half < 2; half++) {
    tile_row x[MY_TILE / 2], y[MY_TILE / 2];
#pragma clang loop unroll(full)
    for (int j = 0; j < MY_TILE / 2; j++) {
      lane low, high;
      __builtin_memcpy(&low, in + j * in_column + half * MY_TILE / 2, sizeof low);
      __builtin_memcpy(&high, in + (j + MY_TILE / 2) * in_column + half * MY_TILE / 2, sizeof high);
#if T_SIZE == 4
      x[j] = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7);
#else
      x[j] = __builtin_shufflevector(low, high, 0, 1, 2, 3);
#endif
    }
#if T_SIZE == 4
#pragma clang loop unroll(full)
    for (int j = 0; j < 2; j++) {  // single elements, then pairs
      y[2 * j] = __builtin_shufflevector(x[2 * j], x[2 * j + 1], 0, 8, 1, 9, 4, 12, 5, 13);
      y[2 * j + 1] = __builtin_shufflevector(x[2 * j], x[2 * j + 1], 2, 10, 3, 11, 6, 14, 7, 15);
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < 2; j++) {
      x[2 * j] = __builtin_shufflevector(y[j], y[j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      x[2 * j + 1] = __builtin_shufflevector(y[j], y[j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
#else
    y[0] = __builtin_shufflevector(x[0], x[1], 0, 4, 2, 6);
    y[1] = __builtin_shufflevector(x[0], x[1], 1, 5, 3, 7);
    x[0] = y[0];
    x[1] = y[1];
#endif
#pragma clang loop unroll(full)
    for (int i = 0; i < MY_TILE / 2; i++) {
      __builtin_memcpy(out + (half * MY_TILE / 2 + i) * out_row, &x[i], sizeof x[i]);
    }
  }
}
#else
#define MY_TILE MY_BLOCK
static inline void MY_LOOP(transpose_tile)(T *out, ptrdiff_t out_row, const T *in, ptrdiff_t in_column) {
  for (ptrdiff_t i = 0; i < MY_TILE; i++) {
    for (ptrdiff_t j = 0; j < MY_TILE; j++) out[i * out_row + j] = in[i + j * in_column];
  }
}
#endif

// Fewer rows or columns than a tile has, in blocks whose lines stay in the first cache.
static __attribute__((noinline)) void MY_LOOP(transpose_few)(
    T *out, ptrdiff_t out_row, const T *in, ptrdiff_t in_column, ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t jb = 0; jb < columns; jb += MY_BLOCK) {
    const ptrdiff_t je = columns - jb < MY_BLOCK ? columns : jb + MY_BLOCK;
    for (ptrdiff_t i = 0; i < rows; i++) {
#pragma clang loop vectorize(disable)
      for (ptrdiff_t j = jb; j < je; j++) out[i * out_row + j] = in[i + j * in_column];
    }
  }
}

static void MY_LOOP(transpose)(
    void *out_, ptrdiff_t out_row, const void *in_, ptrdiff_t in_column, size_t rows, size_t columns) {
  T *out = out_;
  const T *in = in_;
  const ptrdiff_t m = (ptrdiff_t)rows, n = (ptrdiff_t)columns;
  if (m < MY_TILE || n < MY_TILE) {
    MY_LOOP(transpose_few)(out, out_row, in, in_column, m, n);
    return;
  }
  for (ptrdiff_t ib = 0; ib < m; ib += MY_BLOCK) {
    const ptrdiff_t ie = m - ib < MY_BLOCK ? m : ib + MY_BLOCK;
    for (ptrdiff_t jb = 0; jb < n; jb += MY_BLOCK) {
      const ptrdiff_t je = n - jb < MY_BLOCK ? n : jb + MY_BLOCK;
      for (ptrdiff_t i = ib; i < ie; i += MY_TILE) {  // the last tiles overlap those before them
        const ptrdiff_t r = i + MY_TILE <= m ? i : m - MY_TILE;
        T *to = out + r * out_row;
        const T *from = in + r;
        ptrdiff_t j = jb;
        for (; j + MY_TILE <= je; j += MY_TILE) {
          MY_LOOP(transpose_tile)(to + j, out_row, from + j * in_column, in_column);
        }
        if (j < je) MY_LOOP(transpose_tile)(to + je - MY_TILE, out_row, from + (je - MY_TILE) * in_column, in_column);
      }
    }
  }
}

#undef MY_BLOCK
#undef MY_TILE
