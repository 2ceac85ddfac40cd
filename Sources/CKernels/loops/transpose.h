// A copy that exchanges rows and columns, for one type T in instruction set MY_ISA; the shapes are beside my_transpose.

// Elements of four and eight bytes move in square tiles through registers, others one by one. Tiles are taken in blocks
// whose lines of memory stay in the first cache until all of each has been used.
#define MY_BLOCK 64

#if T_SIZE == 4 || T_SIZE == 8
#define MY_TILE (32 / T_SIZE)
// Interleaving the rows of one half of a tile with those of the other, once for each factor 2 of its side, transposes it.
static inline __attribute__((always_inline)) void MY_LOOP(transpose_tile)(
    T *out, ptrdiff_t out_row, const T *in, ptrdiff_t in_column) {
  typedef T tile_row __attribute__((ext_vector_type(MY_TILE)));
  tile_row x[MY_TILE], y[MY_TILE];
#pragma clang loop unroll(full)
  for (int j = 0; j < MY_TILE; j++) __builtin_memcpy(&x[j], in + j * in_column, sizeof x[j]);
#pragma clang loop unroll(full)
  for (int step = 1; step < MY_TILE; step *= 2) {
#pragma clang loop unroll(full)
    for (int j = 0; j < MY_TILE / 2; j++) {
      const tile_row a = x[j], b = x[j + MY_TILE / 2];
#if T_SIZE == 4
      y[2 * j] = __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
      y[2 * j + 1] = __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
#else
      y[2 * j] = __builtin_shufflevector(a, b, 0, 4, 1, 5);
      y[2 * j + 1] = __builtin_shufflevector(a, b, 2, 6, 3, 7);
#endif
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < MY_TILE; j++) x[j] = y[j];
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < MY_TILE; i++) __builtin_memcpy(out + i * out_row, &x[i], sizeof x[i]);
}
#else
#define MY_TILE MY_BLOCK
static inline void MY_LOOP(transpose_tile)(T *out, ptrdiff_t out_row, const T *in, ptrdiff_t in_column) {
  for (ptrdiff_t i = 0; i < MY_TILE; i++) {
    for (ptrdiff_t j = 0; j < MY_TILE; j++) out[i * out_row + j] = in[i + j * in_column];
  }
}
#endif

static void MY_LOOP(transpose)(
    void *out_, ptrdiff_t out_row, const void *in_, ptrdiff_t in_column, size_t rows, size_t columns) {
  T *out = out_;
  const T *in = in_;
  const ptrdiff_t m = (ptrdiff_t)rows, n = (ptrdiff_t)columns;
  for (ptrdiff_t ib = 0; ib < m; ib += MY_BLOCK) {
    const ptrdiff_t ie = m - ib < MY_BLOCK ? m : ib + MY_BLOCK;
    for (ptrdiff_t jb = 0; jb < n; jb += MY_BLOCK) {
      const ptrdiff_t je = n - jb < MY_BLOCK ? n : jb + MY_BLOCK;
      for (ptrdiff_t i = ib; i < ie; i += MY_TILE) {
        for (ptrdiff_t j = jb; j < je; j += MY_TILE) {
          T *to = out + i * out_row + j;
          const T *from = in + i + j * in_column;
          if (i + MY_TILE <= ie && j + MY_TILE <= je) {
            MY_LOOP(transpose_tile)(to, out_row, from, in_column);
            continue;
          }
          for (ptrdiff_t r = 0; r < MY_TILE && i + r < ie; r++) {
            for (ptrdiff_t c = 0; c < MY_TILE && j + c < je; c++) to[r * out_row + c] = from[r + c * in_column];
          }
        }
      }
    }
  }
}

#undef MY_BLOCK
#undef MY_TILE
