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

static void MY_LOOP(sort)(void *out_, const void *in_, size_t count, void *scratch) {
  T *out = out_;
  const T *in = in_;
  K *keys = out_;
  size_t negative = 0, zeros = 0, negative_zeros = 0, numbers = 0;
  for (size_t i = 0; i < count; i++) {
    const T x = in[i];
    keys[i] = MY_LOOP(sort_key)(x);
#if T_IS_FLOATING
    negative += x < 0;
    zeros += x == 0;
    negative_zeros += keys[i] == MY_LOOP(sort_key)((T)-0.0);
    numbers += x == x;
#endif
  }
  const K *sorted = MY_JOIN3(sort_entries, T_KEY, MY_ISA)(keys, scratch, count);
  for (size_t i = 0; i < count; i++) out[i] = MY_LOOP(element_of_key)(sorted[i]);
#if T_IS_FLOATING
  // Those that are equal but not the same are taken from the line once more, in its order.
  if (negative_zeros > 0 && negative_zeros < zeros) {
    for (size_t i = 0; i < count; i++) {
      if (in[i] == 0) out[negative++] = in[i];
    }
  }
  for (size_t i = 0; numbers < count; i++) {
    const T x = in[i];
    if (x != x) out[numbers++] = x;
  }
#endif
  (void)negative, (void)zeros, (void)negative_zeros, (void)numbers;
}

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
