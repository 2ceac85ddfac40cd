// Elementary functions of one floating type T on a vector of W elements, in instruction set MY_ISA.
//
// All rest on two cores, exp(r) - 1 on |r| <= ln(2)/2 and log(1 + f) on sqrt(1/2) <= 1 + f <= sqrt(2), but for exp and tanh
// of AVX-512, which have a file of their own. The polynomials are near-minimax ones, interpolated at Chebyshev's points by
// Scripts/polynomials.py. Signs of zero, infinities, NaN and subnormal numbers are right without branches. Errors are stated
// beside the operations (`accuracy`), where tests measure them.

typedef T MY_LOOP(v) __attribute__((ext_vector_type(MY_VECTOR_BYTES / sizeof(T))));
typedef T_BITS MY_LOOP(i) __attribute__((ext_vector_type(MY_VECTOR_BYTES / sizeof(T))));
#define V MY_LOOP(v)
#define I MY_LOOP(i)
#define W (MY_VECTOR_BYTES / sizeof(T))

// Vectors are gathered by 32-bit places, which steps below this keep in range.
#define MY_GATHERED_STEP (1 << 26)

// Lines of up to this many elements are taken W at a time, a lane each: most lanes would idle in a vector of one line.
#define MY_SHORT_LINE 32

#define MY_INLINE static inline __attribute__((always_inline))

// The lanes of a part of a vector, asked one after the other: as many steps as there are elements would be a call of
// memcpy for a copy on the stack.
#define MY_EACH_OF_PART _Pragma("clang loop unroll(full)") for (size_t l = 0; l + 1 < W; l++)

MY_INLINE V MY_LOOP(load)(const T *x) {
  V v;
  __builtin_memcpy(&v, x, sizeof v);
  return v;
}
MY_INLINE void MY_LOOP(store)(T *x, V v) { __builtin_memcpy(x, &v, sizeof v); }

// The first `count` of up to W elements; the others are 0, and not touched.
MY_INLINE V MY_LOOP(load_part)(const T *x, size_t count) {
#if MY_VECTOR_BYTES == 64
  return T_IS_DOUBLE ? (V)_mm512_maskz_loadu_pd((__mmask8)((1u << count) - 1), x)
                     : (V)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), x);
#elif MY_VECTOR_BYTES == 32
  const __m256i mask = _mm256_loadu_si256((const __m256i *)((const T_BITS *)my_lanes + W - count));
  return T_IS_DOUBLE ? (V)_mm256_maskload_pd((const double *)x, mask) : (V)_mm256_maskload_ps((const float *)x, mask);
#else
  if (count >= W) return MY_LOOP(load)(x);
  V v = (V)(T)0;
  MY_EACH_OF_PART if (l < count) v[l] = x[l];
  return v;
#endif
}
MY_INLINE void MY_LOOP(store_part)(T *x, V v, size_t count) {
#if MY_VECTOR_BYTES == 64
  if (T_IS_DOUBLE) _mm512_mask_storeu_pd(x, (__mmask8)((1u << count) - 1), (__m512d)v);
  else _mm512_mask_storeu_ps(x, (__mmask16)((1u << count) - 1), (__m512)v);
#elif MY_VECTOR_BYTES == 32
  const __m256i mask = _mm256_loadu_si256((const __m256i *)((const T_BITS *)my_lanes + W - count));
  if (T_IS_DOUBLE) _mm256_maskstore_pd((double *)x, mask, (__m256d)v);
  else _mm256_maskstore_ps((float *)x, mask, (__m256)v);
#else
  if (count >= W) MY_LOOP(store)(x, v);
  else MY_EACH_OF_PART if (l < count) x[l] = v[l];
#endif
}

#if MY_VECTOR_BYTES == 64
// Lane l of the result is the element at place[l] of both vectors in a row.
MY_INLINE V MY_LOOP(permute)(V low, V high, I place) {
  return T_IS_DOUBLE ? (V)_mm512_permutex2var_pd((__m512d)low, (__m512i)place, (__m512d)high)
                     : (V)_mm512_permutex2var_ps((__m512)low, (__m512i)place, (__m512)high);
}
#endif

// x · y + z, rounded once where the instruction set can.
MY_INLINE V MY_LOOP(fma)(V x, V y, V z) {
#if MY_HAS_FMA
  return __builtin_elementwise_fma(x, y, z);
#else
  return x * y + z;
#endif
}
MY_INLINE V MY_LOOP(magnitude)(V x) { return (V)((I)x & T_LARGEST_BITS); }
MY_INLINE V MY_LOOP(with_sign)(V x, V sign) {
  return (V)(((I)x & T_LARGEST_BITS) | ((I)sign & ~(I)T_LARGEST_BITS));
}

#if T_IS_DOUBLE
#define MY_MANTISSA 52
#define MY_BIAS 1023
#define MY_LN2_HIGH 0x1.62e42feep-1
#define MY_LN2_LOW 0x1.a39ef35793c76p-33
#define MY_EXPM1_TERMS 11
#define MY_LOG_TERMS 7
static const T MY_LOOP(expm1_terms)[MY_EXPM1_TERMS] = {
    0.5, 0.16666666666666670991, 0.041666666666666669755, 0.0083333333333261351258, 0.0013888888888883748305,
    0.00019841269874820625271, 0.000024801587325547741216, 2.755725540020642443e-6, 2.7557273643110295328e-7,
    2.5105217004720745164e-8, 2.0914686968086877233e-9};
static const T MY_LOOP(log_terms)[MY_LOG_TERMS] = {
    0.66666666666666696862, 0.3999999999989950449, 0.28571428625975484921, 0.22222211134795079855,
    0.1818288912526172208, 0.15331721600556041269, 0.1461644968504340586};
#else
#define MY_MANTISSA 23
#define MY_BIAS 127
#define MY_LN2_HIGH 0x1.62e4p-1f
#define MY_LN2_LOW 0x1.7f7d1cp-20f
#define MY_EXPM1_TERMS 6
#define MY_LOG_TERMS 4
static const T MY_LOOP(expm1_terms)[MY_EXPM1_TERMS] = {
    0.50000000134658092001f, 0.16666666681623231402f, 0.041666464925285905408f, 0.0083333109254809008349f,
    0.001393364999630925043f, 0.00019890990824673653848f};
static const T MY_LOOP(log_terms)[MY_LOG_TERMS] = {
    0.66666666554497091551f, 0.40000121839806126714f, 0.28550820815960663296f, 0.23330467216303836299f};
#endif

MY_INLINE V MY_LOOP(polynomial)(const T *terms, int count, V x) {
  V y = terms[count - 1];
#pragma clang loop unroll(full)
  for (int i = count - 2; i >= 0; i--) y = MY_LOOP(fma)(y, x, (V)terms[i]);
  return y;
}

// 2ⁿ for whole n from 1 - bias to bias.
MY_INLINE V MY_LOOP(power_of_two)(I n) { return (V)((n + MY_BIAS) << MY_MANTISSA); }

// x = n · ln 2 + r with n whole and |r| <= ln(2)/2: gives exp(r) - 1. n · MY_LN2_HIGH is exact.
MY_INLINE V MY_LOOP(reduced_expm1)(V x, I *n) {
  const T magic = (T)1.5 * ((T_BITS)1 << MY_MANTISSA);  // added, it rounds to whole numbers
  const V shifted = MY_LOOP(fma)(x, (V)(T)1.4426950408889634074, (V)magic);
  const V whole = shifted - magic;
  *n = (I)shifted - (I)(V)magic;
  V r = MY_LOOP(fma)(-whole, (V)MY_LN2_HIGH, x);
  r = MY_LOOP(fma)(-whole, (V)MY_LN2_LOW, r);
  return MY_LOOP(fma)(r * r, MY_LOOP(polynomial)(MY_LOOP(expm1_terms), MY_EXPM1_TERMS, r), r);
}

#if MY_VECTOR_BYTES == 64
#include "functions_avx512.h"
#else
MY_INLINE V MY_LOOP(v_exp)(V x) {
  // Beyond these bounds the result is 0 or infinite; a NaN compares false and stays.
  const T low = T_IS_DOUBLE ? -746 : -104, high = T_IS_DOUBLE ? 710 : 89;
  // Within this one 2ⁿ and all results are normal numbers.
  const T normal = T_IS_DOUBLE ? 708 : 87;
  I n;
  if (__builtin_expect(__builtin_reduce_or((I)!(MY_LOOP(magnitude)(x) <= normal)) == 0, 1)) {
    const V p = MY_LOOP(reduced_expm1)(x, &n), scale = MY_LOOP(power_of_two)(n);
    // One rounding where it can be; else the same ones as below, so that neighbours don't matter.
    return MY_HAS_FMA ? MY_LOOP(fma)(scale, p, scale) : (1 + p) * scale;
  }
  x = x < low ? (V)low : x > high ? (V)high : x;
  const V p = MY_LOOP(reduced_expm1)(x, &n);
  // Two steps: 2ⁿ itself may be beyond the largest number, or below the smallest normal one.
  const I half = n >> 1;
  return (1 + p) * MY_LOOP(power_of_two)(half) * MY_LOOP(power_of_two)(n - half);
}

#if T_IS_DOUBLE
#define MY_TANH_TERMS 3
static const T MY_LOOP(tanh_p)[MY_TANH_TERMS] = {
    -0.33333333333333332707, -0.020498799708498872634, -0.00019917804358612869883};
static const T MY_LOOP(tanh_q)[MY_TANH_TERMS + 1] = {
    1, 0.46149639912549314413, 0.023291331876298858901, 0.00020653373748750249712};
#else
#define MY_TANH_TERMS 2
static const T MY_LOOP(tanh_p)[MY_TANH_TERMS] = {-0.33333333331506151495f, -0.014772993214094247604f};
static const T MY_LOOP(tanh_q)[MY_TANH_TERMS + 1] = {1, 0.44431897512650275199f, 0.015822887706814509413f};
#endif

// tanh(x) = x + x³ · P(x²) / Q(x²) near 0, 1 - 2 / (exp(2x) + 1) beyond: one division for both, and |x| for x, so that
// both signs are alike.
MY_INLINE V MY_LOOP(v_tanh)(V x) {
  const V size = MY_LOOP(magnitude)(x), square = size * size;
  const I is_near = (I)(size < (T)0.625);
  const T high = T_IS_DOUBLE ? 20 : 10;  // the result is 1 from there on
  I n;
  const V p = MY_LOOP(reduced_expm1)(2 * (size > high ? (V)high : size), &n), scale = MY_LOOP(power_of_two)(n);
  const V above = is_near ? size * square * MY_LOOP(polynomial)(MY_LOOP(tanh_p), MY_TANH_TERMS, square) : (V)(T)-2;
  const V below = is_near ? MY_LOOP(polynomial)(MY_LOOP(tanh_q), MY_TANH_TERMS + 1, square)
                          : MY_LOOP(fma)(scale, p, scale) + 1;
  return MY_LOOP(with_sign)((is_near ? size : (V)(T)1) + above / below, x);
}
#undef MY_TANH_TERMS
#endif

MY_INLINE V MY_LOOP(v_expm1)(V x) {
  const T low = T_IS_DOUBLE ? -40 : -20;
  // From there on exp(x) itself is nearest, and may be beyond 2ⁿ's range.
  const T high = T_IS_DOUBLE ? 700 : 80;
  I n;
  const V p = MY_LOOP(reduced_expm1)(x < low ? (V)low : x > high ? (V)high : x, &n);
  const V scale = MY_LOOP(power_of_two)(n);
  const V y = MY_LOOP(with_sign)(MY_LOOP(fma)(scale, p, scale - 1), x);
  if (__builtin_expect(__builtin_reduce_or((I)(x > high)) != 0, 0)) return x > high ? MY_LOOP(v_exp)(x) : y;
  return y;
}

// 1 / (1 + exp(-x)), for x < 0 as exp(x) / (1 + exp(x)): exp(-x) overflows where the result isn't 0 yet.
MY_INLINE V MY_LOOP(v_sigmoid)(V x) {
  const V e = MY_LOOP(v_exp)(-MY_LOOP(magnitude)(x));
  return (x < 0 ? e : (V)(T)1) / (1 + e);
}

// log(2ᵉ · (1 + f)) + rest, with s = f / (2 + f): log(1 + f) = f - (f²/2 - s · (f²/2 + s² · R(s²))).
MY_INLINE V MY_LOOP(log_of_parts)(V e, V f, V rest) {
  const V s = f / (2 + f), z = s * s, half_square = (T)0.5 * f * f;
  const V r = z * MY_LOOP(polynomial)(MY_LOOP(log_terms), MY_LOG_TERMS, z);
  const V low = MY_LOOP(fma)(s, half_square + r, MY_LOOP(fma)(e, (V)MY_LN2_LOW, rest));
  return MY_LOOP(fma)(e, (V)MY_LN2_HIGH, f - (half_square - low));
}

// x = 2ᵉ · (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), for normal x > 0.
MY_INLINE V MY_LOOP(parts)(V x, V *f) {
  const I root_half = (I)(V)(T)0.70710678118654752440;
  const I shifted = (I)x - root_half;
  *f = (V)(((shifted & (((T_BITS)1 << MY_MANTISSA) - 1)) + root_half)) - 1;
  return __builtin_convertvector(shifted >> MY_MANTISSA, V);
}

// log of x >= 0 is right after this: 0, infinity, NaN and numbers below 0.
MY_INLINE V MY_LOOP(log_ends)(V x, V y) {
  y = x == 0 ? -(V)(T)INFINITY : y;
  y = x < 0 ? (V)(T)NAN : y;
  return x != x || x == (T)INFINITY ? x : y;
}

MY_INLINE V MY_LOOP(v_log)(V x) {
  const T scale = (T)((T_BITS)1 << MY_MANTISSA);
  const I is_small = (I)(x < (T_IS_DOUBLE ? 0x1p-1022 : 0x1p-126f));  // subnormal numbers are scaled to normal ones
  V f;
  const V e = MY_LOOP(parts)(is_small ? x * scale : x, &f);
  const V below = is_small ? (V)(T)MY_MANTISSA : (V)(T)0;
  return MY_LOOP(log_ends)(x, MY_LOOP(log_of_parts)(e - below, f, (V)(T)0));
}

// log(1 + x): what 1 + x rounds off is a part of the logarithm, (x - (u - 1)) / u with u = 1 + x.
MY_INLINE V MY_LOOP(v_log1p)(V x) {
  const V u = 1 + x;
  V f;
  const V e = MY_LOOP(parts)(u, &f);
  const V lost = u < 2 ? x - (u - 1) : 1 - (u - x);
  const V y = MY_LOOP(log_of_parts)(e, f, lost / u);
  return MY_LOOP(with_sign)(MY_LOOP(log_ends)(u, y), x);
}

// log(1 + exp(x)), without overflow.
MY_INLINE V MY_LOOP(v_softplus)(V x) {
  const V tail = MY_LOOP(v_log1p)(MY_LOOP(v_exp)(-MY_LOOP(magnitude)(x)));
  return (x < 0 ? (V)(T)0 : x) + tail;
}

MY_INLINE I MY_LOOP(lane_numbers)(void) {
  I lane;
  for (size_t l = 0; l < W; l++) lane[l] = (T_BITS)l;
  return lane;
}

// The number of the row that each lane is in, if rows with up to 16 columns follow each other.
MY_INLINE I MY_LOOP(row_of_lane)(size_t columns) {
  return MY_LOOP(lane_numbers)() * (T_BITS)my_shares[columns] >> 8;
}
// How many rows of up to 16 columns have room in a vector.
MY_INLINE size_t MY_LOOP(rows_in_vector)(size_t columns) { return W * my_shares[columns] >> 8; }

// The first `count` elements; lanes beyond hold `rest`.
MY_INLINE V MY_LOOP(load_rest)(const T *x, size_t count, T rest) {
  const V v = MY_LOOP(load_part)(x, count);
  return MY_LOOP(lane_numbers)() < (T_BITS)count ? v : (V)rest;
}

// What vectors of this set can't do at once, or only within limits: there it's done apart, so that its addresses don't crowd
// the registers of the rest.
#if MY_VECTOR_BYTES == 64
#define MY_LANE_BY_LANE static __attribute__((noinline, cold))
#else
#define MY_LANE_BY_LANE MY_INLINE
#endif
MY_LANE_BY_LANE V MY_LOOP(gather_lanes)(const T *x, ptrdiff_t step, size_t count, T rest) {
  T lane[W];
  for (size_t l = 0; l < W; l++) lane[l] = l < count ? x[(ptrdiff_t)l * step] : rest;
  return MY_LOOP(load)(lane);
}
MY_LANE_BY_LANE void MY_LOOP(scatter_lanes)(T *x, ptrdiff_t step, size_t count, V v) {
  T lane[W];
  MY_LOOP(store)(lane, v);
  for (size_t l = 0; l < W && l < count; l++) x[(ptrdiff_t)l * step] = lane[l];
}
#undef MY_LANE_BY_LANE

#if MY_VECTOR_BYTES == 64
// Where lanes lie in steps of `step`, and which of them are among the first `count`.
MY_INLINE __m512i MY_LOOP(places)(ptrdiff_t step) {
  const __m512i lane = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  return _mm512_mullo_epi32(lane, _mm512_set1_epi32((int)step));
}
MY_INLINE uint32_t MY_LOOP(first_lanes)(size_t count) { return count >= W ? ~0u : (1u << count) - 1; }
#endif

// Up to W elements with a step; lanes beyond hold `rest`.
MY_INLINE V MY_LOOP(gather)(const T *x, ptrdiff_t step, size_t count, T rest) {
  if (step == 1) return count >= W ? MY_LOOP(load)(x) : MY_LOOP(load_rest)(x, count, rest);
#if MY_VECTOR_BYTES == 64
  if (step == 2 && count >= W) {  // what lies between is read too
    return MY_LOOP(permute)(MY_LOOP(load)(x), MY_LOOP(load_part)(x + W, W - 1), 2 * MY_LOOP(lane_numbers)());
  }
  if (step > -MY_GATHERED_STEP && step < MY_GATHERED_STEP) {
    const __m512i place = MY_LOOP(places)(step);
    const uint32_t lanes = MY_LOOP(first_lanes)(count);
    return T_IS_DOUBLE ? (V)_mm512_mask_i32gather_pd(
                             (__m512d)(V)rest, (__mmask8)lanes, _mm512_castsi512_si256(place), x, 8)
                       : (V)_mm512_mask_i32gather_ps((__m512)(V)rest, (__mmask16)lanes, place, x, 4);
  }
#endif
  return MY_LOOP(gather_lanes)(x, step, count, rest);
}
MY_INLINE void MY_LOOP(scatter)(T *x, ptrdiff_t step, size_t count, V v) {
  if (step == 1) {
    if (count >= W) MY_LOOP(store)(x, v);
    else MY_LOOP(store_part)(x, v, count);
    return;
  }
#if MY_VECTOR_BYTES == 64
  if (step > -MY_GATHERED_STEP && step < MY_GATHERED_STEP) {
    const __m512i place = MY_LOOP(places)(step);
    const uint32_t lanes = MY_LOOP(first_lanes)(count);
    if (T_IS_DOUBLE) _mm512_mask_i32scatter_pd(x, (__mmask8)lanes, _mm512_castsi512_si256(place), (__m512d)v, 8);
    else _mm512_mask_i32scatter_ps(x, (__mmask16)lanes, place, (__m512)v, 4);
    return;
  }
#endif
  MY_LOOP(scatter_lanes)(x, step, count, v);
}

// One function over a dimension. Every element takes the same way, whatever its place and the steps.
#define MY_MAP(name) MY_MAP_AFTER(name, )
// With a loop of its own over as many of the first elements as it takes, if they follow each other.
#define MY_MAP_AFTER(name, first)                                                                     \
  static void MY_LOOP(name)(void *const *data, const ptrdiff_t *stride, size_t count) {               \
    T *out = data[0];                                                                                 \
    const T *x = data[1];                                                                             \
    const ptrdiff_t so = stride[0], sx = stride[1], n = (ptrdiff_t)count;                             \
    if (so == 1 && sx == 1) {                                                                         \
      size_t i = 0;                                                                                   \
      first                                                                                           \
      for (; i + W <= count; i += W) MY_LOOP(store)(out + i, MY_LOOP(v_##name)(MY_LOOP(load)(x + i))); \
      if (i == count) return;                                                                         \
      MY_LOOP(store_part)(out + i, MY_LOOP(v_##name)(MY_LOOP(load_part)(x + i, count - i)), count - i); \
      return;                                                                                         \
    }                                                                                                 \
    for (ptrdiff_t i = 0; i < n; i += W) {                                                            \
      const V v = MY_LOOP(gather)(x + i * sx, sx, (size_t)(n - i), 0);                                \
      MY_LOOP(scatter)(out + i * so, so, (size_t)(n - i), MY_LOOP(v_##name)(v));                      \
    }                                                                                                 \
  }

MY_MAP(exp)
MY_MAP(expm1)
MY_MAP(log)
MY_MAP(log1p)
#if MY_VECTOR_BYTES == 64 && T_IS_DOUBLE
MY_MAP_AFTER(tanh, for (MY_LOOP(vs_abreast) v; i + sizeof v / sizeof(T) <= count; i += sizeof v / sizeof(T)) {
  __builtin_memcpy(&v, x + i, sizeof v);
  v = MY_LOOP(v_tanh_abreast)(v);
  __builtin_memcpy(out + i, &v, sizeof v);
})
#else
MY_MAP(tanh)
#endif
MY_MAP(sigmoid)
MY_MAP(softplus)
#undef MY_MAP
#undef MY_MAP_AFTER

// log(1 + exp(-|x|)), and x (1 - t) if x is positive, -x t if it is negative.
MY_INLINE V MY_LOOP(v_sigmoid_cross_entropy)(V x, V t) {
  const V tail = MY_LOOP(v_log1p)(MY_LOOP(v_exp)(-MY_LOOP(magnitude)(x)));
  return x * (x < 0 ? -t : 1 - t) + tail;
}
static void MY_LOOP(sigmoid_cross_entropy)(void *const *data, const ptrdiff_t *stride, size_t count) {
  T *out = data[0];
  const T *x = data[1], *t = data[2];
  const ptrdiff_t so = stride[0], sx = stride[1], st = stride[2], n = (ptrdiff_t)count;
  for (ptrdiff_t i = 0; i < n; i += W) {
    const size_t rest = (size_t)(n - i);
    const V y = MY_LOOP(v_sigmoid_cross_entropy)(
        MY_LOOP(gather)(x + i * sx, sx, rest, 0), MY_LOOP(gather)(t + i * st, st, rest, 0));
    MY_LOOP(scatter)(out + i * so, so, rest, y);
  }
}

// The sum of the lanes, neighbouring halves first.
MY_INLINE T MY_LOOP(sum_of_lanes)(V v) {
  T lane[W];
  MY_LOOP(store)(lane, v);
  for (size_t width = W / 2; width > 0; width /= 2) {
    for (size_t l = 0; l < width; l++) lane[l] += lane[l + width];
  }
  return lane[0];
}

// The largest of count >= 1 elements; a NaN may be passed over.
MY_INLINE T MY_LOOP(largest_of_line)(const T *x, ptrdiff_t step, ptrdiff_t count) {
  V largest = (V)x[0];
  for (ptrdiff_t i = 0; i < count; i += W) {
    const V v = MY_LOOP(gather)(x + i * step, step, (size_t)(count - i), x[0]);
    largest = v > largest ? v : largest;
  }
  T lane[W];
  MY_LOOP(store)(lane, largest);
  T result = lane[0];
  for (size_t l = 1; l < W; l++) result = lane[l] > result ? lane[l] : result;
  return result;
}

// The largest element is taken off first, so that no exponential overflows; of log_softmax by itself, since added to the
// logarithm it would round off what that has to say. Infinity less infinity is no number: then log_softmax takes nothing
// off, and all but the infinities get -infinity.
MY_INLINE void MY_LOOP(softmax_of_short_lines)(
    T *out, ptrdiff_t out_line, ptrdiff_t so, const T *x, ptrdiff_t in_line, ptrdiff_t sx, size_t lines, size_t count,
    const bool is_logarithm) {
  V e[MY_SHORT_LINE];
  V largest = e[0] = MY_LOOP(gather)(x, in_line, lines, 0);
  for (size_t i = 1; i < count; i++) {
    e[i] = MY_LOOP(gather)(x + (ptrdiff_t)i * sx, in_line, lines, 0);
    largest = e[i] > largest ? e[i] : largest;
  }
  if (is_logarithm) largest = MY_LOOP(magnitude)(largest) == (T)INFINITY ? (V)(T)0 : largest;
  V total = 0;
  for (size_t i = 0; i < count; i++) {
    e[i] -= largest;
    const V power = MY_LOOP(v_exp)(e[i]);
    total += power;
    if (!is_logarithm) e[i] = power;
  }
  if (is_logarithm) total = MY_LOOP(v_log)(total);
  for (size_t i = 0; i < count; i++) {
    MY_LOOP(scatter)(out + (ptrdiff_t)i * so, out_line, lines, is_logarithm ? e[i] - total : e[i] / total);
  }
}

static void MY_LOOP(softmax_of_line)(T *out, ptrdiff_t so, const T *x, ptrdiff_t sx, ptrdiff_t n) {
  const T largest = MY_LOOP(largest_of_line)(x, sx, n);
  V totals = 0;
  for (ptrdiff_t i = 0; i < n; i += W) {
    const V e = MY_LOOP(v_exp)(MY_LOOP(gather)(x + i * sx, sx, (size_t)(n - i), -(T)INFINITY) - largest);
    MY_LOOP(scatter)(out + i * so, so, (size_t)(n - i), e);
    totals += e;
  }
  const V total = (V)MY_LOOP(sum_of_lanes)(totals);
  for (ptrdiff_t i = 0; i < n; i += W) {
    const V e = MY_LOOP(gather)(out + i * so, so, (size_t)(n - i), 0);
    MY_LOOP(scatter)(out + i * so, so, (size_t)(n - i), e / total);
  }
}

static void MY_LOOP(log_softmax_of_line)(T *out, ptrdiff_t so, const T *x, ptrdiff_t sx, ptrdiff_t n) {
  T largest = MY_LOOP(largest_of_line)(x, sx, n);
  if (T_MATH(fabs)(largest) == (T)INFINITY) largest = 0;
  V totals = 0;
  for (ptrdiff_t i = 0; i < n; i += W) {
    totals += MY_LOOP(v_exp)(MY_LOOP(gather)(x + i * sx, sx, (size_t)(n - i), -(T)INFINITY) - largest);
  }
  const V logarithm = MY_LOOP(v_log)((V)MY_LOOP(sum_of_lanes)(totals));
  for (ptrdiff_t i = 0; i < n; i += W) {
    const V v = MY_LOOP(gather)(x + i * sx, sx, (size_t)(n - i), 0);
    MY_LOOP(scatter)(out + i * so, so, (size_t)(n - i), (v - largest) - logarithm);
  }
}

#define MY_SOFTMAX(name, is_logarithm)                                                                \
  static void MY_LOOP(name)(                                                                          \
      void *out, ptrdiff_t out_line, ptrdiff_t so, const void *in, ptrdiff_t in_line, ptrdiff_t sx,   \
      size_t lines, size_t count) {                                                                   \
    const size_t step = count <= MY_SHORT_LINE ? W : 1;                                               \
    for (size_t line = 0; line < lines && count > 0; line += step) {                                  \
      T *y = (T *)out + (ptrdiff_t)line * out_line;                                                   \
      const T *x = (const T *)in + (ptrdiff_t)line * in_line;                                         \
      if (step == 1) MY_LOOP(name##_of_line)(y, so, x, sx, (ptrdiff_t)count);                         \
      else MY_LOOP(softmax_of_short_lines)(y, out_line, so, x, in_line, sx, lines - line, count, is_logarithm); \
    }                                                                                                 \
  }
MY_SOFTMAX(softmax, false)
MY_SOFTMAX(log_softmax, true)
#undef MY_SOFTMAX
