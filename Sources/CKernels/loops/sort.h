// Sorting the elements of a line, for one type T in instruction set MY_ISA.

#define K MY_KEY(T_KEY)

// A number that is ordered as the element is: −0 before 0, NaN last.
static inline K MY_LOOP(sort_key)(T x) {
  const K sign = (K)1 << (sizeof(K) * 8 - 1);
  K bits;
  __builtin_memcpy(&bits, &x, sizeof(K));
#if T_IS_FLOATING
  if (x != x) return (K)-1;
  return bits & sign ? ~bits : bits | sign;
#else
  return T_IS_SIGNED ? bits ^ sign : bits;
#endif
}

// The element that a key is of; any NaN for that of NaN.
static inline T MY_LOOP(element_of_key)(K key) {
  const K sign = (K)1 << (sizeof(K) * 8 - 1);
#if T_IS_FLOATING
  const K bits = key & sign ? key ^ sign : ~key;
#else
  const K bits = T_IS_SIGNED ? key ^ sign : key;
#endif
  T x;
  __builtin_memcpy(&x, &bits, sizeof(T));
  return x;
}

// Elements of one and two bytes go digit by digit, others by comparisons.
#if T_SIZE < 4
static void MY_LOOP(sort)(void *out_, const void *in_, size_t count, void *scratch) {
  T *out = out_;
  const T *in = in_;
  K *keys = out_;
  for (size_t i = 0; i < count; i++) keys[i] = MY_LOOP(sort_key)(in[i]);
  const K *sorted = MY_JOIN3(sort_entries, T_KEY, MY_ISA)(keys, scratch, count);
  for (size_t i = 0; i < count; i++) out[i] = MY_LOOP(element_of_key)(sorted[i]);
}
#else
#include "quicksort.h"

static void MY_LOOP(sort)(void *out_, const void *in_, size_t count, void *scratch) {
  T *out = out_;
  const T *in = in_;
#if T_IS_FLOATING
  // NaN, which compare with nothing, are sorted as infinities.
  I no_numbers = 0, zeros = 0, negative_zeros = 0;
  for (size_t i = 0; i < count; i += W) {
    const size_t rest = count - i;
    const V x = rest >= W ? MY_LOOP(load)(in + i) : MY_LOOP(load_rest)(in + i, rest, 1);
    no_numbers += (I)(x != x);
    zeros |= (I)x == 0;
    negative_zeros |= (I)x == ~T_LARGEST_BITS;
    const V y = x == x ? x : (V)(T)INFINITY;
    if (rest >= W) MY_LOOP(store)(out + i, y);
    else MY_LOOP(store_part)(out + i, y, rest);
  }
  size_t numbers = count;
  for (size_t l = 0; l < W; l++) numbers -= (size_t)-no_numbers[l];
  MY_LOOP(sort_elements)(out, scratch, count);
  // Those that are equal but not the same are taken from the line once more, in its order.
  if (__builtin_reduce_or(zeros) != 0 && __builtin_reduce_or(negative_zeros) != 0) {
    size_t place = 0;
    for (size_t step = (size_t)1 << 63; step > 0; step /= 2) {
      if (place + step <= count && out[place + step - 1] < 0) place += step;
    }
    for (size_t i = 0; i < count; i++) {
      if (in[i] == 0) out[place++] = in[i];
    }
  }
  for (size_t i = 0; numbers < count; i++) {
    const T x = in[i];
    if (x != x) out[numbers++] = x;
  }
#else
  __builtin_memcpy(out, in, count * sizeof(T));
  MY_LOOP(sort_elements)(out, scratch, count);
#endif
}
#endif

static void MY_LOOP(argsort)(
    int64_t *out, const void *in_, size_t count, bool descends, my_entry *scratch) {
  const T *in = in_;
  for (size_t i = 0; i < count; i++) {
    const T x = in[i];
    const K key = MY_LOOP(sort_key)(x == 0 ? 0 : x);
    scratch[i] = (my_entry){descends ? (K)~key : key, (int64_t)i};
  }
  const my_entry *sorted =
      MY_JOIN3(sort_entries, entry, MY_ISA)(scratch, scratch + count, count);
  for (size_t i = 0; i < count; i++) out[i] = sorted[i].position;
}

#undef K
