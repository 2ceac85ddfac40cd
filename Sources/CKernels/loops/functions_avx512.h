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

// x / y for y from 1/2 to 2: in the end a quotient with half of its bits, and what is left of x divided by y as nearly.
MY_INLINE V MY_LOOP(quotient)(V x, V y) {
  const V rough = (V)_mm512_rcp14_pd((__m512d)y);
  const V reciprocal = MY_LOOP(fma)(rough, MY_LOOP(fma)(-y, rough, (V)(T)1), rough), q = x * reciprocal;
  return MY_LOOP(fma)(MY_LOOP(fma)(-y, q, x), reciprocal, q);
}

// |x| = r - n · ln(2)/2 with n <= 0 in 16ths and r >= 0, both as small as can be, and s = 2ⁿ. With t = tanh(r), which r + r³ · q(r²)
// gives, and k = 1 - t, tanh|x| = (k (1 - s)/2 + t) / (k (1 + s)/2 + t). Nothing cancels, and what k and the upper term are
// rounded by is in the lower one, too. The powers have few bits, so that 1 - s is exact; r makes up for these.
MY_INLINE V MY_LOOP(v_tanh)(V x) {
  V size = MY_LOOP(magnitude)(x);
  size = size > 20 ? (V)(T)20 : size;  // the result is 1 from there on
  const V shifted = (V)_mm512_fmadd_round_pd(
      (__m512d)size, (__m512d)(V)(T)-2.8853900817779268147, (__m512d)(V)MY_MAGIC, _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC);
  const V n = shifted - MY_MAGIC, s = MY_LOOP(scale)(MY_LOOP(entry)(my_tanh_powers[0], (I)shifted), n);
  const V r = MY_LOOP(fma)(n, (V)(T)0.34657359027997265471, size) + MY_LOOP(entry)(my_tanh_powers[1], (I)shifted);
  const V square = r * r;
  const V t = MY_LOOP(fma)(r * square, MY_LOOP(polynomial)(MY_LOOP(tanh_terms), 3, square), r), k = 1 - t;
  const V above = MY_LOOP(fma)(k, MY_LOOP(fma)(s, (V)(T)-0.5, (V)(T)0.5), t);
  return MY_LOOP(with_sign)(MY_LOOP(quotient)(above, MY_LOOP(fma)(k, s, above)), x);
}

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
