// The matrix product for one floating type T in instruction set MY_ISA; the shapes are beside my_matmul.
//
// Goto & van de Geijn 2008, "Anatomy of high-performance matrix multiplication": a kernel holds a tile of c, MY_ROWS × 2 W
// elements, in registers while it walks down k. A block of b, MY_DEPTH steps deep, is packed into panels as wide as the
// tile, which stay in the second cache; the MY_ROWS rows of a that meet all panels are packed into the first one just
// before. Small products skip the packing: the kernel reads a, and b if its rows are contiguous, where they lie.
//
// However the work is cut into tiles and tasks, an element of c is the sum of its products in the order of k, with a new
// partial sum each MY_DEPTH steps: neither its place nor the number of threads changes a bit of it. (One or two
// rows or columns, and vectors as operands, have orders of their own, by the shape and by how the operands lie.)

static size_t MY_LOOP(smaller)(size_t x, size_t y) { return x < y ? x : y; }

// Rows of the kernel: as many accumulators as fit the registers with two vectors of b and one of a.
#if MY_VECTOR_BYTES == 64
#define MY_ROWS 12
#elif MY_VECTOR_BYTES == 32
#define MY_ROWS 6
#elif defined(__aarch64__)
#define MY_ROWS 8
#else
#define MY_ROWS 4
#endif
#define MY_PANEL (2 * W)
// Where c has but one vector of columns, the registers hold twice as many rows.
#define MY_TALL (2 * MY_ROWS)
// Rows whose steps lie far apart, but which follow each other there, are packed so many at a time where there are many (96
// KB, in the second cache): their steps are whole lines of it.
#define MY_ACROSS (4 * MY_ROWS)
// Steps between two additions to c. Packed, MY_ROWS rows of a take half of the first cache (24 KB), and a block of b with
// MY_HALF columns half of the second one (1 MB).
#define MY_DEPTH (2048 / sizeof(T))
// Columns of c that are done together, at most. From half of them on they are done in two halves, and threads begin with one
// or the other: the part of b that a thread uses is mostly the one that it packed, and stays in its second cache.
#define MY_COLUMNS 1024
#define MY_HALF (MY_COLUMNS / 2)
// So many steps ahead of its use the kernel asks for b.
#define MY_AHEAD 8
// The kernel asks for c, and for what is next of a, a line in so many steps: many at once keep b waiting behind them.
#define MY_ASKING 4
#define MY_LINE (64 / sizeof(T))

// How the kernels walk: c[rows, columns] = (+=) a · b over k steps, with the rows of c and b contiguous.
struct MY_LOOP(walk) {
  ptrdiff_t c_row, a_row, a_step, b_step;  // from row to row, from step to step
  size_t k, last;  // elements of the last vector of columns
  bool accumulates;
  // What the kernels with MY_ROWS rows ask for after c: `asks` lines from `next` on, `next_lines` of each row.
  const T *next;
  ptrdiff_t next_row;  // from row to row
  size_t next_lines, asks;
};

// The kernel for a number of rows and vectors of columns; the last of them has all W elements unless `is_part`. Few
// accumulators wait for each other: then several `ways` of them take turns with the steps. Each kernel is a function of
// its own, or the addresses of all of them crowd the registers.
#define MY_OPAQUE(x) ({ ptrdiff_t x_ = (x); __asm__("" : "+r"(x_)); x_; })
// Of a large tile: unknown to be the same for the next one, or the addresses of all its rows would be kept on the stack.
#define MY_FRESH(vectors, x) ({ ptrdiff_t x_ = (x); if ((vectors) > MY_ROWS) __asm__ volatile("" : "+r"(x_)); x_; })
#define MY_UNROLLED _Pragma("clang loop unroll(full)")
// The compiler would unroll short loops of small kernels too, and keep an address for each of their accesses on the stack.
#define MY_ROLLED _Pragma("clang loop unroll(disable)")
#define MY_KERNEL(name, rows, vectors, is_part, ways)                                                 \
  static __attribute__((noinline)) void MY_LOOP(name)(                                                \
      T *c, const T *a, const T *b, size_t tiles, const struct MY_LOOP(walk) *walk) {                 \
    const ptrdiff_t a_step = walk->a_step, b_step = walk->b_step;                                     \
    const size_t k = walk->k, last = walk->last;                                                      \
    const bool accumulates = walk->accumulates;                                                       \
    const T *next = walk->next;                                                                       \
    size_t line = 0, asks = walk->asks;                                                               \
    for (; tiles > 0; tiles--, c += rows * walk->c_row, a += rows * walk->a_row) {                    \
      const ptrdiff_t c_row = MY_FRESH(rows * vectors, walk->c_row), a_row = MY_FRESH(rows * vectors, walk->a_row); \
      V sum[ways][rows][vectors];                                                                     \
      MY_UNROLLED for (int w = 0; w < ways; w++) {                                                    \
        MY_UNROLLED for (int r = 0; r < rows; r++) {                                                  \
          MY_UNROLLED for (int v = 0; v < vectors; v++) sum[w][r][v] = (V)(T)0;                       \
        }                                                                                             \
      }                                                                                               \
      const T *x_from = a, *y_from = b;                                                               \
      size_t p = 0;                                                                                   \
      if (rows >= 8 && a_row == 1) MY_WALK(rows, vectors, is_part, ways, 1, 4)                        \
      const ptrdiff_t four_rows = MY_OPAQUE(4 * a_row);                                               \
      MY_WALK(rows, vectors, is_part, ways, a_row, four_rows)                                         \
      if (ways > 1) {                                                                                 \
        for (; p < k; p++) MY_STEP(rows, vectors, is_part, 0, a_row, four_rows)                       \
        MY_UNROLLED for (int w = 1; w < ways; w++) {                                                  \
          MY_UNROLLED for (int r = 0; r < rows; r++) {                                                \
            MY_UNROLLED for (int v = 0; v < vectors; v++) sum[0][r][v] += sum[w][r][v];               \
          }                                                                                           \
        }                                                                                             \
      }                                                                                               \
      if (accumulates) {  /* all loads first: they may wait for stores a multiple of 4 KB away */    \
        MY_UNROLLED for (int r = 0; r < rows; r++) {                                                  \
          MY_UNROLLED for (int v = 0; v < vectors; v++) {                                             \
            const T *from = c + r * c_row + v * W;                                                    \
            sum[0][r][v] += is_part && v == vectors - 1 ? MY_LOOP(load_part)(from, last) : MY_LOOP(load)(from); \
          }                                                                                           \
        }                                                                                             \
      }                                                                                               \
      MY_UNROLLED for (int r = 0; r < rows; r++) {                                                    \
        MY_UNROLLED for (int v = 0; v < vectors; v++) {                                               \
          T *to = c + r * c_row + v * W;                                                              \
          if (is_part && v == vectors - 1) MY_LOOP(store_part)(to, sum[0][r][v], last);               \
          else MY_LOOP(store)(to, sum[0][r][v]);                                                      \
        }                                                                                             \
      }                                                                                               \
    }                                                                                                 \
  }
// All steps, or as many as are a multiple of `ways`. In few steps there is no room to ask for much.
#define MY_WALK(rows, vectors, is_part, ways, row, four_rows)                                         \
  {                                                                                                   \
    if (rows == MY_ROWS && vectors == 2 && k >= 64) {                                                 \
      const T *ask = c;                                                                               \
      for (int r = 0; r < rows && p + 2 * MY_ASKING <= k; r++, ask += c_row) {                        \
        MY_ROLLED for (int v = 0; v < 2; v++) {                                                       \
          __builtin_prefetch(ask + v * W, 1);                                                         \
          MY_ROLLED for (size_t q = 0; q < MY_ASKING; q++) MY_STEP(rows, vectors, is_part, 0, row, four_rows) \
        }                                                                                             \
        p += 2 * MY_ASKING;                                                                           \
      }                                                                                               \
      for (; asks > 0 && p + MY_ASKING <= k; asks--, p += MY_ASKING) {                                \
        __builtin_prefetch(next + line * MY_LINE, 0, 2);                                              \
        if (++line == walk->next_lines) line = 0, next += walk->next_row;                             \
        MY_ROLLED for (size_t q = 0; q < MY_ASKING; q++) MY_STEP(rows, vectors, is_part, 0, row, four_rows) \
      }                                                                                               \
    }                                                                                                 \
    for (; p + ways <= k; p += ways) {                                                                \
      MY_UNROLLED for (int w = 0; w < ways; w++) MY_STEP(rows, vectors, is_part, w, row, four_rows)   \
    }                                                                                                 \
  }
#define MY_STEP(rows, vectors, is_part, w, row, four_rows)                                            \
  {                                                                                                   \
    V y[vectors];                                                                                     \
    MY_UNROLLED for (int v = 0; v < vectors; v++) {                                                   \
      y[v] = is_part && v == vectors - 1 ? MY_LOOP(load_part)(y_from + v * W, last) : MY_LOOP(load)(y_from + v * W); \
      if (rows == MY_ROWS) __builtin_prefetch(y_from + MY_AHEAD * b_step + v * W);                    \
    }                                                                                                 \
    MY_UNROLLED for (int r = 0; r < rows; r++) {                                                      \
      const V x = (V)x_from[r / 4 * (four_rows) + r % 4 * (row)];                                     \
      MY_UNROLLED for (int v = 0; v < vectors; v++) sum[w][r][v] = MY_LOOP(fma)(x, y[v], sum[w][r][v]); \
    }                                                                                                 \
    x_from += a_step;                                                                                 \
    y_from += b_step;                                                                                 \
  }

#define MY_KERNELS(rows)                                                                              \
  MY_KERNEL(kernel_##rows##_full, rows, 2, 0, 1)                                                      \
  MY_KERNEL(kernel_##rows##_two, rows, 2, 1, 1)                                                       \
  MY_KERNEL(kernel_##rows##_one, rows, 1, 1, 1)
#if MY_ROWS == 12
MY_KERNEL(kernel_24_one, 24, 1, 1, 1)
MY_KERNELS(12)
MY_KERNELS(8)
#elif MY_ROWS == 8
MY_KERNEL(kernel_16_one, 16, 1, 1, 1)
MY_KERNELS(8)
#elif MY_ROWS == 6
MY_KERNEL(kernel_12_one, 12, 1, 1, 1)
MY_KERNELS(6)
#else
MY_KERNEL(kernel_8_one, 8, 1, 1, 1)
#endif
MY_KERNELS(4)
MY_KERNELS(2)
MY_KERNELS(1)
// For products that have no more rows than these.
MY_KERNEL(few_1_wide, 1, 8, 0, 1)
MY_KERNEL(few_1_two, 1, 2, 1, 4)
MY_KERNEL(few_1_one, 1, 1, 1, 4)
MY_KERNEL(few_2_two, 2, 2, 1, 2)
MY_KERNEL(few_2_one, 2, 1, 1, 4)

// c[rows, columns] over a panel of b, at most MY_PANEL columns wide.
static void MY_LOOP(panel_product)(
    T *c, const T *a, const T *b, size_t rows, size_t columns, struct MY_LOOP(walk) *walk) {
#define MY_CALL(name) MY_LOOP(name)(c, a, b, tiles, walk)
#define MY_TAKE(taken)                                                                                \
  if (rows >= taken) {                                                                                \
    const size_t tiles = rows / taken;                                                                \
    if (columns == MY_PANEL) MY_CALL(kernel_##taken##_full);                                          \
    else if (columns > W) MY_CALL(kernel_##taken##_two);                                              \
    else MY_CALL(kernel_##taken##_one);                                                               \
    MY_NEXT(taken)                                                                                    \
  }
#define MY_TAKE_TALL(taken)                                                                           \
  if (columns <= W && walk->k >= 16 && rows >= taken) {                                               \
    const size_t tiles = rows / taken;                                                                \
    MY_CALL(kernel_##taken##_one);                                                                    \
    MY_NEXT(taken)                                                                                    \
  }
#define MY_NEXT(taken)                                                                                \
  c += (ptrdiff_t)(tiles * taken) * walk->c_row;                                                      \
  a += (ptrdiff_t)(tiles * taken) * walk->a_row;                                                      \
  rows %= taken;
  walk->last = columns > W ? columns - W : columns;
#if MY_ROWS == 12
  MY_TAKE_TALL(24)
  MY_TAKE(12)
  MY_TAKE(8)
#elif MY_ROWS == 8
  MY_TAKE_TALL(16)
  MY_TAKE(8)
#elif MY_ROWS == 6
  MY_TAKE_TALL(12)
  MY_TAKE(6)
#else
  MY_TAKE_TALL(8)
#endif
  MY_TAKE(4)
  MY_TAKE(2)
  MY_TAKE(1)
#undef MY_TAKE_TALL
#undef MY_TAKE
#undef MY_NEXT
}

// The product of one or two rows with a b of contiguous rows, which is read once only.
static void MY_LOOP(few_rows_product)(
    T *c, const T *a, const T *b, size_t m, size_t n, struct MY_LOOP(walk) *walk) {
  const size_t tiles = 1;
  while (n > 0) {
    const size_t columns = m == 1 && n >= 8 * W ? 8 * W : n < MY_PANEL ? n : MY_PANEL;
    walk->last = columns > W ? columns - W : columns;
    if (columns == 8 * W) MY_CALL(few_1_wide);
    else if (m == 1 && columns > W) MY_CALL(few_1_two);
    else if (m == 1) MY_CALL(few_1_one);
    else if (columns > W) MY_CALL(few_2_two);
    else MY_CALL(few_2_one);
    c += columns;
    b += columns;
    n -= columns;
  }
}
#undef MY_CALL

#if MY_VECTOR_BYTES == 64
// A vector of a row with few columns would be mostly idle. So that it isn't, its lanes are several rows (or several steps)
// of all columns as they follow each other in memory, and what they are multiplied by is moved to where it is needed.
#define MY_LEAST_TOGETHER 4
#define MY_MOST_STEPS 8

// c[rows, n] = a · b, with c and a [rows, k] contiguous; y has a vector of b's for each step.
MY_INLINE void MY_LOOP(flat_rows)(T *c, const T *a, const V *y, I first, size_t rows, size_t n, const size_t k) {
  const size_t count = rows * k;
  const V low = MY_LOOP(load_part)(a, MY_LOOP(smaller)(count, W));
  const V high = count > W ? MY_LOOP(load_part)(a + W, count - W) : low;
  V sum = (V)(T)0;
  MY_UNROLLED for (size_t p = 0; p < k; p++) {
    sum = MY_LOOP(fma)(MY_LOOP(permute)(low, high, first + (T_BITS)p), y[p], sum);
  }
  MY_LOOP(store_part)(c, sum, rows * n);
}

// The same for any number of rows: as many together as vectors have room for.
MY_INLINE void MY_LOOP(flat_product)(
    T *c, const T *a, const T *b, ptrdiff_t b_step, ptrdiff_t b_column, size_t m, size_t n, const size_t k) {
  const size_t together = MY_LOOP(smaller)(MY_LOOP(rows_in_vector)(n), 2 * W / k);
  const I row = MY_LOOP(row_of_lane)(n), column = MY_LOOP(lane_numbers)() - row * (T_BITS)n;
  V y[MY_MOST_STEPS];
  MY_UNROLLED for (size_t p = 0; p < k; p++) {
    const V of_row = MY_LOOP(gather)(b + (ptrdiff_t)p * b_step, b_column, n, 0);
    y[p] = MY_LOOP(permute)(of_row, of_row, column);
  }
  for (; m >= together; m -= together, a += together * k, c += together * n) {
    MY_LOOP(flat_rows)(c, a, y, row * (T_BITS)k, together, n, k);
  }
  if (m > 0) MY_LOOP(flat_rows)(c, a, y, row * (T_BITS)k, m, n, k);
}

// Does the product if it is one of those.
static bool MY_LOOP(narrow_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    ptrdiff_t b_column, size_t m, size_t n, size_t k) {
  const bool is_flat = c_row == (ptrdiff_t)n && a_row == (ptrdiff_t)k && (a_step == 1 || k == 1);
  if (!is_flat || m < MY_LEAST_TOGETHER || n > W / MY_LEAST_TOGETHER || k > 2 * W / MY_LEAST_TOGETHER) return false;
  switch (k) {
#define MY_FLAT(steps)                                                                                \
  case steps: MY_LOOP(flat_product)(c, a, b, b_step, b_column, m, n, steps); return true;
    MY_FLAT(1) MY_FLAT(2) MY_FLAT(3) MY_FLAT(4)
#if !T_IS_DOUBLE
    MY_FLAT(5) MY_FLAT(6) MY_FLAT(7) MY_FLAT(8)
#endif
#undef MY_FLAT
    default: return false;
  }
}

// One or two rows times a b of contiguous rows of few columns and many steps: lanes are of several steps. The steps of a
// follow each other.
static bool MY_LOOP(narrow_sum)(
    T *c, ptrdiff_t c_row, ptrdiff_t c_column, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    size_t m, size_t n, size_t k) {
  if (m > 2 || n > W / MY_LEAST_TOGETHER) return false;
  const size_t together = MY_LOOP(rows_in_vector)(n);
  if (b_step != (ptrdiff_t)n || a_step != (ptrdiff_t)m || m > n || k < 2 * together || (m == 2 && a_row != 1)) return false;
  const I step = MY_LOOP(row_of_lane)(n), lane = MY_LOOP(lane_numbers)();
  V sum[4][2];
  for (int w = 0; w < 4; w++) sum[w][0] = sum[w][1] = (V)(T)0;
#define MY_SOME_STEPS(w, steps)                                                                       \
  {                                                                                                   \
    const V y = MY_LOOP(load_part)(b + (p + (w) * together) * n, (steps) * n);                        \
    const V x = MY_LOOP(load_part)(a + (p + (w) * together) * m, (steps) * m);                        \
    sum[w][0] = MY_LOOP(fma)(MY_LOOP(permute)(x, x, step * (T_BITS)m), y, sum[w][0]);                 \
    if (m == 2) sum[w][1] = MY_LOOP(fma)(MY_LOOP(permute)(x, x, step * 2 + 1), y, sum[w][1]);         \
  }
  size_t p = 0;
  for (; p + 4 * together <= k; p += 4 * together) {
    MY_UNROLLED for (size_t w = 0; w < 4; w++) MY_SOME_STEPS(w, together)
  }
  for (; p < k; p += together) MY_SOME_STEPS(0, MY_LOOP(smaller)(k - p, together))
#undef MY_SOME_STEPS
  for (size_t r = 0; r < m; r++) {
    V total = (sum[0][r] + sum[1][r]) + (sum[2][r] + sum[3][r]);
    for (size_t left = together; left > 1;) {  // the last half to the first
      const size_t half = (left + 1) / 2;
      const V moved = MY_LOOP(permute)(total, total, lane + (T_BITS)(half * n));
      total += lane < (T_BITS)((left - half) * n) ? moved : (V)(T)0;
      left = half;
    }
    MY_LOOP(scatter)(c + (ptrdiff_t)r * c_row, c_column, n, total);
  }
  return true;
}
#undef MY_LEAST_TOGETHER
#undef MY_MOST_STEPS
#else  // the moves are AVX-512's; the other sets have fewer lanes to keep busy
static bool MY_LOOP(narrow_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    ptrdiff_t b_column, size_t m, size_t n, size_t k) {
  (void)c, (void)c_row, (void)a, (void)a_row, (void)a_step, (void)b, (void)b_step, (void)b_column, (void)m, (void)n, (void)k;
  return false;
}
static bool MY_LOOP(narrow_sum)(
    T *c, ptrdiff_t c_row, ptrdiff_t c_column, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    size_t m, size_t n, size_t k) {
  (void)c, (void)c_row, (void)c_column, (void)a, (void)a_row, (void)a_step, (void)b, (void)b_step, (void)m, (void)n, (void)k;
  return false;
}
#endif

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

// A product, or a part of its columns and steps that is done as one region of tasks.
struct MY_LOOP(product) {
  T *c;
  const T *a, *b;
  ptrdiff_t c_row, a_row, a_step, b_step, b_column;
  size_t m, n, k;
  T *packed_b;  // [blocks of MY_DEPTH steps][panels][step][MY_PANEL]; NULL if b is read where it lies
  bool packs_a, asks_for_a, accumulates;
  size_t height;        // rows that are packed and done together
  size_t column_panels, pack_group;  // panels of b; those that a task packs
  size_t row_least, column_group;    // panels in a task
  size_t row_panels, row_groups;     // of each half, if it is halved; what all are handed out in
  size_t column_groups;              // of each group of rows
  bool is_halved;
  size_t column;        // of c where this part begins
  const my_finish *finish;  // NULL before the last steps
};

static size_t MY_LOOP(panels)(size_t extent, size_t width) { return (extent + width - 1) / width; }

// Where a panel's steps from `p` on begin, a multiple of MY_DEPTH, of which there are `k` in the block.
static T *MY_LOOP(packed_panel)(const struct MY_LOOP(product) *at, size_t panel, size_t p, size_t k) {
  return at->packed_b + p * at->column_panels * MY_PANEL + panel * k * MY_PANEL;
}

// out[i, j] = in[i, j], the rows of out contiguous.
static void MY_LOOP(rows_of)(
    T *out, ptrdiff_t out_row, const T *in, ptrdiff_t in_row, ptrdiff_t in_column, size_t rows, size_t columns) {
  if (in_row == 1) {
    MY_LOOP(transpose)(out, out_row, in, in_column, rows, columns);
    return;
  }
  for (size_t i = 0; i < rows; i++, in += in_row, out += out_row) {
    for (size_t j = 0; j < columns; j++) out[j] = in[(ptrdiff_t)j * in_column];
  }
}

static void MY_LOOP(pack_b)(const struct MY_LOOP(product) *at, size_t panel) {
  const size_t first = panel * MY_PANEL, columns = MY_LOOP(smaller)(at->n - first, MY_PANEL);
  for (size_t p = 0; p < at->k; p += MY_DEPTH) {
    const size_t k = MY_LOOP(smaller)(at->k - p, MY_DEPTH);
    T *to = MY_LOOP(packed_panel)(at, panel, p, k);
    const T *from = at->b + (ptrdiff_t)p * at->b_step + (ptrdiff_t)first * at->b_column;
    if (at->b_column == 1 && columns == MY_PANEL) {
      for (size_t i = 0; i < k; i++, from += at->b_step, to += MY_PANEL) {
        for (size_t v = 0; v < 2; v++) {
          __builtin_prefetch(from + 2 * MY_AHEAD * at->b_step + v * W);
          MY_LOOP(store)(to + v * W, MY_LOOP(load)(from + v * W));
        }
      }
    } else {
      MY_LOOP(rows_of)(to, MY_PANEL, from, at->b_step, at->b_column, k, columns);
    }
  }
}

static void MY_LOOP(pack_group)(void *product, size_t task) {
  const struct MY_LOOP(product) *at = product;
  const size_t first = task * at->pack_group;
  const size_t end = MY_LOOP(smaller)(first + at->pack_group, at->column_panels);
  for (size_t panel = first; panel < end; panel++) MY_LOOP(pack_b)(at, panel);
}

// Rows that are contiguous are copied as they are, but not to places that fall into the same sets of the first cache.
#define MY_PACKED_ROW (MY_DEPTH + MY_LINE)

// [k][height] of rows whose elements of each step follow each other; how many there are is a constant.
MY_INLINE void MY_LOOP(pack_steps)(
    const struct MY_LOOP(product) *at, T *to, const T *a, const size_t rows, size_t k) {
  for (size_t p = 0; p < k; p++, a += at->a_step, to += at->height) __builtin_memcpy(to, a, rows * sizeof(T));
}

// [rows][MY_PACKED_ROW] of contiguous rows, else [k][height], of `rows` rows from `a` on.
static void MY_LOOP(pack_a)(
    const struct MY_LOOP(product) *at, T *to, const T *a, size_t rows, size_t k) {
  if (at->a_step == 1) {
    for (size_t r = 0; r < rows; r++, a += at->a_row, to += MY_PACKED_ROW) __builtin_memcpy(to, a, k * sizeof(T));
  } else if (at->a_row == 1 && rows == MY_ROWS) {
    MY_LOOP(pack_steps)(at, to, a, MY_ROWS, k);
  } else if (at->a_row == 1 && rows == MY_ACROSS) {
    MY_LOOP(pack_steps)(at, to, a, MY_ACROSS, k);
  } else {
    MY_LOOP(rows_of)(to, (ptrdiff_t)at->height, a, at->a_step, at->a_row, k, rows);
  }
}

// While the kernels do a panel, one of `panels`, they ask for its part of what is next of a: the rows from `row` on at `step`,
// or their steps from there on if these are further apart.
static void MY_LOOP(ask_for_next)(
    const struct MY_LOOP(product) *at, size_t row, size_t step, size_t panel, size_t panels, struct MY_LOOP(walk) *walk) {
  if (!at->asks_for_a) return;
  const size_t rows = MY_LOOP(smaller)(at->m - row, at->height);
  const bool in_steps = at->a_step != 1;
  const size_t extent = in_steps ? walk->k : rows, first = extent * panel / panels, end = extent * (panel + 1) / panels;
  walk->next_row = in_steps ? at->a_step : at->a_row;
  walk->next_lines = MY_LOOP(panels)(in_steps ? rows : walk->k, MY_LINE);
  walk->next = at->a + (ptrdiff_t)row * at->a_row + (ptrdiff_t)step * at->a_step + (ptrdiff_t)first * walk->next_row;
  walk->asks = (end - first) * walk->next_lines;
}

// Some rows and columns of the product, the latter from a panel's first to another's last. The rows that this thread will do
// then probably begin with `later_row`.
static void MY_LOOP(part_product)(
    const struct MY_LOOP(product) *at, size_t first_row, size_t end_row, size_t later_row, size_t first_column,
    size_t end_column) {
  _Alignas(64) T packed[MY_ACROSS * MY_PACKED_ROW];
  const size_t finish_rows = MY_FINISH_BYTES / sizeof(T) / (end_column - first_column) + 1;
  size_t finished = first_row, p = 0;
  do {
    const size_t k = MY_LOOP(smaller)(at->k - p, MY_DEPTH);
    const bool is_packed = at->packed_b != NULL, is_last = p + k == at->k;
    const bool in_rows = at->packs_a && at->a_step == 1;
    struct MY_LOOP(walk) walk = {
        .c_row = at->c_row,
        .a_row = in_rows ? (ptrdiff_t)MY_PACKED_ROW : at->packs_a ? 1 : at->a_row,
        .a_step = in_rows ? 1 : at->packs_a ? (ptrdiff_t)at->height : at->a_step, .b_step = is_packed ? (ptrdiff_t)MY_PANEL : at->b_step,
        .k = k, .accumulates = at->accumulates || p > 0};
    const size_t panels = MY_LOOP(panels)(end_column - first_column, MY_PANEL);
    for (size_t i = first_row; i < end_row; i += at->height) {
      const size_t rows = MY_LOOP(smaller)(end_row - i, at->height), done = i + rows;
      const T *a = at->a + (ptrdiff_t)i * at->a_row + (ptrdiff_t)p * at->a_step;
      if (at->packs_a) {
        MY_LOOP(pack_a)(at, packed, a, rows, k);
        a = packed;
      }
      T *c = at->c + (ptrdiff_t)i * at->c_row;
      const size_t next_row = done < end_row ? done : is_last ? later_row : first_row;
      const size_t next_step = done < end_row ? p : is_last ? 0 : p + k;
      for (size_t panel = 0, j = first_column; j < end_column; panel++, j += MY_PANEL) {
        MY_LOOP(ask_for_next)(at, next_row, next_step, panel, panels, &walk);
        const T *b = is_packed ? MY_LOOP(packed_panel)(at, j / MY_PANEL, p, k)
                               : at->b + (ptrdiff_t)p * at->b_step + j;
        MY_LOOP(panel_product)(c + j, a, b, rows, MY_LOOP(smaller)(end_column - j, MY_PANEL), &walk);
      }
      if (at->finish != NULL && is_last && (done - finished >= finish_rows || done == end_row)) {
        at->finish->run(at->finish->context, finished, done - finished, at->column + first_column, end_column - first_column);
        finished = done;
      }
    }
    p += k;
  } while (p < at->k);
}

// Rows are handed out in falling numbers from both ends to the middle, a quarter of those left of a half each time: large
// tasks use what they bring into the caches often, and the small ones let the threads stop together. Of a product in two
// halves the rows of the right one follow those of the left.
static size_t MY_LOOP(left_after_group)(const struct MY_LOOP(product) *at, size_t left) {
  return left - MY_LOOP(smaller)(left, left / 4 > at->row_least ? left / 4 : at->row_least);
}

static size_t MY_LOOP(all_row_panels)(const struct MY_LOOP(product) *at) { return at->row_panels << at->is_halved; }

static size_t MY_LOOP(row_groups)(const struct MY_LOOP(product) *at) {
  const size_t panels = MY_LOOP(all_row_panels)(at);
  size_t groups = 0;
  for (size_t left = panels / 2; left > 0; groups++) left = MY_LOOP(left_after_group)(at, left);
  return 2 * groups + panels % 2;
}

// The panel that a group of rows begins with: so many from the start, or from the end.
static size_t MY_LOOP(first_panel)(const struct MY_LOOP(product) *at, size_t group) {
  const size_t panels = MY_LOOP(all_row_panels)(at);
  const bool is_mirrored = group > at->row_groups / 2;
  size_t left = panels / 2;
  for (size_t g = is_mirrored ? at->row_groups - group : group; g > 0; g--) left = MY_LOOP(left_after_group)(at, left);
  const size_t panel = panels / 2 - left;
  return is_mirrored ? panels - panel : panel;
}

static void MY_LOOP(group_product)(void *product, size_t task) {
  const struct MY_LOOP(product) *at = product;
  const size_t group = task / at->column_groups;
  size_t part = task % at->column_groups, first = MY_LOOP(first_panel)(at, group), end = MY_LOOP(first_panel)(at, group + 1);
  // Who begins at the end goes on with what is before.
  size_t later = group < at->row_groups / 2 ? end : MY_LOOP(first_panel)(at, group == 0 ? 0 : group - 1);
  if (first >= at->row_panels) {
    part = 1;
    first -= at->row_panels;
    end -= at->row_panels;
    later -= later < at->row_panels ? 0 : at->row_panels;
  }
  const size_t column = part * at->column_group * MY_PANEL;
  MY_LOOP(part_product)
  (at, first * at->height, MY_LOOP(smaller)(end * at->height, at->m), MY_LOOP(smaller)(later * at->height, at->m), column,
   MY_LOOP(smaller)(column + at->column_group * MY_PANEL, at->n));
}

// Multiplications of vectors that are worth a region, and a task.
#define MY_SHARED 16384
#define MY_TASK 8192
// Elements of b that small products use where they lie: about what the first cache has room for.
#define MY_DIRECT 8192

static void MY_LOOP(shared_product)(struct MY_LOOP(product) *at) {
  const size_t vectors = MY_LOOP(panels)(at->n, W) * at->k;
  if (at->m * vectors < MY_SHARED) {
    MY_LOOP(part_product)(at, 0, at->m, at->m, 0, at->n);
    return;
  }
  // Where rows are few the columns are cut too.
  const my_finish *finish = at->finish;
  const bool takes_rows = finish != NULL && finish->takes_rows;
  at->row_panels = MY_LOOP(panels)(at->m, at->height);
  at->is_halved = at->n >= MY_HALF && at->row_panels >= 8 && at->k >= MY_DEPTH / 4 && !takes_rows;
  at->column_group =
      MY_LOOP(panels)(at->column_panels, at->is_halved ? 2 : at->row_panels < 8 ? 16 / at->row_panels : 1);
  at->column_groups = at->is_halved ? 1 : MY_LOOP(panels)(at->column_panels, at->column_group);
  const size_t in_panel = at->height * MY_LOOP(smaller)(vectors, at->column_group * 2 * at->k) + 1;
  at->row_least = MY_TASK / in_panel + 1;
  at->row_groups = MY_LOOP(row_groups)(at);
  // Small parts of rows are finished when all are done.
  const bool finishes_later = finish != NULL && at->column_groups > 1;
  if (finishes_later) at->finish = NULL;
  my_parallel(at->row_groups * at->column_groups, MY_LOOP(group_product), at);
  if (finishes_later) my_finish_rows(finish, at->m, at->column, at->n, sizeof(T));
}

// A small product, whose b has contiguous rows: nothing is moved before it is used. Panel after panel, so that each one
// stays in the first cache.
static void MY_LOOP(direct_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    size_t m, size_t n, size_t k) {
  struct MY_LOOP(walk) walk = {.c_row = c_row, .a_row = a_row, .a_step = a_step, .b_step = b_step, .k = k};
  if (MY_LOOP(narrow_sum)(c, c_row, 1, a, a_row, a_step, b, b_step, m, n, k)) return;
  if (m <= 2) {
    MY_LOOP(few_rows_product)(c, a, b, m, n, &walk);
    return;
  }
  // cᵀ = bᵀ · aᵀ
  if (a_row == 1 && MY_LOOP(narrow_sum)(c, 1, c_row, b, 1, b_step, a, a_step, n, m, k)) return;
  for (size_t j = 0; j < n; j += MY_PANEL) {
    MY_LOOP(panel_product)(c + j, a, b + j, m, MY_LOOP(smaller)(n - j, MY_PANEL), &walk);
  }
}

// Rows a multiple of this apart fall into the same set of the first cache.
#define MY_COLLIDES(step) ((size_t)(step) * sizeof(T) % 4096 == 0)

// The product for c with contiguous rows.
static void MY_LOOP(row_product)(
    T *c, ptrdiff_t c_row, const T *a, ptrdiff_t a_row, ptrdiff_t a_step, const T *b, ptrdiff_t b_step,
    ptrdiff_t b_column, size_t m, size_t n, size_t k, const my_finish *finish) {
  const bool is_small = k <= MY_DEPTH && m * k * MY_LOOP(panels)(n, W) < MY_SHARED && n * k <= MY_DIRECT;
  if (is_small || (m <= 2 && (b_column == 1 || n == 1))) {
    if (!MY_LOOP(narrow_product)(c, c_row, a, a_row, a_step, b, b_step, b_column, m, n, k)) {
      if (b_column != 1 && n > 1 && k > 0) {
        T *rows = my_scratch(n * k * sizeof(T));
        MY_LOOP(rows_of)(rows, (ptrdiff_t)n, b, b_step, b_column, k, n);
        b = rows;
        b_step = (ptrdiff_t)n;
      }
      MY_LOOP(direct_product)(c, c_row, a, a_row, a_step, b, b_step, m, n, k);
    }
    if (finish != NULL) my_finish_rows(finish, m, 0, n, sizeof(T));
    return;
  }
  const bool finishes_later = finish != NULL && finish->takes_rows && n > MY_COLUMNS;
  for (size_t j = 0; j < n; j += MY_COLUMNS) {
    struct MY_LOOP(product) at = {
        .c = c + j, .c_row = c_row, .a = a, .a_row = a_row, .a_step = a_step, .b = b + (ptrdiff_t)j * b_column,
        .b_step = b_step, .b_column = b_column, .m = m, .n = MY_LOOP(smaller)(n - j, MY_COLUMNS), .k = k, .column = j,
        .finish = finishes_later ? NULL : finish};
    at.column_panels = MY_LOOP(panels)(at.n, MY_PANEL);
    at.height = at.n <= W ? MY_TALL : a_row == 1 && a_step != 1 && m >= 8 * MY_ACROSS ? MY_ACROSS : MY_ROWS;
    // A copy costs as much as some uses of each element, and pays where it makes accesses regular. Rows of a are used once
    // for each panel of b: crossing them into place costs 10 % of a product with 128 columns. Single columns are moved quickly, and lie far apart if they are not.
    at.packs_a = k > 1 && m >= at.height &&
                 (a_step == 1 ? at.n > 512 || (MY_COLLIDES(a_row) && k > 16) : at.n > 2 * MY_PANEL || a_row != 1);
    // What the second cache holds is near enough. Steps a multiple of 4 KB apart would push each other out of it again.
    at.asks_for_a = m * k * sizeof(T) >= 1 << 19 && (a_step == 1 || (a_row == 1 && !MY_COLLIDES(a_step)));
    // All of b is used once for each MY_ROWS rows of a: for 96 rows the copy costs 8 to 15 %, and for a b of 128 KB with
    // 784 rows 2 %.
    const bool packs_b =
        (b_column != 1 && at.n > 1) || (at.n > MY_PANEL && m >= 384 && at.n * k * sizeof(T) > 131072);
    if (!packs_b) {
      MY_LOOP(shared_product)(&at);
      continue;
    }
    // As many steps at a time as let the packed b stay in the second caches of two cores.
    const size_t chunk = MY_LOOP(smaller)(k, MY_COLUMNS / (at.column_panels * MY_PANEL) * MY_DEPTH);
    at.packed_b = my_scratch(chunk * at.column_panels * MY_PANEL * sizeof(T));
    size_t p = 0;
    do {
      at.k = MY_LOOP(smaller)(k - p, chunk);
      at.accumulates = p > 0;
      at.finish = p + at.k == k && !finishes_later ? finish : NULL;
      at.pack_group = MY_TASK / (at.k * 2 + 1) + 1;
      my_parallel(MY_LOOP(panels)(at.column_panels, at.pack_group), MY_LOOP(pack_group), &at);
      MY_LOOP(shared_product)(&at);
      p += at.k;
      at.a += (ptrdiff_t)at.k * a_step;
      at.b += (ptrdiff_t)at.k * b_step;
    } while (p < k);
  }
  if (finishes_later) my_finish_rows(finish, m, 0, n, sizeof(T));
}

static void MY_LOOP(matmul)(
    void *c_, const void *a_, const void *b_, const ptrdiff_t (*stride)[2], size_t m, size_t n, size_t k,
    const my_finish *finish) {
  T *c = c_;
  const T *a = a_, *b = b_;
  const ptrdiff_t cr = stride[0][0], cc = stride[0][1], ar = stride[1][0], ac = stride[1][1],
                  br = stride[2][0], bc = stride[2][1];
  if (m == 0 || n == 0) return;
  if (cc == 1 && m > 1 && n > 1) {
    MY_LOOP(row_product)(c, cr, a, ar, ac, b, br, bc, m, n, k, finish);
    return;
  }
  // A vector times the columns of a matrix, or the rows of a matrix times a vector.
  if (m == 1 && br == 1 && (ac == 1 || k == 1) && bc != 1) {
    MY_LOOP(dot_products)(c, cc, a, b, bc, n, k);
  } else if (n == 1 && ac == 1 && ar != 1 && (br == 1 || k == 1) && k >= W) {
    MY_LOOP(dot_products)(c, cr, b, a, ar, m, k);
  } else if (n == 1 && cr == 1 && ar == 1) {  // a row of columns
    MY_LOOP(row_product)(c, cc, b, bc, br, a, ac, ar, n, m, k, NULL);
  } else if (cc == 1 || n == 1) {
    MY_LOOP(row_product)(c, cr, a, ar, ac, b, br, bc, m, n, k, NULL);
  } else if (cr == 1 || m == 1) {  // the transposes: cᵀ = bᵀ · aᵀ
    MY_LOOP(row_product)(c, cc, b, bc, br, a, ac, ar, n, m, k, NULL);
  } else {  // element by element
    for (size_t i = 0; i < m; i++) {
      for (size_t j = 0; j < n; j++) {
        MY_LOOP(row_product)
        (c + (ptrdiff_t)i * cr + (ptrdiff_t)j * cc, 1, a + (ptrdiff_t)i * ar, ar, ac, b + (ptrdiff_t)j * bc, br,
         bc, 1, 1, k, NULL);
      }
    }
  }
  if (finish != NULL) my_finish_rows(finish, m, 0, n, sizeof(T));
}

#undef MY_ROWS
#undef MY_PANEL
#undef MY_TALL
#undef MY_ACROSS
#undef MY_DEPTH
#undef MY_COLUMNS
#undef MY_HALF
#undef MY_AHEAD
#undef MY_ASKING
#undef MY_LINE
#undef MY_UNROLLED
#undef MY_ROLLED
#undef MY_KERNEL
#undef MY_WALK
#undef MY_STEP
#undef MY_KERNELS
#undef MY_SHARED
#undef MY_TASK
#undef MY_DIRECT
#undef MY_COLLIDES
#undef MY_PACKED_ROW
