// Sorting elements that are equal to themselves, for one type T of four or eight bytes in instruction set MY_ISA: Hoare's
// quicksort, which partitions whole vectors, down to parts that a network sorts within the registers (Batcher 1968).
//
// Elements of a part are in up to MY_MOST_ROWS vectors (rows). A network compares the same pairs whatever the elements are, so
// that nothing branches on them. Of each pair that is compared the results are a permutation, also if they are 0 and −0.

#define MY_LANES (MY_VECTOR_BYTES / T_SIZE)
#define MY_MOST_ROWS 32
#define MY_PART (MY_MOST_ROWS * MY_LANES)
#define ROW MY_LOOP(row)
typedef T ROW __attribute__((ext_vector_type(MY_LANES)));

#define MY_ALWAYS static inline __attribute__((always_inline))

// A list of f(lane, m) for each lane.
#define MY_2(f, l, m) f(l, m), f(l + 1, m)
#define MY_4(f, l, m) MY_2(f, l, m), MY_2(f, l + 2, m)
#define MY_8(f, l, m) MY_4(f, l, m), MY_4(f, l + 4, m)
#if MY_VECTOR_BYTES / T_SIZE == 16
#define MY_EACH_LANE(f, m) MY_8(f, 0, m), MY_8(f, 8, m)
#elif MY_VECTOR_BYTES / T_SIZE == 8
#define MY_EACH_LANE(f, m) MY_8(f, 0, m)
#elif MY_VECTOR_BYTES / T_SIZE == 4
#define MY_EACH_LANE(f, m) MY_4(f, 0, m)
#else
#define MY_EACH_LANE(f, m) MY_2(f, 0, m)
#endif

// Lane l of the result is lane l ^ m.
#define MY_XOR(l, m) (((l) ^ (m)) & (MY_LANES - 1))
#define MY_CASE(m) case m: return __builtin_shufflevector(x, x, MY_EACH_LANE(MY_XOR, m));
MY_ALWAYS ROW MY_LOOP(exchanged)(ROW x, const int m) {
  switch (m) {
    MY_CASE(1) MY_CASE(2) MY_CASE(3) MY_CASE(4) MY_CASE(5) MY_CASE(6) MY_CASE(7) MY_CASE(8)
    MY_CASE(9) MY_CASE(10) MY_CASE(11) MY_CASE(12) MY_CASE(13) MY_CASE(14) MY_CASE(15)
    default: return x;
  }
}
#undef MY_CASE

// Lane l is that of y if l has the bit, else that of x.
#define MY_CHOICE(l, bit) ((l) & (bit) ? MY_LANES + (l) : (l))
#define MY_CASE(m) case m: return __builtin_shufflevector(x, y, MY_EACH_LANE(MY_CHOICE, m));
MY_ALWAYS ROW MY_LOOP(chosen)(ROW x, ROW y, const int bit) {
  switch (bit) {
    MY_CASE(1) MY_CASE(2) MY_CASE(4) MY_CASE(8)
    default: return x;
  }
}
#undef MY_CASE

MY_ALWAYS ROW MY_LOOP(lesser)(ROW x, ROW y) { return x < y ? x : y; }
MY_ALWAYS ROW MY_LOOP(greater)(ROW x, ROW y) { return x > y ? x : y; }

// Orders the pairs of two rows' lanes.
MY_ALWAYS void MY_LOOP(order_rows)(ROW *x, ROW *y) {
  const ROW low = MY_LOOP(lesser)(*x, *y);
  *y = MY_LOOP(greater)(*y, *x);
  *x = low;
}

// Columns of bitonic sequences become sorted: rows that are `distance` apart, then half of it, and so on.
MY_ALWAYS void MY_LOOP(merge_rows)(ROW *x, const int rows, const int distance) {
#pragma clang loop unroll(full)
  for (int half = distance; half > 0; half /= 2) {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      if ((i & half) == 0) MY_LOOP(order_rows)(&x[i], &x[i + half]);
    }
  }
}

// Sorts the elements of `rows` rows, 1 to MY_MOST_ROWS and a power of two. First each column is sorted, then columns are merged,
// pairs, pairs of pairs and so on, while element e of a sequence stands in row e % rows of its column e / rows; so most
// comparisons are between whole rows. Last, bits of the row change places with bits of the lane, after which sequence and
// memory agree. To that end the bits of a column's number are those of its lane from bit log2(rows) on, around.
MY_ALWAYS void MY_LOOP(sort_rows)(ROW *x, const int rows) {
#pragma clang loop unroll(full)
  for (int size = 2; size <= rows; size *= 2) {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      if ((i ^ (size - 1)) > i) MY_LOOP(order_rows)(&x[i], &x[i ^ (size - 1)]);
    }
    MY_LOOP(merge_rows)(x, rows, size / 4);
  }
  const int first = rows < (int)MY_LANES ? rows : 1;  // the lane's bit that is the lowest one of the column's number
  int bit = first, all = first;
#pragma clang loop unroll(full)
  for (int columns = 2; columns <= (int)MY_LANES; columns *= 2) {
    // Element e with the one as far from the end of the sequence.
    if (rows == 1) {
      const ROW y = MY_LOOP(exchanged)(x[0], all);
      x[0] = MY_LOOP(chosen)(MY_LOOP(lesser)(x[0], y), MY_LOOP(greater)(x[0], y), bit);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows / 2; i++) {
      const ROW y = MY_LOOP(exchanged)(x[rows - 1 - i], all);
      const ROW low = MY_LOOP(lesser)(x[i], y), high = MY_LOOP(greater)(y, x[i]);
      x[i] = MY_LOOP(chosen)(low, high, bit);
      x[rows - 1 - i] = MY_LOOP(exchanged)(MY_LOOP(chosen)(high, low, bit), all);
    }
    int lower = bit;
#pragma clang loop unroll(full)
    for (int half = columns / 4; half > 0; half /= 2) {
      lower = lower == 1 ? MY_LANES / 2 : lower / 2;
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) {
        const ROW y = MY_LOOP(exchanged)(x[i], lower);
        x[i] = MY_LOOP(chosen)(MY_LOOP(lesser)(x[i], y), MY_LOOP(greater)(x[i], y), lower);
      }
    }
    MY_LOOP(merge_rows)(x, rows, rows / 2);
    bit = bit * 2 == MY_LANES ? 1 : bit * 2;
    all |= bit;
  }
#pragma clang loop unroll(full)
  for (int d = 1; d < rows && d < (int)MY_LANES; d *= 2) {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      if ((i & d) != 0) continue;
      const ROW low = MY_LOOP(chosen)(x[i], MY_LOOP(exchanged)(x[i + d], d), d);
      x[i + d] = MY_LOOP(chosen)(MY_LOOP(exchanged)(x[i], d), x[i + d], d);
      x[i] = low;
    }
  }
}

// Where in memory a row's elements belong after that: if there are more rows than lanes, the bits of the row that stayed in
// their place are the lowest ones.
MY_ALWAYS int MY_LOOP(place_of_row)(int i, const int rows) {
  const int beyond = rows / (int)MY_LANES;
  return beyond < 2 ? i : i % (int)MY_LANES * beyond + i / (int)MY_LANES;
}

MY_ALWAYS ROW MY_LOOP(load_row)(const T *x, size_t count, T rest) {
  ROW row = (ROW)rest;
#if MY_VECTOR_BYTES == 64
  if (count < MY_LANES) {
    const __mmask16 lanes = (__mmask16)((1u << count) - 1);
    return T_SIZE == 4 ? (ROW)_mm512_mask_loadu_epi32((__m512i)row, lanes, x)
                       : (ROW)_mm512_mask_loadu_epi64((__m512i)row, (__mmask8)lanes, x);
  }
#else
  if (count < MY_LANES) {
    T lane[MY_LANES];
    for (size_t l = 0; l < MY_LANES; l++) lane[l] = l < count ? x[l] : rest;
    __builtin_memcpy(&row, lane, sizeof row);
    return row;
  }
#endif
  __builtin_memcpy(&row, x, sizeof row);
  return row;
}

MY_ALWAYS void MY_LOOP(store_row)(T *x, size_t count, ROW row) {
  if (count >= MY_LANES) {
    __builtin_memcpy(x, &row, sizeof row);
    return;
  }
#if MY_VECTOR_BYTES == 64
  const __mmask16 lanes = (__mmask16)((1u << count) - 1);
  if (T_SIZE == 4) _mm512_mask_storeu_epi32(x, lanes, (__m512i)row);
  else _mm512_mask_storeu_epi64(x, (__mmask8)lanes, (__m512i)row);
#else
  T lane[MY_LANES];
  __builtin_memcpy(lane, &row, sizeof row);
  for (size_t l = 0; l < count; l++) x[l] = lane[l];
#endif
}

MY_ALWAYS void MY_LOOP(sort_by_network)(T *x, size_t count, const int rows) {
#if T_IS_FLOATING
  const T largest = (T)INFINITY;
#else
  const T largest = T_IS_SIGNED ? (T)((U)-1 >> 1) : (T)-1;
#endif
  ROW row[MY_MOST_ROWS];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
    const size_t start = (size_t)i * MY_LANES;
    row[i] = start < count ? MY_LOOP(load_row)(x + start, count - start, largest) : (ROW)largest;
  }
  MY_LOOP(sort_rows)(row, rows);
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
    const size_t start = (size_t)MY_LOOP(place_of_row)(i, rows) * MY_LANES;
    if (start < count) MY_LOOP(store_row)(x + start, count - start, row[i]);
  }
}

// Sorts up to MY_PART elements.
static void MY_LOOP(sort_in_registers)(T *x, size_t count) {
  if (count <= MY_LANES) MY_LOOP(sort_by_network)(x, count, 1);
  else if (count <= 2 * MY_LANES) MY_LOOP(sort_by_network)(x, count, 2);
  else if (count <= 4 * MY_LANES) MY_LOOP(sort_by_network)(x, count, 4);
  else if (count <= 8 * MY_LANES) MY_LOOP(sort_by_network)(x, count, 8);
  else if (count <= 16 * MY_LANES) MY_LOOP(sort_by_network)(x, count, 16);
  else MY_LOOP(sort_by_network)(x, count, 32);
}

// Puts those before the others that are less than the pivot (or not greater), and returns how many they are. The others
// wait in `scratch`, which has room for as many; nothing is written beyond what has been read.
MY_ALWAYS size_t MY_LOOP(partition)(T *x, T *scratch, size_t count, T pivot, const bool or_equal) {
  size_t low = 0, high = 0, i = 0;
#if MY_VECTOR_BYTES >= 32
  for (; i + MY_LANES <= count; i += MY_LANES) {
    ROW row, lows, highs;
    __builtin_memcpy(&row, x + i, sizeof row);
#if MY_VECTOR_BYTES == 64
    const __m512i belongs = or_equal ? (__m512i)(row <= (ROW)pivot) : (__m512i)(row < (ROW)pivot);
#if T_SIZE == 4
    const __mmask16 mask = _mm512_movepi32_mask(belongs);
    lows = (ROW)_mm512_maskz_compress_epi32(mask, (__m512i)row);
    highs = (ROW)_mm512_maskz_compress_epi32((__mmask16)~mask, (__m512i)row);
#else
    const __mmask8 mask = _mm512_movepi64_mask(belongs);
    lows = (ROW)_mm512_maskz_compress_epi64(mask, (__m512i)row);
    highs = (ROW)_mm512_maskz_compress_epi64((__mmask8)~mask, (__m512i)row);
#endif
#else
    // The numbers 0 to 7 of the quarters of lanes to take, in a byte each, without the others' ones.
    const __m256i belongs = or_equal ? (__m256i)(row <= (ROW)pivot) : (__m256i)(row < (ROW)pivot);
    const unsigned mask = T_SIZE == 4 ? (unsigned)_mm256_movemask_ps((__m256)belongs)
                                      : (unsigned)_mm256_movemask_pd((__m256d)belongs);
    const uint64_t bytes = T_SIZE == 4 ? _pdep_u64(mask, 0x0101010101010101) * 0xff
                                       : _pdep_u64(mask, 0x0001000100010001) * 0xffff;
    const uint64_t places = 0x0706050403020100;
    const __m256i to_low = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((int64_t)_pext_u64(places, bytes)));
    const __m256i to_high = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128((int64_t)_pext_u64(places, ~bytes)));
    lows = (ROW)_mm256_permutevar8x32_epi32((__m256i)row, to_low);
    highs = (ROW)_mm256_permutevar8x32_epi32((__m256i)row, to_high);
#endif
    __builtin_memcpy(x + low, &lows, sizeof lows);
    __builtin_memcpy(scratch + high, &highs, sizeof highs);
    const size_t found = (size_t)__builtin_popcount(mask);
    low += found;
    high += MY_LANES - found;
  }
#endif
  for (; i < count; i++) {
    const T element = x[i];
    const bool belongs = or_equal ? element <= pivot : element < pivot;
    x[low] = element;
    scratch[high] = element;
    low += belongs;
    high += !belongs;
  }
  __builtin_memcpy(x + low, scratch, high * sizeof(T));
  return low;
}

// About the median of more than MY_PART elements: that of some vectors from all over them.
static T MY_LOOP(pivot)(const T *x, size_t count) {
  T sample[8 * MY_LANES];
  const size_t rows = count < 16 * MY_PART ? 2 : 8;
  for (size_t i = 0; i < rows; i++) {
    __builtin_memcpy(sample + i * MY_LANES, x + (count - MY_LANES) / rows * i + MY_LANES, sizeof(ROW));
  }
  MY_LOOP(sort_in_registers)(sample, rows * MY_LANES);
  return sample[rows * MY_LANES / 2];
}

// Cuts elements in two: returns where the second part begins. The first one is sorted already if *is_sorted.
static size_t MY_LOOP(cut)(T *x, T *scratch, size_t count, bool *is_sorted) {
  const T pivot = MY_LOOP(pivot)(x, count);
  const size_t low = MY_LOOP(partition)(x, scratch, count, pivot, false);
  *is_sorted = low == 0;
  // None is less than the pivot: those that are equal are many, maybe all.
  return low > 0 ? low : MY_LOOP(partition)(x, scratch, count, pivot, true);
}

// Digit by digit, in linear time.
static void MY_LOOP(sort_digits_of)(T *x, T *scratch, size_t count) {
  typedef MY_KEY(T_KEY) key;
  key *keys = (key *)x;
  for (size_t i = 0; i < count; i++) keys[i] = MY_LOOP(sort_key)(x[i]);
  const key *sorted = MY_JOIN3(sort_entries, T_KEY, MY_ISA)(keys, (key *)scratch, count);
  for (size_t i = 0; i < count; i++) x[i] = MY_LOOP(element_of_key)(sorted[i]);
}

static void MY_LOOP(quicksort)(T *x, T *scratch, size_t count, int cuts) {
  while (count > MY_PART) {
    if (cuts-- == 0) {
      MY_LOOP(sort_digits_of)(x, scratch, count);
      return;
    }
    bool is_sorted;
    const size_t low = MY_LOOP(cut)(x, scratch, count, &is_sorted);
    if (!is_sorted) MY_LOOP(quicksort)(x, scratch, low, cuts);
    x += low;
    count -= low;
  }
  MY_LOOP(sort_in_registers)(x, count);
}

// So many cuts, twice those of halves, and what is left goes digit by digit.
static int MY_LOOP(most_cuts)(size_t count) { return 2 * (64 - __builtin_clzll(count | 1)); }

// Large ones are cut in two, in four and in eight by as many tasks as there are parts, and then each part is sorted.
struct MY_LOOP(parts) {
  T *x, *scratch;
  size_t start[9];
  int step;  // from a part's place in `start` to the next one's
};

static void MY_LOOP(cut_part)(void *parts, size_t part) {
  struct MY_LOOP(parts) *at = parts;
  size_t *start = at->start + part * (size_t)at->step;
  const size_t count = start[at->step] - start[0];
  bool is_sorted;
  start[at->step / 2] = start[0];
  if (count > MY_PART) start[at->step / 2] += MY_LOOP(cut)(at->x + start[0], at->scratch + start[0], count, &is_sorted);
}

static void MY_LOOP(sort_one_part)(void *parts, size_t part) {
  const struct MY_LOOP(parts) *at = parts;
  const size_t start = at->start[part], count = at->start[part + 1] - start;
  MY_LOOP(quicksort)(at->x + start, at->scratch + start, count, MY_LOOP(most_cuts)(count));
}

static void MY_LOOP(sort_elements)(T *x, T *scratch, size_t count) {
  if (count < (size_t)1 << 14) {
    MY_LOOP(quicksort)(x, scratch, count, MY_LOOP(most_cuts)(count));
    return;
  }
  struct MY_LOOP(parts) at = {.x = x, .scratch = scratch, .start = {[8] = count}};
  for (at.step = 8; at.step > 1; at.step /= 2) my_parallel(8 / (size_t)at.step, MY_LOOP(cut_part), &at);
  my_parallel(8, MY_LOOP(sort_one_part), &at);
}

#undef MY_LANES
#undef MY_MOST_ROWS
#undef MY_PART
#undef ROW
#undef MY_ALWAYS
#undef MY_2
#undef MY_4
#undef MY_8
#undef MY_EACH_LANE
#undef MY_XOR
#undef MY_CHOICE
#undef MY_CASE
