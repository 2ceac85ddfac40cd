// The checks that only floating types have; type.h says what is set before.

#define UNIT (sizeof(T) == 4 ? 0x1p-24 : 0x1p-53)  // the largest relative error of a rounding

// A number near others with so much absolute error.
static void N(check_within)(T got, PRECISE expected, PRECISE error, size_t place) {
  const PRECISE distance = got > expected ? got - expected : expected - got;
  if (got != got && expected != expected) return;
  if (got == expected || distance <= error) return;
  fail("element %zu is %.17g, not %.17g within %.2g", place, (double)got, (double)expected, (double)error);
}

// A sum of products in T as every table has to make it: in the order of k, with a new partial sum each 2048 bytes.
static T N(dot)(const T *a, ptrdiff_t a_step, const T *b, ptrdiff_t b_step, size_t k, bool fused) {
  T total = 0;
  for (size_t p = 0; p < k; p += 2048 / sizeof(T)) {
    T sum = 0;
    for (size_t i = p; i < k && i < p + 2048 / sizeof(T); i++) {
      const T x = a[(ptrdiff_t)i * a_step], y = b[(ptrdiff_t)i * b_step];
      sum = fused ? (T)FMA(x, y, sum) : sum + x * y;
    }
    total = p == 0 ? sum : total + sum;
  }
  return total;
}

// What a product calls as parts of it are complete.
struct N(finishing) {
  const T *c;
  ptrdiff_t row, column;
  T *seen;  // [m, n]
  size_t n;
  bool takes_rows;
};
static void N(finish)(void *context, size_t row, size_t rows, size_t column, size_t columns) {
  const struct N(finishing) *at = context;
  if (at->takes_rows && columns < at->n) fail("finished columns %zu ..< %zu of %zu", column, column + columns, at->n);
  for (size_t i = row; i < row + rows; i++) {
    for (size_t j = column; j < column + columns; j++) {
      at->seen[i * at->n + j] += at->c[(ptrdiff_t)i * at->row + (ptrdiff_t)j * at->column];
    }
  }
}

// [m, k] · [k, n] in all layouts and tables.
static void N(check_product)(size_t m, size_t n, size_t k, bool some_layouts) {
  T *a = malloc((m * k + 1) * sizeof(T)), *b = malloc((k * n + 1) * sizeof(T));
  T *fused = malloc((m * n + 1) * sizeof(T)), *plain = malloc((m * n + 1) * sizeof(T)), *seen = malloc((m * n + 1) * sizeof(T));
  double *exact = malloc((m * n + 1) * sizeof *exact), *sizes = malloc((m * n + 1) * sizeof *sizes);
  N(fill)(a, m * k, false);
  N(fill)(b, k * n, false);
  const bool in_order = m > 2 && n > 2;  // vectors have an order of their own, and so have single elements
  if (in_order && k > 0 && (m + n + k) % 5 == 0) {  // what is no number stays in its row and column
    a[random_bits() % (m * k)] = (T)INFINITY;
    b[random_bits() % (k * n)] = (T)NAN;
    b[random_bits() % (k * n)] = (T)-0.0;
  }
  for (size_t i = 0; i < m; i++) {
    for (size_t j = 0; j < n; j++) {
      double sum = 0, size = 0;
      for (size_t p = 0; p < k; p++) {
        const double product = (double)a[i * k + p] * (double)b[p * n + j];
        sum += product;
        size += fabs(product);
      }
      exact[i * n + j] = sum;
      sizes[i * n + j] = size;
      if (!in_order) continue;
      fused[i * n + j] = N(dot)(a + i * k, 1, b + j, (ptrdiff_t)n, k, true);
      plain[i * n + j] = N(dot)(a + i * k, 1, b + j, (ptrdiff_t)n, k, false);
    }
  }
  // Of each operand: rows one after the other, with a gap or without, or columns so; of the result also neither.
  for (int layout = 0; layout < (some_layouts ? 4 : 12); layout++) {
    const int of[3] = {some_layouts ? (int)((m + n + k) % 2) : layout / 4, layout / 2 % 2, layout % 2};
    const ptrdiff_t gap = layout == 0 ? 0 : (ptrdiff_t)((m + n + k) % 3);
    const ptrdiff_t extents[3][2] = {{(ptrdiff_t)m, (ptrdiff_t)n}, {(ptrdiff_t)m, (ptrdiff_t)k}, {(ptrdiff_t)k, (ptrdiff_t)n}};
    ptrdiff_t stride[3][2];
    size_t span[3];
    for (int o = 0; o < 3; o++) {
      const ptrdiff_t rows = extents[o][0], columns = extents[o][1];
      stride[o][0] = of[o] == 0 ? columns + gap : of[o] == 1 ? 1 : 2 * columns + 1;
      stride[o][1] = of[o] == 0 ? 1 : of[o] == 1 ? rows + gap : 2;
      span[o] = rows * columns == 0 ? 0 : (size_t)((rows - 1) * stride[o][0] + (columns - 1) * stride[o][1] + 1);
    }
    T *x = memory(1, span[1] * sizeof(T)), *y = memory(2, span[2] * sizeof(T));
    memset(x, 0xFF, span[1] * sizeof(T));  // NaN between the elements
    memset(y, 0xFF, span[2] * sizeof(T));
    for (size_t i = 0; i < m; i++) {
      for (size_t p = 0; p < k; p++) x[(ptrdiff_t)i * stride[1][0] + (ptrdiff_t)p * stride[1][1]] = a[i * k + p];
    }
    for (size_t p = 0; p < k; p++) {
      for (size_t j = 0; j < n; j++) y[(ptrdiff_t)p * stride[2][0] + (ptrdiff_t)j * stride[2][1]] = b[p * n + j];
    }
    for (const my_kernels *const *table = tables; table < tables + table_count; table++) {
      begin("%s, product of %s, [%zu, %zu] · [%zu, %zu], layouts %d %d %d", (*table)->name, TEXT(NAME), m, k, k, n, of[0], of[1], of[2]);
      T *c = output(0, span[0] * sizeof(T));
      struct N(finishing) finishing = {c, stride[0][0], stride[0][1], seen, n, (m + n + k + (size_t)layout) % 8 == 0};
      const my_finish finish = {N(finish), &finishing, finishing.takes_rows};
      const bool finishes = (m + n + k + (size_t)layout) % 4 == 0;
      memset(seen, 0, m * n * sizeof(T));
      (*table)->numeric[TYPE].matmul(
          c, x, y, (const ptrdiff_t(*)[2])stride, m, n, k, finishes ? &finish : NULL);
      check_before(c);
      const T *expected = strcmp((*table)->name, "baseline") == 0 ? plain : fused;
      for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j < n; j++) {
          const T *at = c + (ptrdiff_t)i * stride[0][0] + (ptrdiff_t)j * stride[0][1];
          const double error = ((double)k + 1) * UNIT * sizes[i * n + j];
          N(check_within)(*at, exact[i * n + j], error, i * n + j);
          if (in_order && of[0] < 2 && !is_same(KIND(T), at, expected + i * n + j)) {
            fail("element [%zu, %zu] is %.17g, not %.17g", i, j, (double)*at, (double)expected[i * n + j]);
          }
          const T whole = *at + (T)0;
          if (finishes && !is_same(KIND(T), &seen[i * n + j], &whole)) fail("element [%zu, %zu] was not finished once", i, j);
        }
        if (of[0] == 0 && i + 1 < m && n > 0) check_untouched(c + i * (size_t)stride[0][0] + n, c + (i + 1) * (size_t)stride[0][0]);
      }
    }
  }
  free(a), free(b), free(fused), free(plain), free(seen), free(exact), free(sizes);
}

static void N(check_products)(void) {
  for (size_t m = 0; m <= 24; m++) {
    for (size_t n = 0; n <= 24; n++) {
      for (size_t k = 0; k <= 24; k++) N(check_product)(m, n, k, true);
    }
  }
  // All layouts, and beyond tiles, panels, blocks, tasks and columns that are done together.
  static const size_t shapes[][3] = {
      {1, 1, 1}, {3, 4, 5}, {4, 16, 8}, {25, 33, 30}, {1, 70, 300}, {2, 64, 300}, {3, 1100, 5}, {13, 33, 600}, {97, 130, 257}, {48, 8, 700},
      {1, 900, 40}, {300, 1, 64}, {30, 2, 600}, {400, 40, 300}, {50, 1030, 20}, {12, 70, 1}, {385, 130, 260}, {64, 64, 64},
      {100, 1030, 530}, {110, 520, 600}, {1, 4, 203}, {2, 3, 161}, {2, 4, 300}, {4, 1, 130}, {203, 4, 2}, {201, 1, 4}, {75, 3, 8}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) N(check_product)(shapes[s][0], shapes[s][1], shapes[s][2], false);
}

#define FUNCTION(loop, ulps, definition)                                                              \
  {                                                                                                   \
    T expected[VALUES];                                                                               \
    for (size_t i = 0; i < VALUES; i++) {                                                             \
      const PRECISE x = xs[i], y = ys[i];                                                             \
      expected[i] = (T)(definition);                                                                  \
      (void)y;                                                                                        \
    }                                                                                                 \
    EACH_TABLE {                                                                                      \
      begin("%s, %s of %s", (*table)->name, #loop, TEXT(NAME));                                       \
      check_loop((*table)->LOOP(loop), INPUTS, KIND(T), of, values, expected, VALUES, ulps);          \
    }                                                                                                 \
  }

static PRECISE N(modulo)(PRECISE x, PRECISE y) {
  const PRECISE r = M(fmod)(x, y);
  return r == 0 ? M(copysign)(0, y) : (r < 0) != (y < 0) ? r + y : r;
}
static PRECISE N(floor_quotient)(PRECISE x, PRECISE y) {
  if (y == 0) return x / y;
  const PRECISE r = M(fmod)(x, y), quotient = (x - r) / y - (r != 0 && (r < 0) != (y < 0));
  return quotient == 0 ? M(copysign)(0, x / y) : M(round)(quotient);
}
static PRECISE N(log_1p_exp)(PRECISE x) { return (x > 0 ? x : x != x ? x : 0) + M(log1p)(M(exp)(-M(fabs)(x))); }

// Within the units in the last place that are stated beside the operations (`accuracy`).
static void N(check_functions)(void) {
  T xs[VALUES], ys[VALUES];
  N(fill_pairs)(xs, ys, VALUES);
  const kind of[2] = {KIND(T), KIND(T)};
  const void *values[2] = {xs, ys};
#define INPUTS 1
#define LOOP(loop) floating[TYPE].loop
  UNARY_OF(floating[TYPE], square_root, T, 0, sqrt(x))  // rounded once
  FUNCTION(relu, 0, x > 0 ? x : x != x ? x : 0)
  FUNCTION(floor, 0, M(floor)(x))
  FUNCTION(ceil, 0, M(ceil)(x))
  FUNCTION(trunc, 0, M(trunc)(x))
  FUNCTION(rint, 0, M(rint)(x))
  FUNCTION(exp, 2, M(exp)(x))
  FUNCTION(expm1, 2, M(expm1)(x))
  FUNCTION(log, 2, M(log)(x))
  FUNCTION(log1p, 2, M(log1p)(x))
  FUNCTION(tanh, 2, M(tanh)(x))
  FUNCTION(sigmoid, 3, 1 / (1 + M(exp)(-x)))
  FUNCTION(softplus, 3, N(log_1p_exp)(x))
  FUNCTION(exp2, 2, M(exp2)(x))
  FUNCTION(log2, 2, M(log2)(x))
  FUNCTION(log10, 2, M(log10)(x))
  FUNCTION(sin, 2, M(sin)(x))
  FUNCTION(cos, 2, M(cos)(x))
  FUNCTION(tan, 2, M(tan)(x))
  FUNCTION(asin, 2, M(asin)(x))
  FUNCTION(acos, 2, M(acos)(x))
  FUNCTION(atan, 2, M(atan)(x))
  FUNCTION(sinh, 3, M(sinh)(x))
  FUNCTION(cosh, 3, M(cosh)(x))
  FUNCTION(asinh, 3, M(asinh)(x))
  FUNCTION(acosh, 3, M(acosh)(x))
  FUNCTION(atanh, 3, M(atanh)(x))
  FUNCTION(cbrt, 3, M(cbrt)(x))
  FUNCTION(erf, 2, M(erf)(x))
#undef INPUTS
#define INPUTS 2
  FUNCTION(floor_divide, 1, N(floor_quotient)(x, y))
  FUNCTION(hypot, 2, M(hypot)(x, y))
  FUNCTION(atan2, 2, M(atan2)(x, y))
#undef LOOP
#define LOOP(loop) numeric[TYPE].loop
  FUNCTION(remainder, 1, N(modulo)(x, y))
  FUNCTION(power, 2, M(pow)(x, y))
#undef LOOP
#define LOOP(loop) floating[TYPE].loop
  // Both terms are at least 0 for targets from 0 to 1: softplus's error, and one unit for the product and the sum.
  for (size_t i = 0; i < VALUES; i++) ys[i] = (T)(i % 7 == 0 ? i % 2 : random_real(0, 1));
  FUNCTION(sigmoid_cross_entropy, 4, x * (x < 0 ? -y : 1 - y) + N(log_1p_exp)(-M(fabs)(x)))
#undef LOOP
#undef INPUTS
}

// One line of both, and how far from it a result may be.
static void N(check_softmax_line)(const T *x, ptrdiff_t step, size_t count, const T *y, ptrdiff_t y_step, bool is_logarithm) {
  PRECISE largest = x[0], total = 0, spread = 0;
  for (size_t i = 1; i < count; i++) {
    const PRECISE v = x[(ptrdiff_t)i * step];
    if (v > largest) largest = v;
  }
  if (is_logarithm && M(fabs)(largest) == (PRECISE)INFINITY) largest = 0;
  for (size_t i = 0; i < count; i++) {
    const PRECISE below = x[(ptrdiff_t)i * step] - largest, e = M(exp)(below);
    total += e;
    if (e > 0) spread += e * M(fabs)(below);
  }
  // Relative errors: what the subtraction rounds off is multiplied by the exponential's slope, the exponential itself is within
  // two units in the last place, of two roundings each, and each addition and the division round once more.
  const PRECISE of_total = spread / total + 4 + (PRECISE)count;
  for (size_t i = 0; i < count; i++) {
    const PRECISE below = x[(ptrdiff_t)i * step] - largest, least = sizeof(T) == 4 ? 0x1p-149 : 0x1p-1074;
    const PRECISE expected = is_logarithm ? below - M(log)(total) : M(exp)(below) / total;
    const PRECISE error =
        is_logarithm ? UNIT * (M(fabs)(below) + of_total + 4 * M(fabs)(M(log)(total)) + M(fabs)(expected))
                     : UNIT * expected * (M(fabs)(below) + 4 + of_total + 1) + 2 * least;
    N(check_within)(y[(ptrdiff_t)i * y_step], expected, error, i);
  }
}

static void N(check_softmax)(void) {
  static const size_t counts[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 34, 35, 47, 64, 65, 100, 200};
  for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
    for (size_t lines = 1; lines < 40; lines += lines < 18 ? 1 : 7) {
      const size_t count = counts[c];
      const ptrdiff_t step = lines % 3 == 0 ? 2 : 1, line = (ptrdiff_t)count * step + (ptrdiff_t)(lines % 2);
      const size_t span = count == 0 ? 0 : (lines - 1) * (size_t)line + (count - 1) * (size_t)step + 1;
      T *x = memory(1, span * sizeof(T));
      for (size_t i = 0; i < span; i++) x[i] = (T)random_real(lines % 4 == 1 ? -200 : -5, lines % 4 == 1 ? 200 : 5);
      if (lines % 5 == 4 && count > 0) {  // an infinity, a NaN, and lines of nothing else
        x[random_bits() % span] = (T)INFINITY;
        x[random_bits() % span] = (T)NAN;
        for (size_t i = 0; i < count; i++) x[2 * line + (ptrdiff_t)i * step] = -(T)INFINITY;
        x[random_bits() % count * (size_t)step] = -(T)INFINITY;
      }
      EACH_TABLE {
        for (int is_logarithm = 0; is_logarithm < 2; is_logarithm++) {
          begin("%s, %s of %s, %zu lines of %zu", (*table)->name, is_logarithm ? "log_softmax" : "softmax", TEXT(NAME), lines, count);
          T *y = output(0, span * sizeof(T));
          (is_logarithm ? (*table)->floating[TYPE].log_softmax : (*table)->floating[TYPE].softmax)(
              y, line, step, x, line, step, lines, count);
          check_before(y);
          for (size_t l = 0; l < lines && count > 0; l++) {
            const T *out = y + (ptrdiff_t)l * line;
            N(check_softmax_line)(x + (ptrdiff_t)l * line, step, count, out, step, is_logarithm);
            if (step > 1) for (size_t i = 0; i + 1 < count; i++) check_untouched(out + 2 * i + 1, out + 2 * i + 2);
            if (l + 1 < lines) check_untouched(out + (count - 1) * (size_t)step + 1, out + line);
          }
        }
      }
    }
  }
}

static void N(check_rotations)(void) {
  for (size_t columns = 0; columns < 100; columns += columns < 36 ? 1 : 31) {
    const size_t count = columns % 5, step = columns + columns % 2, span = columns == 0 ? 0 : count * step + columns;
    T *start = malloc((span + 1) * sizeof(T)), *expected = malloc((span + 1) * sizeof(T)), cosine[5], sine[5];
    N(fill)(start, span, false);
    memcpy(expected, start, span * sizeof(T));
    for (size_t i = 0; i < count; i++) {
      cosine[i] = (T)cos((double)i);
      sine[i] = (T)sin((double)i);
      for (size_t j = 0; j < columns; j++) {
        T *const row = expected + i * step + j;
        const T x = row[0], y = row[step];
        row[0] = cosine[i] * x + sine[i] * y;
        row[step] = cosine[i] * y - sine[i] * x;
      }
    }
    EACH_TABLE {
      begin("%s, rotations of %s, %zu columns", (*table)->name, TEXT(NAME), columns);
      T *rows = memory(0, span * sizeof(T));
      memcpy(rows, start, span * sizeof(T));
      (*table)->floating[TYPE].rotate(rows, (ptrdiff_t)step, columns, cosine, sine, count);
      check_same(KIND(T), rows, expected, span);
    }
    free(start);
    free(expected);
  }
}

#undef FUNCTION
#undef UNIT
#undef FMA
