// The checks of all loops for one type. Set before: T, TYPE, NAME, IS_FLOATING, IS_BOOL, IS_SIGNED, and WIDE, in which definitions
// are computed; of whole numbers U, T without its sign; of floating ones PRECISE, wider than T, and M(name), its functions in math.h.

#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
#define N(name) JOIN(name, NAME)
#define TEXT_(name) #name
#define TEXT(name) TEXT_(name)

// Borders of the type and of the functions first, then numbers of all sizes, or small ones only.
#define VALUES 900
static void N(fill)(T *x, size_t count, bool all) {
#if IS_FLOATING
  const T largest = sizeof(T) == 4 ? 0x1.fffffep127 : 0x1.fffffffffffffp1023;
  const T least = sizeof(T) == 4 ? 0x1p-149 : 0x1p-1074, normal = sizeof(T) == 4 ? 0x1p-126 : 0x1p-1022;
  const T borders[] = {0, 1, 0.5, 2, 3, 0.625, 0.70710678, 1.41421356, 10, 20, 87, 88.5, 88.9, 89, 103, 104, 105, 708, 709.5, 710,
                       745, 746, 1e-5, 1e10, least, 3 * least, normal, normal - least, largest, (T)INFINITY, (T)NAN,
                       (T)0x1p52, (T)8388609, 2.5, 1 + 1e-6, 1 - 1e-6};
  const size_t borders_count = all ? 2 * sizeof borders / sizeof *borders : 0;
#elif IS_BOOL
  const size_t borders_count = 0;
#else
  const T borders[] = {0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, (T)((U)-1), (T)((U)-1 >> 1), (T)(((U)-1 >> 1) + 1), 100};
  const size_t borders_count = all ? sizeof borders / sizeof *borders : 0;
#endif
  for (size_t i = 0; i < count; i++) {
    const uint64_t bits = random_bits() >> 8;
#if IS_BOOL
    x[i] = bits & 1;
    (void)all;
    (void)borders_count;
#elif IS_FLOATING
    if (i < borders_count) x[i] = i % 2 == 0 ? borders[i / 2] : -borders[i / 2];
    else if (!all) x[i] = (T)random_real(-2, 2);
    else if (bits % 3 == 0) x[i] = (T)(ldexp(random_real(-1, 1), (int)(bits / 3 % 240) - 120));
    else x[i] = (T)random_real(bits % 3 == 1 ? -4 : -100, bits % 3 == 1 ? 4 : 100);
#else
    x[i] = i < borders_count ? borders[i] : !all || bits % 2 == 0 ? (T)((int64_t)(bits / 2 % 21) - (IS_SIGNED ? 10 : 0)) : (T)bits;
#endif
  }
}

// A pair of each value with each other is met by moving one of two lines against the other.
static void N(fill_pairs)(T *x, T *y, size_t count) {
  N(fill)(x, count, true);
  N(fill)(y, count, true);
  for (size_t i = 0; i < count; i++) {
    const size_t j = random_bits() % count;
    const T other = y[i];
    y[i] = y[j];
    y[j] = other;
  }
}

#define EACH_TABLE for (const my_kernels *const *table = tables; table < tables + table_count; table++)

#define UNARY_OF(part, loop, R, ulps, definition)                                                     \
  {                                                                                                   \
    R expected[VALUES];                                                                               \
    for (size_t i = 0; i < VALUES; i++) {                                                             \
      const WIDE x = xs[i];                                                                           \
      expected[i] = (R)(definition);                                                                  \
    }                                                                                                 \
    EACH_TABLE {                                                                                      \
      begin("%s, %s of %s", (*table)->name, #loop, TEXT(NAME));                                       \
      check_loop((*table)->part.loop, 1, KIND(R), of, values, expected, VALUES, ulps);                \
    }                                                                                                 \
  }
#define BINARY_OF(part, loop, R, ulps, definition)                                                    \
  {                                                                                                   \
    R expected[VALUES];                                                                               \
    for (size_t i = 0; i < VALUES; i++) {                                                             \
      const WIDE x = xs[i], y = ys[i];                                                                \
      expected[i] = (R)(definition);                                                                  \
    }                                                                                                 \
    EACH_TABLE {                                                                                      \
      begin("%s, %s of %s", (*table)->name, #loop, TEXT(NAME));                                       \
      check_loop((*table)->part.loop, 2, KIND(R), of, values, expected, VALUES, ulps);                \
    }                                                                                                 \
  }
#define UNARY(loop, R, ulps, definition) UNARY_OF(numeric[TYPE], loop, R, ulps, definition)
#define BINARY(loop, R, ulps, definition) BINARY_OF(numeric[TYPE], loop, R, ulps, definition)

#if IS_FLOATING
#define TO_WHOLE(R, low, high) (x != x ? 0 : x <= (WIDE)(low) ? (low) : x >= (WIDE)(high) ? (high) : (R)x)
#else
#define TO_WHOLE(R, low, high) ((R)x)
#endif

static void N(check_conversions)(void) {
  T xs[VALUES];
  N(fill)(xs, VALUES, true);
  const kind of[1] = {KIND(T)};
  const void *values[1] = {xs};
  UNARY(copy, T, 0, x)
  UNARY(to_f32, float, 0, (T)x)
  UNARY(to_f64, double, 0, (T)x)
  UNARY(to_i8, int8_t, 0, TO_WHOLE(int8_t, INT8_MIN, INT8_MAX))
  UNARY(to_i16, int16_t, 0, TO_WHOLE(int16_t, INT16_MIN, INT16_MAX))
  UNARY(to_i32, int32_t, 0, TO_WHOLE(int32_t, INT32_MIN, INT32_MAX))
  UNARY(to_i64, int64_t, 0, TO_WHOLE(int64_t, INT64_MIN, INT64_MAX))
  UNARY(to_u8, uint8_t, 0, TO_WHOLE(uint8_t, 0, UINT8_MAX))
  UNARY(to_u16, uint16_t, 0, TO_WHOLE(uint16_t, 0, UINT16_MAX))
  UNARY(to_u32, uint32_t, 0, TO_WHOLE(uint32_t, 0, UINT32_MAX))
  UNARY(to_u64, uint64_t, 0, TO_WHOLE(uint64_t, 0, UINT64_MAX))
  UNARY(to_bool, bool, 0, x != 0)
}

static void N(check_elementwise)(void) {
  T xs[VALUES], ys[VALUES];
  N(fill_pairs)(xs, ys, VALUES);
  const kind of[2] = {KIND(T), KIND(T)};
  const void *values[2] = {xs, ys};
  BINARY(equal, bool, 0, x == y)
  BINARY(not_equal, bool, 0, x != y)
  BINARY(less, bool, 0, x < y)
  BINARY(less_equal, bool, 0, x <= y)
#if IS_BOOL
  UNARY(negate, T, 0, !x)
  UNARY(absolute, T, 0, x)
  UNARY(sign, T, 0, x)
  UNARY(square, T, 0, x)
  BINARY(add, T, 0, x || y)
  BINARY(subtract, T, 0, x != y)
  BINARY(multiply, T, 0, x && y)
  BINARY(divide, T, 0, x && y)
  BINARY(remainder, T, 0, x && !y)
  BINARY(maximum, T, 0, x || y)
  BINARY(minimum, T, 0, x && y)
  BINARY(power, T, 0, x || !y)
#else
  UNARY(negate, T, 0, -x)
  UNARY(absolute, T, 0, x < 0 || signbit((double)x) ? -x : x)
  UNARY(sign, T, 0, x != x ? x : (x > 0) - (x < 0))
  UNARY(square, T, 0, x * x)
  BINARY(add, T, 0, x + y)
  BINARY(subtract, T, 0, x - y)
  BINARY(multiply, T, 0, x * y)
  BINARY(maximum, T, 0, x >= y || x != x ? x : y)
  BINARY(minimum, T, 0, x <= y || x != x ? x : y)
#if IS_FLOATING
  BINARY(divide, T, 0, x / y)
#else
  BINARY(divide, T, 0, y == 0 ? 0 : x / y - (x % y != 0 && (x < 0) != (y < 0)))
  BINARY(remainder, T, 0, y == 0 ? 0 : x % y + (x % y != 0 && (x < 0) != (y < 0) ? y : 0))
  BINARY_OF(integer[TYPE - MY_I8], bitwise_and, T, 0, x & y)
  BINARY_OF(integer[TYPE - MY_I8], bitwise_or, T, 0, x | y)
  BINARY_OF(integer[TYPE - MY_I8], bitwise_xor, T, 0, x ^ y)
  UNARY_OF(integer[TYPE - MY_I8], bitwise_not, T, 0, ~x)
  BINARY_OF(integer[TYPE - MY_I8], shift_left, T, 0, y < 0 || y >= 8 * (WIDE)sizeof(T) ? 0 : (unsigned __int128)x << y)
  BINARY_OF(integer[TYPE - MY_I8], shift_right, T, 0, y < 0 || y >= 8 * (WIDE)sizeof(T) ? -(x < 0) : x >> y)
  for (size_t i = 0; i < VALUES; i++) ys[i] = (T)(ys[i] < 0 ? ys[i] : ys[i] % 71);
  BINARY(power, T, 0, whole_power(x, y))
#endif
#endif
  bool condition[VALUES];
  T expected[VALUES];
  for (size_t i = 0; i < VALUES; i++) {
    condition[i] = random_bits() >> 20 & 1;
    expected[i] = condition[i] ? xs[i] : ys[i];
  }
  EACH_TABLE {
    begin("%s, select of %s", (*table)->name, TEXT(NAME));
    check_loop(
        (*table)->numeric[TYPE].select, 3, KIND(T), (const kind[]){KIND(bool), KIND(T), KIND(T)},
        (const void *[]){condition, xs, ys}, expected, VALUES, 0);
  }
}

#if IS_BOOL
#define PLUS(x, y) ((x) || (y))
#define TIMES(x, y) ((x) && (y))
#elif IS_FLOATING
#define PLUS(x, y) ((x) + (y))
#define TIMES(x, y) ((x) * (y))
#else
#define PLUS(x, y) (T)((U)(x) + (U)(y))
#define TIMES(x, y) (T)((uint64_t)(x) * (uint64_t)(y))
#endif

// The portable order of additions. Along a line: eight partial results of every eighth element in runs of up to 128, longer
// ones halved at a multiple of eight. Across rows: eight of them at most, one after the other, more of them halved.
#define ORDERS(name, identity, COMBINE)                                                               \
  static T N(name##_along)(const T *x, ptrdiff_t step, size_t count) {                                \
    if (count > 128) {                                                                                \
      const size_t half = count / 16 * 8;                                                             \
      const T a = N(name##_along)(x, step, half);                                                     \
      const T b = N(name##_along)(x + (ptrdiff_t)half * step, step, count - half);                    \
      return (T)(COMBINE(a, b));                                                                      \
    }                                                                                                 \
    T total = identity;                                                                               \
    if (count >= 8) {                                                                                 \
      T part[8];                                                                                      \
      for (size_t i = 0; i < count / 8 * 8; i++) {                                                    \
        const T y = x[(ptrdiff_t)i * step];                                                           \
        part[i % 8] = i < 8 ? y : (T)(COMBINE(part[i % 8], y));                                       \
      }                                                                                               \
      for (int width = 1; width < 8; width *= 2) {                                                    \
        for (int i = 0; i < 8; i += 2 * width) part[i] = (T)(COMBINE(part[i], part[i + width]));      \
      }                                                                                               \
      total = (T)(COMBINE(total, part[0]));                                                           \
    }                                                                                                 \
    for (size_t i = count < 8 ? 0 : count / 8 * 8; i < count; i++) {                                  \
      const T y = x[(ptrdiff_t)i * step];                                                             \
      total = (T)(COMBINE(total, y));                                                                 \
    }                                                                                                 \
    return total;                                                                                     \
  }                                                                                                   \
  static T N(name##_across)(const T *x, ptrdiff_t step, size_t count) {                               \
    if (count > 8) {                                                                                  \
      const T a = N(name##_across)(x, step, count / 2);                                               \
      const T b = N(name##_across)(x + (ptrdiff_t)(count / 2) * step, step, count - count / 2);       \
      return (T)(COMBINE(a, b));                                                                      \
    }                                                                                                 \
    T total = identity;                                                                               \
    for (size_t i = 0; i < count; i++) total = (T)(COMBINE(total, x[(ptrdiff_t)i * step]));           \
    return total;                                                                                     \
  }
ORDERS(sum, 0, PLUS)
ORDERS(product, 1, TIMES)

static int64_t N(best)(const T *x, ptrdiff_t step, size_t count, bool largest) {
  int64_t best = 0;
  for (int64_t i = 0; i < (int64_t)count; i++) {
    const T a = x[best * step], b = x[i * step];
    if (a == a && (b != b || (largest ? b > a : b < a))) best = i;
  }
  return best;
}

// [kept, reduced] with these steps, in each table.
static void N(check_reduction)(
    const T *x, ptrdiff_t kept_step, ptrdiff_t step, size_t kept, size_t reduced, ptrdiff_t out_step) {
  const bool is_along = step == 1 || kept == 1;
  T *expected[4];
  int64_t *place[2];
  for (int i = 0; i < 4; i++) expected[i] = malloc((kept + 1) * sizeof(T));
  for (int i = 0; i < 2; i++) place[i] = malloc((kept + 1) * sizeof(int64_t));
  for (size_t i = 0; i < kept; i++) {
    const T *line = x + (ptrdiff_t)i * kept_step;
    expected[0][i] = is_along ? N(sum_along)(line, step, reduced) : N(sum_across)(line, step, reduced);
    expected[1][i] = is_along ? N(product_along)(line, step, reduced) : N(product_across)(line, step, reduced);
    for (int largest = 0; largest < 2 && reduced > 0; largest++) {
      place[largest][i] = N(best)(line, step, reduced, largest);
      expected[2 + largest][i] = line[place[largest][i] * step];
    }
  }
  EACH_TABLE {
    const my_numeric *loops = &(*table)->numeric[TYPE];
    my_reduction *const reductions[6] = {loops->sum, loops->product, loops->smallest, loops->largest,
                                         loops->index_of_smallest, loops->index_of_largest};
    static const char *const names[6] = {"sum", "product", "smallest", "largest", "index of smallest", "index of largest"};
    for (int r = 0; r < (reduced == 0 ? 2 : 6); r++) {
      const kind of = r < 4 ? KIND(T) : KIND(int64_t);
      const void *right = r < 4 ? (void *)expected[r] : (void *)place[r - 4];
      begin("%s, %s of %s, kept %zu in steps of %td, reduced %zu in steps of %td", (*table)->name, names[r], TEXT(NAME),
            kept, kept_step, reduced, step);
      const size_t span = kept == 0 ? 0 : (kept - 1) * (size_t)out_step + 1;
      char *out = output(0, span * of.size);
      reductions[r](out, out_step, x, kept_step, step, kept, reduced);
      check_before(out);
      for (size_t i = 0; i < kept; i++) {
        char *at = out + i * (size_t)out_step * of.size;
        if (!is_same(of, at, (const char *)right + i * of.size)) {
          fail("result %zu is %.17g, not %.17g", i, number_at(of, at), number_at(of, (const char *)right + i * of.size));
        }
        if (i + 1 < kept) check_untouched(at + of.size, at + (size_t)out_step * of.size);
      }
    }
  }
  for (int i = 0; i < 4; i++) free(expected[i]);
  for (int i = 0; i < 2; i++) free(place[i]);
}

static void N(check_reductions)(void) {
  static const size_t extents[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 31, 32, 33, 63, 65, 100, 127, 128, 129, 130, 264, 1000};
  const size_t count = sizeof extents / sizeof *extents;
  for (size_t a = 0; a < count; a++) {
    for (size_t b = 0; b < count; b++) {
      const size_t kept = extents[a], reduced = extents[b];
      if (kept * reduced > 30000) continue;
      const ptrdiff_t m = (ptrdiff_t)kept, n = (ptrdiff_t)reduced;
      const struct { ptrdiff_t kept, step; size_t last; } layouts[] = {
          {n, 1, kept * reduced}, {1, m, kept * reduced}, {n + 3, 1, 0}, {1, m + 5, 0}, {2 * n + 1, 2, 0}, {2, 2 * m + 1, 0}};
      for (size_t l = 0; l < 6; l++) {
        const size_t span = kept * reduced == 0 ? 0 : (size_t)((m - 1) * layouts[l].kept + (n - 1) * layouts[l].step + 1);
        T *x = memory(1, span * sizeof(T));
        N(fill)(x, span, (a + b + l) % 3 == 0);
        N(check_reduction)(x, layouts[l].kept, layouts[l].step, kept, reduced, 1 + (ptrdiff_t)((a + l) % 2));
      }
    }
  }
  const size_t many = 150001;  // two threads take a half each
  T *x = memory(1, many * sizeof(T));
  N(fill)(x, many, false);
  N(check_reduction)(x, 1, 1, 1, many, 1);
}

// Lines by themselves: cumulative sums and products.
static void N(check_cumulative)(void) {
  for (size_t count = 0; count < 40; count++) {
    const size_t lines = 1 + count % 4;
    const ptrdiff_t step = 1 + (ptrdiff_t)(count % 3), line = (ptrdiff_t)count * step + 2;
    const size_t span = count == 0 ? 0 : (lines - 1) * (size_t)line + (count - 1) * (size_t)step + 1;
    T *x = memory(1, span * sizeof(T)), expected[2][4 * 40];
    N(fill)(x, span, count % 2 == 0);
    for (size_t l = 0; l < lines; l++) {
      for (size_t i = 0; i < count; i++) {
        const T y = x[(ptrdiff_t)l * line + (ptrdiff_t)i * step];
        T *sum = expected[0] + l * count + i, *product = expected[1] + l * count + i;
        *sum = i == 0 ? y : (T)(PLUS(sum[-1], y));
        *product = i == 0 ? y : (T)(TIMES(product[-1], y));
      }
    }
    EACH_TABLE {
      const my_numeric *loops = &(*table)->numeric[TYPE];
      for (int which = 0; which < 2; which++) {
        begin("%s, cumulative %s of %s, %zu lines of %zu", (*table)->name, which == 0 ? "sum" : "product", TEXT(NAME), lines, count);
        T *out = output(0, lines * count * sizeof(T));
        (which == 0 ? loops->cumulative_sum : loops->cumulative_product)(out, (ptrdiff_t)count, 1, x, line, step, lines, count);
        check_before(out);
        check_same(KIND(T), out, expected[which], lines * count);
      }
    }
  }
}

static void N(check_moves)(void) {
  // Copies across.
  static const size_t extents[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17, 33, 64, 65, 130};
  const size_t extent_count = sizeof extents / sizeof *extents;
  for (size_t a = 0; a < extent_count; a++) {
    for (size_t b = 0; b < extent_count; b++) {
      const size_t rows = extents[a], columns = extents[b], padding = (a + b) % 3;
      const size_t out_row = columns + padding, in_column = rows + padding;
      const size_t in_span = rows * columns == 0 ? 0 : (columns - 1) * in_column + rows;
      const size_t out_span = rows * columns == 0 ? 0 : (rows - 1) * out_row + columns;
      T *in = memory(1, in_span * sizeof(T));
      N(fill)(in, in_span, true);
      EACH_TABLE {
        begin("%s, transpose of %s, [%zu, %zu]", (*table)->name, TEXT(NAME), rows, columns);
        T *out = output(0, out_span * sizeof(T));
        (*table)->numeric[TYPE].transpose(out, (ptrdiff_t)out_row, in, (ptrdiff_t)in_column, rows, columns);
        check_before(out);
        for (size_t i = 0; i < rows; i++) {
          for (size_t j = 0; j < columns; j++) {
            if (memcmp(out + i * out_row + j, in + j * in_column + i, sizeof(T)) != 0) fail("element [%zu, %zu] is wrong", i, j);
          }
          if (i + 1 < rows && columns > 0) check_untouched(out + i * out_row + columns, out + (i + 1) * out_row);
        }
      }
    }
  }
  // Tables with any steps, also the same row or the same column again and again, and backwards.
  for (size_t a = 1; a < extent_count; a++) {
    for (size_t b = 1; b < extent_count; b++) {
      const size_t rows = extents[a], columns = extents[b];
      const ptrdiff_t steps[][2] = {{0, 1}, {0, 2}, {1, 0}, {2, 0}, {0, 0}, {(ptrdiff_t)columns, 1}, {1, (ptrdiff_t)rows}, {(ptrdiff_t)columns + 1, 1}, {-1, 0}, {0, -1}};
      for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
        const ptrdiff_t row = steps[s][0], column = steps[s][1];
        const size_t down = (rows - 1) * (size_t)(row < 0 ? -row : row), across = (columns - 1) * (size_t)(column < 0 ? -column : column);
        T *in = memory(1, (down + across + 1) * sizeof(T));
        N(fill)(in, down + across + 1, true);
        const T *first = in + (row < 0 ? down : 0) + (column < 0 ? across : 0);
        EACH_TABLE {
          begin("%s, load_tile of %s, [%zu, %zu] in steps of %td, %td", (*table)->name, TEXT(NAME), rows, columns, row, column);
          T *out = output(0, rows * columns * sizeof(T));
          (*table)->numeric[TYPE].load_tile(out, first, row * (ptrdiff_t)sizeof(T), column * (ptrdiff_t)sizeof(T), rows, columns);
          check_before(out);
          for (size_t i = 0; i < rows; i++) {
            for (size_t j = 0; j < columns; j++) {
              const T *right = first + (ptrdiff_t)i * row + (ptrdiff_t)j * column;
              if (memcmp(out + i * columns + j, right, sizeof(T)) != 0) fail("element [%zu, %zu] is wrong", i, j);
            }
          }
        }
      }
    }
  }
  // Rows of a table, some beyond its ends.
  for (size_t width = 0; width < 40; width++) {
    for (size_t count = 0; count < 30; count += 7) {
      const size_t extent = 1 + width % 6;
      int64_t index[30];
      T *rows = memory(2, count * width * sizeof(T)), *content = malloc(extent * width * sizeof(T) + 1);
      T *sum = malloc(extent * width * sizeof(T) + 1);
      N(fill)(rows, count * width, false);
      N(fill)(content, extent * width, false);
      memcpy(sum, content, extent * width * sizeof(T));
      size_t row[30];
      for (size_t i = 0; i < count; i++) {
        index[i] = (int64_t)(random_bits() % (extent + 4)) - 2;
        if (i == 5) index[i] = INT64_MIN;
        if (i == 6) index[i] = INT64_MAX;
        row[i] = index[i] < 0 ? 0 : index[i] >= (int64_t)extent ? extent - 1 : (size_t)index[i];
        for (size_t j = 0; j < width; j++) {
          T *to = sum + row[i] * width + j;
          *to = PLUS(*to, rows[i * width + j]);
        }
      }
      EACH_TABLE {
        const my_numeric *loops = &(*table)->numeric[TYPE];
        begin("%s, take_rows of %s, %zu of width %zu", (*table)->name, TEXT(NAME), count, width);
        T *at = memory(1, extent * width * sizeof(T)), *out = output(0, count * width * sizeof(T));
        memcpy(at, content, extent * width * sizeof(T));
        loops->take_rows(out, at, index, count, width, extent);
        check_before(out);
        for (size_t i = 0; i < count; i++) check_same(KIND(T), out + i * width, content + row[i] * width, width);
        begin("%s, add_rows of %s, %zu of width %zu", (*table)->name, TEXT(NAME), count, width);
        loops->add_rows(rows, at, index, count, width, extent);
        check_same(KIND(T), at, sum, extent * width);
      }
      free(content);
      free(sum);
    }
  }
  // Choices by truth values.
  for (size_t count = 0; count < 600; count += count < 70 ? 1 : 129) {
    T *in = memory(1, count * sizeof(T));
    bool *mask = memory(2, count * sizeof(bool));
    N(fill)(in, count, false);
    T chosen[600];
    int64_t places[600];
    size_t found = 0, nonzero = 0;
    for (size_t i = 0; i < count; i++) {
      if (random_bits() >> 20 & 1) in[i] = 0;
      mask[i] = random_bits() >> 20 & 1;
      if (mask[i]) chosen[found++] = in[i];
      if (in[i] != 0) places[nonzero++] = (int64_t)i;
    }
    EACH_TABLE {
      const my_numeric *loops = &(*table)->numeric[TYPE];
      begin("%s, choices of %s among %zu", (*table)->name, TEXT(NAME), count);
      T *out = output(0, found * sizeof(T));
      loops->compress(out, in, mask, found);
      check_before(out);
      check_same(KIND(T), out, chosen, found);
      if (loops->count_nonzero(in, count) != nonzero) fail("%zu are not 0, not %zu", nonzero, loops->count_nonzero(in, count));
      int64_t *at = output(0, nonzero * sizeof(int64_t));
      loops->nonzero(at, in, nonzero);
      check_before(at);
      check_same(KIND(int64_t), at, places, nonzero);
    }
  }
}

// Whether y must come before x, which it follows.
static bool N(comes_before)(T y, T x, bool descends) {
  if (descends) return (x == x && y != y) || y > x;
  return (y == y && x != x) || y < x;
}
// Positions in order, equal ones as they were: merged from halves.
static void N(order)(int64_t *at, int64_t *other, const T *x, size_t count, bool descends) {
  if (count < 2) return;
  const size_t half = count / 2;
  N(order)(at, other, x, half, descends);
  N(order)(at + half, other, x, count - half, descends);
  memcpy(other, at, count * sizeof *at);
  for (size_t i = 0, j = half, out = 0; out < count; out++) {
    const bool second = i == half || (j < count && N(comes_before)(x[other[j]], x[other[i]], descends));
    at[out] = other[second ? j++ : i++];
  }
}

static void N(check_sorts)(void) {
  static const size_t counts[] = {0, 1, 2, 3, 8, 31, 32, 33, 64, 100, 500, 8191, 8192, 9000, 16383, 16384, 40001, 1100000};
  for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
    const size_t count = counts[c];
    // The largest count is what other tables of digits are for: where keys are wide, and those of positions.
    if (count > 100000 && TYPE != MY_F32 && TYPE != MY_I64) continue;
    T *in = memory(1, count * sizeof(T));
    N(fill)(in, count, c % 2 == 0);
    int64_t *at = malloc((count + 1) * sizeof *at), *other = malloc((count + 1) * sizeof *other);
    T *sorted = malloc((count + 1) * sizeof(T));
    for (int descends = 0; descends < 2; descends++) {
      for (size_t i = 0; i < count; i++) at[i] = (int64_t)i;
      N(order)(at, other, in, count, descends);
      for (size_t i = 0; i < count; i++) sorted[i] = in[at[i]];
      EACH_TABLE {
        const my_numeric *loops = &(*table)->numeric[TYPE];
        begin("%s, %s argsort of %zu %s", (*table)->name, descends ? "descending" : "ascending", count, TEXT(NAME));
        int64_t *places = output(0, count * sizeof *places);
        loops->argsort(places, in, count, descends, memory(3, 2 * count * sizeof(my_entry)));
        check_before(places);
        check_same(KIND(int64_t), places, at, count);
        if (descends) continue;
        begin("%s, sort of %zu %s", (*table)->name, count, TEXT(NAME));
        T *out = output(0, count * sizeof(T));
        loops->sort(out, in, count, memory(2, count * sizeof(T)));
        check_before(out);
        check_same(KIND(T), out, sorted, count);
      }
    }
    free(at);
    free(other);
    free(sorted);
  }
}

// Inputs that are hard for one way to sort or another.
enum N(pattern) { N(ascending), N(descending), N(pipe), N(equal), N(few), N(ends), N(tricky), N(patterns) };
static void N(fill_pattern)(T *x, size_t count, size_t lanes, enum N(pattern) pattern) {
  for (size_t i = 0; i < count; i++) {
    const size_t place = pattern == N(descending) ? count - i : pattern == N(pipe) && i > count / 2 ? count - i : i;
    x[i] = pattern == N(equal) ? (T)1 : pattern == N(few) ? (T)(random_bits() >> 20 & 3) : (T)place;
#if IS_FLOATING
    if (pattern == N(ends)) {
      const T ends[] = {0, -(T)0.0, (T)NAN, -(T)NAN, (T)INFINITY, -(T)INFINITY, (T)0x1p-126, -(T)0x1p-126};
      x[i] = ends[random_bits() >> 20 & 7];
    }
#endif
  }
  if (pattern != N(tricky)) return;
  // The smallest elements stand wherever quicksort looks for a median, so that it cuts next to nothing off. That is the
  // middle one of two vectors, or of eight of a long line; those less than it go away, and the others keep their order.
  size_t *rest = malloc((count + 1) * sizeof *rest), n = count, next = 0;
  for (size_t i = 0; i < count; i++) rest[i] = i, x[i] = (T)count;
  while (n > 32 * lanes) {
    const size_t vectors = n < 16 * 32 * lanes ? 2 : 8;
    T sample[8 * 64];
    for (size_t i = 0; i < vectors * lanes; i++) {
      const size_t at = rest[(n - lanes) / vectors * (i / lanes) + lanes + i % lanes];
      if (x[at] == (T)count) x[at] = (T)next++;
      sample[i] = x[at];
      for (size_t j = i; j > 0 && sample[j - 1] > sample[j]; j--) {
        const T other = sample[j];
        sample[j] = sample[j - 1];
        sample[j - 1] = other;
      }
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
      if (x[rest[i]] >= sample[vectors * lanes / 2]) rest[kept++] = rest[i];
    }
    n = kept;
  }
  for (size_t i = 0; i < count; i++) {
    if (x[i] == (T)count) x[i] = (T)(count + (random_bits() >> 44));
  }
  free(rest);
}

static void N(check_patterns)(void) {
  static const size_t counts[] = {1, 2, 3, 5, 8, 9, 16, 17, 33, 65, 127, 129, 256, 257, 500, 513, 1000, 1025, 5000, 16384, 40001};
  for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
    const size_t count = counts[c];
    int64_t *at = malloc(count * sizeof *at), *other = malloc(count * sizeof *other);
    T *in = memory(1, count * sizeof(T)), *sorted = malloc(count * sizeof(T));
    for (int pattern = 0; pattern < N(patterns); pattern++) {
      for (size_t bytes = 16; bytes <= 64; bytes *= 2) {
        if (pattern == N(tricky) ? sizeof(T) < 4 : bytes > 16) continue;
        N(fill_pattern)(in, count, bytes / sizeof(T), pattern);
        for (size_t i = 0; i < count; i++) at[i] = (int64_t)i;
        N(order)(at, other, in, count, false);
        for (size_t i = 0; i < count; i++) sorted[i] = in[at[i]];
        EACH_TABLE {
          begin("%s, sort of %zu %s in pattern %d", (*table)->name, count, TEXT(NAME), pattern);
          T *out = output(0, count * sizeof(T));
          (*table)->numeric[TYPE].sort(out, in, count, memory(2, count * sizeof(T)));
          check_before(out);
          if (memcmp(out, sorted, count * sizeof(T)) != 0) fail("a result is not what stays in order says");
        }
      }
    }
    free(at);
    free(other);
    free(sorted);
  }
}

#if IS_FLOATING
#include "floating.h"
#else
// The products of whole numbers wrap and are the same in any order.
static void N(check_products)(void) {
  static const size_t extents[] = {0, 1, 2, 3, 5, 8, 9, 17, 40};
  for (size_t s = 0; s < 9 * 9 * 9; s++) {
    const size_t m = extents[s / 81], n = extents[s / 9 % 9], k = extents[s % 9];
    T *a = memory(1, m * k * sizeof(T)), *b = memory(2, k * n * sizeof(T)), expected[40 * 40];
    N(fill)(a, m * k, true);
    N(fill)(b, k * n, true);
    for (int layout = 0; layout < 8; layout++) {
      const ptrdiff_t wide[3] = {(ptrdiff_t)n, (ptrdiff_t)k, (ptrdiff_t)n}, high[3] = {(ptrdiff_t)m, (ptrdiff_t)m, (ptrdiff_t)k};
      ptrdiff_t stride[3][2];
      for (int o = 0; o < 3; o++) {
        stride[o][0] = layout >> o & 1 ? 1 : wide[o];
        stride[o][1] = layout >> o & 1 ? high[o] : 1;
      }
      for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j < n; j++) {
          T sum = 0;
          for (size_t p = 0; p < k; p++) {
            const T x = a[(ptrdiff_t)i * stride[1][0] + (ptrdiff_t)p * stride[1][1]];
            const T y = b[(ptrdiff_t)p * stride[2][0] + (ptrdiff_t)j * stride[2][1]];
            sum = PLUS(sum, TIMES(x, y));
          }
          expected[(ptrdiff_t)i * stride[0][0] + (ptrdiff_t)j * stride[0][1]] = sum;
        }
      }
      EACH_TABLE {
        begin("%s, product of %s, [%zu, %zu] · [%zu, %zu], layout %d", (*table)->name, TEXT(NAME), m, k, k, n, layout);
        T *c = output(0, m * n * sizeof(T));
        (*table)->numeric[TYPE].matmul(c, a, b, (const ptrdiff_t(*)[2])stride, m, n, k, NULL);
        check_before(c);
        check_same(KIND(T), c, expected, m * n);
      }
    }
  }
}
#endif

static void N(check_type)(void) {
  N(check_conversions)();
  N(check_elementwise)();
  N(check_reductions)();
  N(check_cumulative)();
  N(check_moves)();
  N(check_sorts)();
  N(check_patterns)();
  N(check_products)();
#if IS_FLOATING
  N(check_functions)();
  N(check_softmax)();
  N(check_rotations)();
#endif
}

#undef PLUS
#undef TIMES
#undef ORDERS
#undef UNARY
#undef BINARY
#undef UNARY_OF
#undef BINARY_OF
#undef TO_WHOLE
#undef VALUES
#undef EACH_TABLE
#undef JOIN_
#undef JOIN
#undef N
#undef TEXT_
#undef TEXT
#undef T
#undef U
#undef M
#undef TYPE
#undef NAME
#undef WIDE
#undef PRECISE
#undef IS_FLOATING
#undef IS_BOOL
#undef IS_SIGNED
