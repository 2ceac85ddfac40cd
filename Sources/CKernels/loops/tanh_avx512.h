// tanh of AVX-512 in double precision, on MY_ABREAST vectors at once; MY_WIDE names what is for so many.

typedef T MY_WIDE(vs) __attribute__((ext_vector_type(MY_ABREAST * MY_VECTOR_BYTES / sizeof(T))));
typedef T_BITS MY_WIDE(is) __attribute__((ext_vector_type(MY_ABREAST * MY_VECTOR_BYTES / sizeof(T))));
typedef union { MY_WIDE(vs) all; V each[MY_ABREAST]; } MY_WIDE(vectors);
#define VS MY_WIDE(vs)
#define IS MY_WIDE(is)
#define MY_FMA __builtin_elementwise_fma

// What `expression` gives for each vector, of which v is the number.
#define MY_EACH_VECTOR(expression)                                                                     \
  MY_WIDE(vectors) y_;                                                                                 \
  _Pragma("clang loop unroll(full)") for (int v = 0; v < MY_ABREAST; v++) y_.each[v] = (V)(expression); \
  return y_.all;

MY_INLINE VS MY_WIDE(entries)(const T *table, VS place) {
  const MY_WIDE(vectors) place_ = {place};
  MY_EACH_VECTOR(MY_LOOP(entry)(table, (I)place_.each[v]))
}

MY_INLINE VS MY_WIDE(scaled)(VS x, VS n) {
  const MY_WIDE(vectors) x_ = {x}, n_ = {n};
  MY_EACH_VECTOR(MY_LOOP(scale)(x_.each[v], n_.each[v]))
}

// x · y + z, rounded up.
MY_INLINE VS MY_WIDE(fma_up)(VS x, T y, T z) {
  const MY_WIDE(vectors) x_ = {x};
  MY_EACH_VECTOR(_mm512_fmadd_round_pd(
      (__m512d)x_.each[v], _mm512_set1_pd(y), _mm512_set1_pd(z), _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC))
}

MY_INLINE VS MY_WIDE(rough_reciprocal)(VS x) {
  const MY_WIDE(vectors) x_ = {x};
  MY_EACH_VECTOR(_mm512_rcp14_pd((__m512d)x_.each[v]))
}

// x / y for y from 1/2 to 2: in the end a quotient with half of its bits, and what is left of x divided by y as nearly.
MY_INLINE VS MY_WIDE(quotient)(VS x, VS y) {
  const VS rough = MY_WIDE(rough_reciprocal)(y);
  const VS reciprocal = MY_FMA(rough, MY_FMA(-y, rough, (VS)(T)1), rough), q = x * reciprocal;
  return MY_FMA(MY_FMA(-y, q, x), reciprocal, q);
}

// |x| = r - n · ln(2)/2 with n <= 0 in 16ths and r >= 0, both as small as can be, and s = 2ⁿ. With t = tanh(r), which r + r³ · q(r²)
// gives, and k = 1 - t, tanh|x| = (k (1 - s)/2 + t) / (k (1 + s)/2 + t). Nothing cancels, and what k and the upper term are
// rounded by is in the lower one, too. The powers have few bits, so that 1 - s is exact; r makes up for these.
MY_INLINE VS MY_WIDE(v_tanh)(VS x) {
  VS size = (VS)((IS)x & T_LARGEST_BITS);
  size = size > 20 ? (VS)(T)20 : size;  // the result is 1 from there on
  const VS shifted = MY_WIDE(fma_up)(size, -2.8853900817779268147, MY_MAGIC), n = shifted - MY_MAGIC;
  const VS s = MY_WIDE(scaled)(MY_WIDE(entries)(my_tanh_powers[0], shifted), n);
  const VS r = MY_FMA(n, (VS)(T)0.34657359027997265471, size) + MY_WIDE(entries)(my_tanh_powers[1], shifted);
  const VS square = r * r;
  VS q = MY_LOOP(tanh_terms)[2];
  q = MY_FMA(q, square, (VS)MY_LOOP(tanh_terms)[1]);
  q = MY_FMA(q, square, (VS)MY_LOOP(tanh_terms)[0]);
  const VS t = MY_FMA(r * square, q, r), k = 1 - t;
  const VS above = MY_FMA(k, MY_FMA(s, (VS)(T)-0.5, (VS)(T)0.5), t);
  const VS y = MY_WIDE(quotient)(above, MY_FMA(k, s, above));
  return (VS)(((IS)y & T_LARGEST_BITS) | ((IS)x & ~(IS)T_LARGEST_BITS));
}

#undef MY_EACH_VECTOR
#undef MY_FMA
#undef IS
#undef VS
