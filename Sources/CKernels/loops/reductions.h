// Reductions of one dimension, for one type T in instruction set MY_ISA; the shapes are beside my_reduction.

// Sums and products go pairwise (Higham 1993, "The accuracy of floating point summation"): the error grows with
// the logarithm of the count. Runs of up to MY_RUN elements are summed by eight accumulators, longer ones halved, in
// the order of NumPy's additions. All start from the identity: zeros sum to 0 even if each is -0.
#define MY_RUN 128
#define MY_LANES 8
// Two threads take a half each of so many.
#define MY_SHARED 65536
// A reduction across rows keeps this many columns of partial results on the stack at each halving.
#define MY_COLUMNS 32
// and halves no further than to so many rows.
#define MY_ROWS_AT_ONCE 8

// Eight lanes of a run, each the combination of every eighth element; returns how many elements they cover. Those of
// neighbours in memory are one vector.
#if T_IS_FLOATING
#define MY_EIGHT_LANES(x, step, count, lane, COMBINE)                                                 \
  __extension__({                                                                                     \
    typedef T eight __attribute__((ext_vector_type(MY_LANES)));                                       \
    eight sum, y;                                                                                     \
    size_t at = MY_LANES;                                                                             \
    if (step == 1) {                                                                                  \
      __builtin_memcpy(&sum, x, sizeof sum);                                                          \
      for (; at + MY_LANES <= count; at += MY_LANES) {                                                \
        __builtin_memcpy(&y, x + at, sizeof y);                                                       \
        sum = COMBINE(sum, y);                                                                        \
      }                                                                                               \
      __builtin_memcpy(lane, &sum, sizeof sum);                                                       \
    } else {                                                                                          \
      at = MY_EACH_LANE_APART(x, step, count, lane, COMBINE);                                         \
    }                                                                                                 \
    at;                                                                                               \
  })
#else
#define MY_EIGHT_LANES(x, step, count, lane, COMBINE) MY_EACH_LANE_APART(x, step, count, lane, COMBINE)
#endif
#define MY_EACH_LANE_APART(x, step, count, lane, COMBINE)                                             \
  __extension__({                                                                                     \
    for (size_t l = 0; l < MY_LANES; l++) lane[l] = x[(ptrdiff_t)l * step];                           \
    size_t next = MY_LANES;                                                                           \
    for (; next + MY_LANES <= count; next += MY_LANES) {                                              \
      for (size_t l = 0; l < MY_LANES; l++) {                                                         \
        const T y = x[(ptrdiff_t)(next + l) * step];                                                  \
        lane[l] = (T)(COMBINE(lane[l], y));                                                           \
      }                                                                                               \
    }                                                                                                 \
    next;                                                                                             \
  })

// Each a function of its own: the addresses of one would crowd the registers of the others.
#define MY_APART __attribute__((noinline))

// Short lines of floating numbers W at a time, and few columns of them, are vectors: the same additions in the same order.
#if T_IS_FLOATING
#define MY_VECTOR_PAIRWISE(name, identity, COMBINE)                                                   \
  static MY_APART void MY_LOOP(name##_short_lines)(                                                   \
      T *out, ptrdiff_t so, const T *x, ptrdiff_t line, ptrdiff_t step, size_t lines, size_t count) { \
    V total = (V)(T)(identity);                                                                       \
    size_t j = 0;                                                                                     \
    if (count >= MY_LANES) {                                                                          \
      V lane[MY_LANES];                                                                               \
      for (; j < MY_LANES; j++) lane[j] = MY_LOOP(gather)(x + (ptrdiff_t)j * step, line, lines, 0);   \
      for (; j + MY_LANES <= count; j += MY_LANES) {                                                  \
        for (size_t l = 0; l < MY_LANES; l++) {                                                       \
          const V y = MY_LOOP(gather)(x + (ptrdiff_t)(j + l) * step, line, lines, 0);                 \
          lane[l] = COMBINE(lane[l], y);                                                              \
        }                                                                                             \
      }                                                                                               \
      const V a = COMBINE((COMBINE(lane[0], lane[1])), (COMBINE(lane[2], lane[3])));                  \
      const V b = COMBINE((COMBINE(lane[4], lane[5])), (COMBINE(lane[6], lane[7])));                  \
      total = COMBINE(total, (COMBINE(a, b)));                                                        \
    }                                                                                                 \
    for (; j < count; j++) {                                                                          \
      const V y = MY_LOOP(gather)(x + (ptrdiff_t)j * step, line, lines, 0);                           \
      total = COMBINE(total, y);                                                                      \
    }                                                                                                 \
    MY_LOOP(scatter)(out, so, lines, total);                                                          \
  }                                                                                                   \
  static MY_APART V MY_LOOP(name##_few_columns)(                                                      \
      const T *x, ptrdiff_t step, size_t columns, size_t count) {                                     \
    if (count > MY_ROWS_AT_ONCE) {                                                                    \
      const size_t half = count / 2;                                                                  \
      const T *second = x + (ptrdiff_t)half * step;                                                   \
      if (count > 2 * MY_ROWS_AT_ONCE) {                                                              \
        const V a = MY_LOOP(name##_few_columns)(x, step, columns, half);                              \
        const V b = MY_LOOP(name##_few_columns)(second, step, columns, count - half);                 \
        return COMBINE(a, b);                                                                         \
      }                                                                                               \
      V a = (V)(T)(identity), b = a; /* side by side: neither waits for the other */                  \
      for (size_t j = 0; j < half; j++) {                                                             \
        const V y = MY_LOOP(load_part)(x + (ptrdiff_t)j * step, columns);                             \
        const V z = MY_LOOP(load_part)(second + (ptrdiff_t)j * step, columns);                        \
        a = COMBINE(a, y);                                                                            \
        b = COMBINE(b, z);                                                                            \
      }                                                                                               \
      if (count % 2 == 1) {                                                                           \
        const V z = MY_LOOP(load_part)(second + (ptrdiff_t)half * step, columns);                     \
        b = COMBINE(b, z);                                                                            \
      }                                                                                               \
      return COMBINE(a, b);                                                                           \
    }                                                                                                 \
    V total = (V)(T)(identity);                                                                       \
    for (size_t j = 0; j < count; j++) {                                                              \
      const V y = MY_LOOP(load_part)(x + (ptrdiff_t)j * step, columns);                               \
      total = COMBINE(total, y);                                                                      \
    }                                                                                                 \
    return total;                                                                                     \
  }
#else
#define MY_VECTOR_PAIRWISE(name, identity, COMBINE)
#endif

#define MY_PAIRWISE(name, identity, COMBINE)                                                          \
  static inline __attribute__((always_inline)) T MY_LOOP(name##_lanes)(                               \
      const T *x, const ptrdiff_t step, size_t count) {                                               \
    T total = identity;                                                                               \
    size_t j = 0;                                                                                     \
    if (count >= MY_LANES) {                                                                          \
      T lane[MY_LANES];                                                                               \
      j = MY_EIGHT_LANES(x, step, count, lane, COMBINE);                                              \
      const T a = (T)(COMBINE(((T)(COMBINE(lane[0], lane[1]))), ((T)(COMBINE(lane[2], lane[3])))));   \
      const T b = (T)(COMBINE(((T)(COMBINE(lane[4], lane[5]))), ((T)(COMBINE(lane[6], lane[7])))));   \
      const T lanes = (T)(COMBINE(a, b));                                                             \
      total = (T)(COMBINE(total, lanes));                                                             \
    }                                                                                                 \
    for (; j < count; j++) {                                                                          \
      const T y = x[(ptrdiff_t)j * step];                                                             \
      total = (T)(COMBINE(total, y));                                                                 \
    }                                                                                                 \
    return total;                                                                                     \
  }                                                                                                   \
  struct MY_LOOP(name##_halves) {                                                                     \
    const T *x;                                                                                       \
    ptrdiff_t step;                                                                                   \
    size_t half, count;                                                                               \
    T result[2];                                                                                      \
  };                                                                                                  \
  static T MY_LOOP(name##_run)(const T *x, ptrdiff_t step, size_t count);                             \
  static void MY_LOOP(name##_half)(void *halves, size_t index) {                                      \
    struct MY_LOOP(name##_halves) *at = halves;                                                       \
    at->result[index] = index == 0 ? MY_LOOP(name##_run)(at->x, at->step, at->half)                   \
                                   : MY_LOOP(name##_run)(at->x + (ptrdiff_t)at->half * at->step,      \
                                                         at->step, at->count - at->half);             \
  }                                                                                                   \
  static T MY_LOOP(name##_run)(const T *x, ptrdiff_t step, size_t count) {                            \
    if (count > MY_SHARED) {                                                                          \
      const size_t half = count / 2 / MY_LANES * MY_LANES;                                            \
      struct MY_LOOP(name##_halves) at = {x, step, half, count, {identity, identity}};                \
      my_parallel(2, MY_LOOP(name##_half), &at);                                                      \
      return (T)(COMBINE(at.result[0], at.result[1]));                                                \
    }                                                                                                 \
    if (count > MY_RUN) {                                                                             \
      const size_t half = count / 2 / MY_LANES * MY_LANES;                                            \
      const T a = MY_LOOP(name##_run)(x, step, half);                                                 \
      const T b = MY_LOOP(name##_run)(x + (ptrdiff_t)half * step, step, count - half);                \
      return (T)(COMBINE(a, b));                                                                      \
    }                                                                                                 \
    /* The same additions either way; those of neighbours in memory are vectors. */                   \
    return step == 1 ? MY_LOOP(name##_lanes)(x, 1, count) : MY_LOOP(name##_lanes)(x, step, count);    \
  }                                                                                                   \
  static void MY_LOOP(name##_columns)(                                                                \
      T *total, const T *x, ptrdiff_t kept_step, ptrdiff_t step, size_t columns, size_t count) {      \
    if (count > MY_ROWS_AT_ONCE) {                                                                    \
      T other[MY_COLUMNS];                                                                            \
      const size_t half = count / 2;                                                                  \
      MY_LOOP(name##_columns)(total, x, kept_step, step, columns, half);                              \
      MY_LOOP(name##_columns)                                                                         \
      (other, x + (ptrdiff_t)half * step, kept_step, step, columns, count - half);                    \
      for (size_t i = 0; i < columns; i++) total[i] = (T)(COMBINE(total[i], other[i]));               \
      return;                                                                                         \
    }                                                                                                 \
    if (kept_step == 1 && columns == MY_COLUMNS) { /* all in registers */                             \
      T sum[MY_COLUMNS];                                                                              \
      for (size_t i = 0; i < MY_COLUMNS; i++) sum[i] = identity;                                      \
      for (size_t j = 0; j < count; j++) {                                                            \
        const T *row = x + (ptrdiff_t)j * step;                                                       \
        for (size_t i = 0; i < MY_COLUMNS; i++) sum[i] = (T)(COMBINE(sum[i], row[i]));                \
      }                                                                                               \
      for (size_t i = 0; i < MY_COLUMNS; i++) total[i] = sum[i];                                      \
      return;                                                                                         \
    }                                                                                                 \
    for (size_t i = 0; i < columns; i++) total[i] = identity;                                         \
    for (size_t j = 0; j < count; j++) {                                                              \
      const T *row = x + (ptrdiff_t)j * step;                                                         \
      for (size_t i = 0; i < columns; i++) {                                                          \
        const T y = row[(ptrdiff_t)i * kept_step];                                                    \
        total[i] = (T)(COMBINE(total[i], y));                                                         \
      }                                                                                               \
    }                                                                                                 \
  }                                                                                                   \
  static void MY_LOOP(name)(                                                                          \
      void *out_, ptrdiff_t out_stride, const void *in_, ptrdiff_t kept_stride,                       \
      ptrdiff_t reduced_stride, size_t kept, size_t reduced) {                                        \
    T *out = out_;                                                                                    \
    const T *in = in_;                                                                                \
    MY_VECTOR_REDUCTION(name)                                                                         \
    if (reduced_stride == 1 || kept == 1) {                                                           \
      for (size_t i = 0; i < kept; i++) {                                                             \
        out[(ptrdiff_t)i * out_stride] =                                                              \
            MY_LOOP(name##_run)(in + (ptrdiff_t)i * kept_stride, reduced_stride, reduced);            \
      }                                                                                               \
      return;                                                                                         \
    }                                                                                                 \
    T total[MY_COLUMNS];                                                                              \
    for (size_t i = 0; i < kept; i += MY_COLUMNS) {                                                   \
      const size_t columns = kept - i < MY_COLUMNS ? kept - i : MY_COLUMNS;                           \
      MY_LOOP(name##_columns)                                                                         \
      (total, in + (ptrdiff_t)i * kept_stride, kept_stride, reduced_stride, columns, reduced);        \
      for (size_t c = 0; c < columns; c++) out[(ptrdiff_t)(i + c) * out_stride] = total[c];           \
    }                                                                                                 \
  }

#if T_IS_BOOL
#define MY_ADD(a, b) ((a) | (b))
#define MY_TIMES(a, b) ((a) & (b))
#elif T_IS_FLOATING
#define MY_ADD(a, b) ((a) + (b))
#define MY_TIMES(a, b) ((a) * (b))
#else
#define MY_ADD(a, b) ((U)(a) + (U)(b))
#define MY_TIMES(a, b) ((uint64_t)(a) * (uint64_t)(b))
#endif
#if T_IS_FLOATING
#define MY_VECTOR_REDUCTION(name)                                                                     \
  if (kept > 1 && reduced_stride == 1 && reduced <= MY_SHORT_LINE) {                                  \
    for (size_t i = 0; i < kept; i += W) {                                                            \
      MY_LOOP(name##_short_lines)                                                                     \
      (out + (ptrdiff_t)i * out_stride, out_stride, in + (ptrdiff_t)i * kept_stride, kept_stride, 1,  \
       kept - i, reduced);                                                                            \
    }                                                                                                 \
    return;                                                                                           \
  }                                                                                                   \
  if (kept > 1 && kept < MY_COLUMNS && kept_stride == 1 && out_stride == 1) {                         \
    for (size_t i = 0; i < kept; i += W) {                                                            \
      const size_t columns = kept - i < W ? kept - i : W;                                             \
      MY_LOOP(store_part)(out + i, MY_LOOP(name##_few_columns)(in + i, reduced_stride, columns, reduced), columns); \
    }                                                                                                 \
    return;                                                                                           \
  }
#else
#define MY_VECTOR_REDUCTION(name)
#endif
MY_VECTOR_PAIRWISE(sum, 0, MY_ADD)
MY_VECTOR_PAIRWISE(product, 1, MY_TIMES)
MY_PAIRWISE(sum, 0, MY_ADD)
MY_PAIRWISE(product, 1, MY_TIMES)

// One after the other: each element is a result. The first stays as it is, a -0 too.
#define MY_CUMULATIVE(name, COMBINE)                                                                  \
  static void MY_LOOP(name)(                                                                          \
      void *out_, ptrdiff_t out_line, ptrdiff_t out_stride, const void *in_, ptrdiff_t in_line,       \
      ptrdiff_t in_stride, size_t lines, size_t count) {                                              \
    for (size_t line = 0; line < lines && count > 0; line++) {                                        \
      T *out = (T *)out_ + (ptrdiff_t)line * out_line;                                                \
      const T *x = (const T *)in_ + (ptrdiff_t)line * in_line;                                        \
      T total = x[0];                                                                                 \
      out[0] = total;                                                                                 \
      for (ptrdiff_t i = 1; i < (ptrdiff_t)count; i++) {                                              \
        const T y = x[i * in_stride];                                                                 \
        total = (T)(COMBINE(total, y));                                                               \
        out[i * out_stride] = total;                                                                  \
      }                                                                                               \
    }                                                                                                 \
  }
MY_CUMULATIVE(cumulative_sum, MY_ADD)
MY_CUMULATIVE(cumulative_product, MY_TIMES)
#undef MY_CUMULATIVE

// The largest or smallest element and where it stands first; a NaN counts as beyond all others, as in NumPy.
// `reduced` is at least 1.
#if T_IS_FLOATING
// Of W short lines at once: a lane's best stays once it is a NaN.
#define MY_SHORT_EXTREME(name, better)                                                                \
  MY_INLINE V MY_LOOP(name##_of_short_lines)(                                                         \
      const T *x, ptrdiff_t line, size_t lines, size_t count, I *position) {                          \
    V best = MY_LOOP(gather)(x, line, lines, 0);                                                      \
    I at = 0;                                                                                         \
    for (size_t j = 1; j < count; j++) {                                                              \
      const V y = MY_LOOP(gather)(x + j, line, lines, 0);                                             \
      const I is_better = (I)(best == best) & ((I)(y better best) | (I)(y != y));                     \
      best = is_better ? y : best;                                                                    \
      at = is_better ? (I)(T_BITS)j : at;                                                             \
    }                                                                                                 \
    *position = at;                                                                                   \
    return best;                                                                                      \
  }
#else
#define MY_SHORT_EXTREME(name, better)
#endif

#define MY_EXTREME(name, better)                                                                      \
  static size_t MY_LOOP(name##_position)(const T *x, ptrdiff_t step, size_t count) {                  \
    size_t best = 0;                                                                                  \
    for (size_t j = 1; j < count; j++) {                                                              \
      const T a = x[(ptrdiff_t)best * step], b = x[(ptrdiff_t)j * step];                              \
      if (a != a) break;                                                                              \
      if (b better a || b != b) best = j;                                                             \
    }                                                                                                 \
    return best;                                                                                      \
  }                                                                                                   \
  static void MY_LOOP(index_of_##name)(                                                               \
      void *out_, ptrdiff_t out_stride, const void *in_, ptrdiff_t kept_stride,                       \
      ptrdiff_t reduced_stride, size_t kept, size_t reduced) {                                        \
    int64_t *out = out_;                                                                              \
    const T *in = in_;                                                                                \
    MY_SHORT_POSITIONS(name)                                                                          \
    for (size_t i = 0; i < kept; i++) {                                                               \
      out[(ptrdiff_t)i * out_stride] = (int64_t)MY_LOOP(name##_position)(                             \
          in + (ptrdiff_t)i * kept_stride, reduced_stride, reduced);                                  \
    }                                                                                                 \
  }                                                                                                   \
  static void MY_LOOP(name)(                                                                          \
      void *out_, ptrdiff_t out_stride, const void *in_, ptrdiff_t kept_stride,                       \
      ptrdiff_t reduced_stride, size_t kept, size_t reduced) {                                        \
    T *out = out_;                                                                                    \
    const T *in = in_;                                                                                \
    MY_SHORT_VALUES(name)                                                                             \
    for (size_t i = 0; i < kept; i++) {                                                               \
      const T *x = in + (ptrdiff_t)i * kept_stride;                                                   \
      const size_t best = MY_LOOP(name##_position)(x, reduced_stride, reduced);                       \
      out[(ptrdiff_t)i * out_stride] = x[(ptrdiff_t)best * reduced_stride];                           \
    }                                                                                                 \
  }

#if T_IS_FLOATING
#define MY_SHORT_LINES(name, STORE)                                                                   \
  if (kept > 1 && reduced_stride == 1 && reduced <= MY_SHORT_LINE) {                                  \
    for (size_t i = 0; i < kept; i += W) {                                                            \
      I at;                                                                                           \
      const V best =                                                                                  \
          MY_LOOP(name##_of_short_lines)(in + (ptrdiff_t)i * kept_stride, kept_stride, kept - i, reduced, &at); \
      STORE                                                                                           \
    }                                                                                                 \
    return;                                                                                           \
  }
#define MY_SHORT_POSITIONS(name)                                                                      \
  MY_SHORT_LINES(                                                                                     \
      name, (void)best; T_BITS lane[W]; __builtin_memcpy(lane, &at, sizeof at);                       \
      for (size_t l = 0; l < W && i + l < kept; l++) out[(ptrdiff_t)(i + l) * out_stride] = lane[l];)
#define MY_SHORT_VALUES(name)                                                                         \
  MY_SHORT_LINES(name, MY_LOOP(scatter)(out + (ptrdiff_t)i * out_stride, out_stride, kept - i, best);)
#else
#define MY_SHORT_POSITIONS(name)
#define MY_SHORT_VALUES(name)
#endif
MY_SHORT_EXTREME(largest, >)
MY_SHORT_EXTREME(smallest, <)
MY_EXTREME(largest, >)
MY_EXTREME(smallest, <)

#undef MY_ADD
#undef MY_TIMES
#undef MY_PAIRWISE
#undef MY_VECTOR_PAIRWISE
#undef MY_VECTOR_REDUCTION
#undef MY_EXTREME
#undef MY_SHORT_EXTREME
#undef MY_SHORT_LINES
#undef MY_SHORT_POSITIONS
#undef MY_SHORT_VALUES
#undef MY_RUN
#undef MY_EIGHT_LANES
#undef MY_EACH_LANE_APART
#undef MY_LANES
#undef MY_COLUMNS
#undef MY_ROWS_AT_ONCE
#undef MY_SHARED
#undef MY_APART
