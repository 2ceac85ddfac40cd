// The matrix product for one floating type T in instruction set MY_ISA; the shapes are beside my_matmul.
//
// Goto & van de Geijn 2008, "Anatomy of high-performance matrix multiplication": blocks of a and b are packed into panels
// that stay in the caches, and a kernel holds MY_ROWS × 2 W elements of c in registers. Small products skip the
// packing: the kernel reads a, and b if its rows are contiguous, where they lie.

// Rows of the kernel: as many accumulators as fit the registers with two vectors of b and one of a.
#if MY_VECTOR_BYTES == 64
#define MY_ROWS 12
#elif MY_VECTOR_BYTES == 32
#define MY_ROWS 6
#else
#define MY_ROWS 4
#endif
#define MY_PANEL (2 * W)
// Blocks: a panel of b (MY_DEPTH × MY_PANEL) stays in the first cache, a block of a in the second.
#define MY_DEPTH 256

// c[rows, columns] = (+=) a · b over k steps. a: `a_row` from row to row, `a_step` from step to step; b: contiguous rows of
// vectors · W elements, `b_step` from step to step, of which the last vector has only `last` elements if `is_part`.
#define MY_UNROLLED _Pragma("clang loop unroll(full)")
#define MY_KERNEL(name, rows, vectors, is_part)                                                       \
  static void MY_LOOP(name)(                                                                          \
      T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step, \
      size_t k, size_t last, bool accumulates) {                                                      \
    V sum[rows][vectors];                                                                             \
    MY_UNROLLED for (int r = 0; r < rows; r++) {                                                                  \
      MY_UNROLLED for (int v = 0; v < vectors; v++) sum[r][v] = (V)(T)0;                                          \
    }                                                                                                 \
    for (size_t p = 0; p < k; p++) {                                                                  \
      V y[vectors];                                                                                   \
      MY_UNROLLED for (int v = 0; v < vectors; v++) {                                                             \
        y[v] = is_part && v == vectors - 1 ? MY_LOOP(load_part)(b + v * W, last) : MY_LOOP(load)(b + v * W); \
      }                                                                                               \
      MY_UNROLLED for (int r = 0; r < rows; r++) {                                                                \
        const V x = (V)a[r * a_row];                                                                  \
        MY_UNROLLED for (int v = 0; v < vectors; v++) sum[r][v] = MY_LOOP(fma)(x, y[v], sum[r][v]);               \
      }                                                                                               \
      a += a_step;                                                                                    \
      b += b_step;                                                                                    \
    }                                                                                                 \
    MY_UNROLLED for (int r = 0; r < rows; r++) {                                                                  \
      MY_UNROLLED for (int v = 0; v < vectors; v++) {                                                             \
        T *to = c + r * c_row + v * W;                                                                \
        if (is_part && v == vectors - 1) {                                                            \
          if (accumulates) sum[r][v] += MY_LOOP(load_part)(to, last);                                 \
          MY_LOOP(store_part)(to, sum[r][v], last);                                                   \
        } else {                                                                                      \
          if (accumulates) sum[r][v] += MY_LOOP(load)(to);                                            \
          MY_LOOP(store)(to, sum[r][v]);                                                              \
        }                                                                                             \
      }                                                                                               \
    }                                                                                                 \
  }

#define MY_KERNELS(rows)                                                                              \
  MY_KERNEL(kernel_##rows##_full, rows, 2, 0)                                                         \
  MY_KERNEL(kernel_##rows##_two, rows, 2, 1)                                                          \
  MY_KERNEL(kernel_##rows##_one, rows, 1, 1)
#if MY_ROWS == 12
MY_KERNELS(12)
MY_KERNELS(8)
#elif MY_ROWS == 6
MY_KERNELS(6)
#endif
MY_KERNELS(4)
MY_KERNELS(2)
MY_KERNELS(1)
// A single row has registers to spare: more columns at a time, or it waits for each sum.
MY_KERNEL(kernel_1_wide, 1, 8, 0)

// c[rows, columns] over a panel of b, at most MY_PANEL columns wide.
static void MY_LOOP(panel_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    size_t rows, size_t columns, size_t k, bool accumulates) {
#define MY_CALL(name) MY_LOOP(name)(c, c_row, a, a_row, a_step, b, b_step, k, last, accumulates)
#define MY_TAKE(taken)                                                                                \
  while (rows >= taken) {                                                                             \
    if (columns == MY_PANEL) MY_CALL(kernel_##taken##_full);                                          \
    else if (columns > W) MY_CALL(kernel_##taken##_two);                                              \
    else MY_CALL(kernel_##taken##_one);                                                               \
    c += taken * c_row;                                                                               \
    a += taken * a_row;                                                                               \
    rows -= taken;                                                                                    \
  }
  const size_t last = columns > W ? columns - W : columns;
#if MY_ROWS == 12
  MY_TAKE(12)
  MY_TAKE(8)
#elif MY_ROWS == 6
  MY_TAKE(6)
#endif
  MY_TAKE(4)
  MY_TAKE(2)
  MY_TAKE(1)
#undef MY_TAKE
#undef MY_CALL
}

// The product without packing: b has contiguous rows.
static void MY_LOOP(direct_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    size_t m, size_t n, size_t k) {
  size_t j = 0;
  if (m == 1) {
    for (; j + 8 * W <= n; j += 8 * W) {
      MY_LOOP(kernel_1_wide)(c + j, c_row, a, a_row, a_step, b + j, b_step, k, W, false);
    }
  }
  for (; j < n; j += MY_PANEL) {
    MY_LOOP(panel_product)
    (c + j, c_row, a, a_row, a_step, b + j, b_step, m, n - j < MY_PANEL ? n - j : MY_PANEL, k, false);
  }
}

// c[j] = x · column j of b, for a contiguous x and contiguous columns `b_column` apart.
static void MY_LOOP(dot_products)(
    T *c, ptrdiff_t c_step, const T *x, const T *b, ptrdiff_t b_column, size_t n, size_t k) {
  const ptrdiff_t count = (ptrdiff_t)n;
  for (ptrdiff_t j = 0; j < count; j += 4) {
    const T *column[4];
    for (ptrdiff_t l = 0; l < 4; l++) column[l] = b + (j + l < count ? j + l : count - 1) * b_column;
    V sum[4][2];
    for (int l = 0; l < 4; l++) sum[l][0] = sum[l][1] = (V)(T)0;
    size_t p = 0;
    for (; p + 2 * W <= k; p += 2 * W) {
      const V x0 = MY_LOOP(load)(x + p), x1 = MY_LOOP(load)(x + p + W);
      for (int l = 0; l < 4; l++) {
        sum[l][0] = MY_LOOP(fma)(x0, MY_LOOP(load)(column[l] + p), sum[l][0]);
        sum[l][1] = MY_LOOP(fma)(x1, MY_LOOP(load)(column[l] + p + W), sum[l][1]);
      }
    }
    for (; p < k; p += W) {
      const size_t width = k - p < W ? k - p : W;
      for (int l = 0; l < 4; l++) {
        const V y = width == W ? MY_LOOP(load)(column[l] + p) : MY_LOOP(load_part)(column[l] + p, width);
        const V x0 = width == W ? MY_LOOP(load)(x + p) : MY_LOOP(load_part)(x + p, width);
        sum[l][0] = MY_LOOP(fma)(x0, y, sum[l][0]);
      }
    }
    for (ptrdiff_t l = 0; l < 4 && j + l < count; l++) {
      c[(j + l) * c_step] = MY_LOOP(sum_of_lanes)(sum[l][0] + sum[l][1]);
    }
  }
}

// A block product that is cut into tasks by its shape alone: neither the cut nor the order of additions depends on
// how many threads there are.
struct MY_LOOP(blocks) {
  T *c;
  const T *a, *b;
  ptrdiff_t c_row, a_row, a_step, b_step, b_column;
  size_t m, n, k;       // of this block
  T *packed_a, *packed_b;  // [panels of MY_ROWS][k][MY_ROWS], [panels of MY_PANEL][k][MY_PANEL]
  size_t row_panels, column_panels;
  size_t row_group, column_group;  // panels in a task
  bool accumulates;
};

static void MY_LOOP(pack_a)(const struct MY_LOOP(blocks) *at, size_t panel) {
  const size_t first = panel * MY_ROWS, rows = at->m - first < MY_ROWS ? at->m - first : MY_ROWS;
  T *to = at->packed_a + first * at->k;
  const T *from = at->a + (ptrdiff_t)first * at->a_row;
  if (at->a_row == 1 && rows == MY_ROWS) {
    for (size_t p = 0; p < at->k; p++, from += at->a_step, to += MY_ROWS) {
      __builtin_memcpy(to, from, MY_ROWS * sizeof(T));
    }
    return;
  }
  for (size_t p = 0; p < at->k; p++, from += at->a_step, to += MY_ROWS) {
    for (size_t r = 0; r < rows; r++) to[r] = from[(ptrdiff_t)r * at->a_row];
  }
}

static void MY_LOOP(pack_b)(const struct MY_LOOP(blocks) *at, size_t panel) {
  const size_t first = panel * MY_PANEL, columns = at->n - first < MY_PANEL ? at->n - first : MY_PANEL;
  T *to = at->packed_b + first * at->k;
  const T *from = at->b + (ptrdiff_t)first * at->b_column;
  if (at->b_column == 1 && columns == MY_PANEL) {
    for (size_t p = 0; p < at->k; p++, from += at->b_step, to += MY_PANEL) {
      __builtin_memcpy(to, from, MY_PANEL * sizeof(T));
    }
    return;
  }
  for (size_t j = 0; j < columns; j++, from += at->b_column) {
    for (size_t p = 0; p < at->k; p++) to[p * MY_PANEL + j] = from[(ptrdiff_t)p * at->b_step];
  }
}

static void MY_LOOP(pack)(void *blocks, size_t task) {
  const struct MY_LOOP(blocks) *at = blocks;
  if (task < at->column_panels) MY_LOOP(pack_b)(at, task);
  else MY_LOOP(pack_a)(at, task - at->column_panels);
}

static void MY_LOOP(multiply_group)(void *blocks, size_t task) {
  const struct MY_LOOP(blocks) *at = blocks;
  const size_t column_groups = (at->column_panels + at->column_group - 1) / at->column_group;
  const size_t i = task / column_groups * at->row_group, j = task % column_groups * at->column_group;
  for (size_t jp = j; jp < j + at->column_group && jp < at->column_panels; jp++) {
    const size_t column = jp * MY_PANEL, columns = at->n - column < MY_PANEL ? at->n - column : MY_PANEL;
    for (size_t ip = i; ip < i + at->row_group && ip < at->row_panels; ip++) {
      const size_t row = ip * MY_ROWS, rows = at->m - row < MY_ROWS ? at->m - row : MY_ROWS;
      MY_LOOP(panel_product)
      (at->c + (ptrdiff_t)row * at->c_row + column, at->c_row, at->packed_a + row * at->k, 1, MY_ROWS,
       at->packed_b + column * at->k, MY_PANEL, rows, columns, at->k, at->accumulates);
    }
  }
}

// Rows and columns of c in a block: packed a and b are MY_DEPTH times as many elements.
#define MY_BLOCK_ROWS (MY_ROWS * 80)
#define MY_BLOCK_COLUMNS (MY_PANEL * 32)

static size_t MY_LOOP(smaller)(size_t x, size_t y) { return x < y ? x : y; }

static void MY_LOOP(block_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    ptrdiff_t b_column, size_t m, size_t n, size_t k, T *scratch) {
  for (size_t j = 0; j < n; j += MY_BLOCK_COLUMNS) {
    for (size_t p = 0; p < k; p += MY_DEPTH) {
      for (size_t i = 0; i < m; i += MY_BLOCK_ROWS) {
        struct MY_LOOP(blocks) at = {
            .c = c + (ptrdiff_t)i * c_row + j, .c_row = c_row,
            .a = a + (ptrdiff_t)i * a_row + (ptrdiff_t)p * a_step, .a_row = a_row, .a_step = a_step,
            .b = b + (ptrdiff_t)p * b_step + (ptrdiff_t)j * b_column, .b_step = b_step, .b_column = b_column,
            .m = MY_LOOP(smaller)(m - i, MY_BLOCK_ROWS), .n = MY_LOOP(smaller)(n - j, MY_BLOCK_COLUMNS),
            .k = MY_LOOP(smaller)(k - p, MY_DEPTH), .packed_a = scratch,
            .packed_b = scratch + MY_BLOCK_ROWS * MY_DEPTH, .accumulates = p > 0};
        at.row_panels = (at.m + MY_ROWS - 1) / MY_ROWS;
        at.column_panels = (at.n + MY_PANEL - 1) / MY_PANEL;
        at.row_group = 6;
        at.column_group = 8;
        // b's block is packed once, for all blocks of rows.
        const size_t pack = i == 0 ? 0 : at.column_panels;
        struct my_range packing = {MY_LOOP(pack), &at, pack};
        my_parallel(at.column_panels + at.row_panels - pack, my_run_range, &packing);
        const size_t groups = ((at.row_panels + at.row_group - 1) / at.row_group) *
                              ((at.column_panels + at.column_group - 1) / at.column_group);
        my_parallel(groups, MY_LOOP(multiply_group), &at);
      }
    }
  }
}

// The product for c with contiguous rows.
static void MY_LOOP(row_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    ptrdiff_t b_column, size_t m, size_t n, size_t k) {
  // Below this much work packing costs more than it saves; few rows use each element of b too seldom to move it.
  const bool is_small = m * n <= 64 * 64 && k <= 256;
  if (k == 0 || (b_column == 1 && (m <= MY_ROWS || is_small))) {
    MY_LOOP(direct_product)(c, c_row, a, a_row, a_step, b, b_step, m, n, k);
    return;
  }
  const size_t whole = (MY_BLOCK_ROWS + MY_BLOCK_COLUMNS) * MY_DEPTH;
  T *scratch = my_scratch((is_small ? n * k : whole) * sizeof(T));
  if (is_small) {
    for (size_t j = 0; j < n; j++) {
      for (size_t p = 0; p < k; p++) {
        scratch[p * n + j] = b[(ptrdiff_t)p * b_step + (ptrdiff_t)j * b_column];
      }
    }
    MY_LOOP(direct_product)(c, c_row, a, a_row, a_step, scratch, (ptrdiff_t)n, m, n, k);
    return;
  }
  MY_LOOP(block_product)(c, c_row, a, a_row, a_step, b, b_step, b_column, m, n, k, scratch);
}

static void MY_LOOP(matmul)(
    void *c_, const void *a_, const void *b_, const ptrdiff_t (*stride)[2], size_t m, size_t n, size_t k) {
  T *c = c_;
  const T *a = a_, *b = b_;
  const ptrdiff_t cr = stride[0][0], cc = stride[0][1], ar = stride[1][0], ac = stride[1][1],
                  br = stride[2][0], bc = stride[2][1];
  if (m == 0 || n == 0) return;
  // A vector times the columns of a matrix, or the rows of a matrix times a vector.
  if (m == 1 && br == 1 && (ac == 1 || k == 1) && bc != 1) {
    MY_LOOP(dot_products)(c, cc, a, b, bc, n, k);
  } else if (n == 1 && ac == 1 && (br == 1 || k == 1)) {
    MY_LOOP(dot_products)(c, cr, b, a, ar, m, k);
  } else if (cc == 1 || n == 1) {
    MY_LOOP(row_product)(c, cr, a, ar, ac, b, br, bc, m, n, k);
  } else if (cr == 1 || m == 1) {  // the transposes: cᵀ = bᵀ · aᵀ
    MY_LOOP(row_product)(c, cc, b, bc, br, a, ac, ar, n, m, k);
  } else {  // row by row
    for (size_t i = 0; i < m; i++) {
      for (size_t j = 0; j < n; j++) {
        MY_LOOP(row_product)
        (c + (ptrdiff_t)i * cr + (ptrdiff_t)j * cc, 1, a + (ptrdiff_t)i * ar, ar, ac, b + (ptrdiff_t)j * bc, br,
         bc, 1, 1, k);
      }
    }
  }
}

#undef MY_ROWS
#undef MY_UNROLLED
#undef MY_PANEL
#undef MY_DEPTH
#undef MY_KERNEL
#undef MY_KERNELS
#undef MY_BLOCK_ROWS
#undef MY_BLOCK_COLUMNS
