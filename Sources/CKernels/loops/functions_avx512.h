// exp and tanh of AVX-512, which looks numbers up in registers, scales by powers of two whatever comes of it, and has a rough
// reciprocal to start a quotient from.

#include "tables.h"

// The entry that the low bits of `place` say, of a table of two vectors.
MY_INLINE V MY_LOOP(entry)(const T *table, I place) {
  return MY_LOOP(permute)(MY_LOOP(load)(table), MY_LOOP(load)(table + W), place);
}

// x · 2ⁿ with n rounded down to a whole number: 0 or infinite beyond the type's range, NaN if n is.
MY_INLINE V MY_LOOP(scale)(V x, V n) {
  return T_IS_DOUBLE ? (V)_mm512_scalef_pd((__m512d)x, (__m512d)n) : (V)_mm512_scalef_ps((__m512)x, (__m512)n);
}

// The nearer to 0 of x and ± bound with its sign; of NaN the bound.
MY_INLINE V MY_LOOP(bounded)(V x, T bound) {
  return T_IS_DOUBLE ? (V)_mm512_range_pd((__m512d)x, (__m512d)(V)bound, 2)
                     : (V)_mm512_range_ps((__m512)x, (__m512)(V)bound, 2);
}

// Adding MY_MAGIC rounds to 16ths in double precision, to whole numbers in single: how many is in the low bits then.
#if T_IS_DOUBLE
#define MY_MAGIC 0x1.8p48
static const T MY_LOOP(exp_terms)[] = {
    1, 0.5, 0.16666666664127911372, 0.04166666666349322901, 0.0083334787521974345419, 0.001388907066218710301};
#else
#define MY_MAGIC 0x1.8p23f
static const T MY_LOOP(exp_terms)[] = {
    1, 0.5, 0.16666499854366970163f, 0.04166645825991765985f, 0.0083706342616475585527f, 0.0013935496537877417417f};
#endif

// x = n · ln 2 + r: exp(x) = 2ⁿ · (1 + r · q(r)), where the power with the fraction of n is looked up in two parts; what the
// lower one is multiplied by is near enough to 1. Beyond all results n alone decides, as it does for NaN: r is only kept finite.
MY_INLINE V MY_LOOP(v_exp)(V x) {
  const V shifted = MY_LOOP(fma)(x, (V)(T)1.4426950408889634074, (V)MY_MAGIC), n = shifted - MY_MAGIC;
  V r = MY_LOOP(fma)(-n, (V)MY_LN2_HIGH, x);
  r = MY_LOOP(bounded)(MY_LOOP(fma)(-n, (V)MY_LN2_LOW, r), (T)0.5);
  const V q = MY_LOOP(polynomial)(MY_LOOP(exp_terms), 6, r);
#if T_IS_DOUBLE
  const V power = MY_LOOP(entry)(my_powers[0], (I)shifted);
  r = MY_LOOP(fma)(power, r, MY_LOOP(entry)(my_powers[1], (I)shifted));
#else
  const V power = 1;
#endif
  return MY_LOOP(scale)(MY_LOOP(fma)(r, q, power), n);
}

#if T_IS_DOUBLE

static const T MY_LOOP(tanh_terms)[] = {-0.33333333333326272138, 0.13333333062490410476, -0.0539528626864710102};

// A result hangs on a chain of twenty instructions, one after the other. The processor looks ahead over too few of them to fill
// its units with the next vectors by itself, so that where there are enough, several are worked on abreast.
#define MY_ABREAST 4
#define MY_WIDE(name) MY_LOOP(name##_abreast)
#include "tanh_avx512.h"
#undef MY_WIDE
#undef MY_ABREAST
#define MY_ABREAST 1
#define MY_WIDE(name) MY_LOOP(name)
#include "tanh_avx512.h"
#undef MY_WIDE
#undef MY_ABREAST

#else

// A polynomial on each of 32 intervals, which grow as |x| does: the upper bits of a sum say which one it is.
MY_INLINE V MY_LOOP(v_tanh)(V x) {
  V size = MY_LOOP(magnitude)(x);
  size = size > (T)9.05 ? (V)(T)9.05 : size;  // the result is 1 from there on
  const I place = (I)MY_LOOP(fma)(size, (V)(T)3.3, (V)(T)2.125) >> 20;
  const V t = size - MY_LOOP(entry)(my_tanh_pieces[0], place);
  V y = MY_LOOP(entry)(my_tanh_pieces[5], place);
#pragma clang loop unroll(full)
  for (int i = 4; i > 0; i--) y = MY_LOOP(fma)(y, t, MY_LOOP(entry)(my_tanh_pieces[i], place));
  return MY_LOOP(with_sign)(y, x);
}

#endif
#undef MY_MAGIC
