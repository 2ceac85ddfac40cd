// Gathering and scattering rows, for one type T in instruction set MY_ISA; the shapes are beside my_rows.

// Elements that a task copies, at least.
#define MY_TAKEN_TOGETHER 32768

static inline size_t MY_LOOP(row_within)(int64_t index, size_t extent) {
  return index < 0 ? 0 : (uint64_t)index >= extent ? extent - 1 : (size_t)index;
}

// Copies of a few bytes are moves of 16, the last one over what has been copied, rather than a call.
static inline __attribute__((always_inline)) void MY_LOOP(copy_row)(T *to, const T *from, size_t bytes) {
  typedef uint8_t block __attribute__((ext_vector_type(16)));
  if (bytes > 64 || bytes < 16) {
    __builtin_memcpy(to, from, bytes);
    return;
  }
  block part;
  for (size_t at = 0; at + 16 <= bytes; at += 16) {
    __builtin_memcpy(&part, (const char *)from + at, 16);
    __builtin_memcpy((char *)to + at, &part, 16);
  }
  __builtin_memcpy(&part, (const char *)from + bytes - 16, 16);
  __builtin_memcpy((char *)to + bytes - 16, &part, 16);
}

struct MY_LOOP(taking) {
  T *rows;
  const T *table;
  const int64_t *index;
  size_t count, width, extent, step;  // a task takes `step` rows
};

static void MY_LOOP(take_some_rows)(void *taking, size_t task) {
  const struct MY_LOOP(taking) *at = taking;
  size_t first = task * at->step;
  const size_t width = at->width;
  const size_t end = at->count - first < at->step ? at->count : first + at->step;
#if MY_VECTOR_BYTES == 64
  if (width * sizeof(T) == 8) {  // eight rows fill a vector
    const __m512i last = _mm512_set1_epi64((long long)at->extent - 1);
    for (; first + 8 <= end; first += 8) {
      const __m512i index = _mm512_max_epi64(_mm512_loadu_si512(at->index + first), _mm512_setzero_si512());
      const __m512i rows = _mm512_i64gather_epi64(_mm512_min_epi64(index, last), at->table, 8);
      _mm512_storeu_si512((char *)at->rows + first * 8, rows);
    }
  }
#endif
  switch (width * sizeof(T)) {  // a row that one move or two copy
#define MY_TAKE(bytes)                                                                                \
  case bytes:                                                                                         \
    for (size_t i = first; i < end; i++) {                                                            \
      const size_t row = MY_LOOP(row_within)(at->index[i], at->extent);                               \
      __builtin_memcpy((char *)at->rows + i * bytes, (const char *)at->table + row * bytes, bytes);   \
    }                                                                                                 \
    return;
    MY_TAKE(1) MY_TAKE(2) MY_TAKE(3) MY_TAKE(4) MY_TAKE(6) MY_TAKE(8) MY_TAKE(12) MY_TAKE(16)
#undef MY_TAKE
    default: break;
  }
  for (size_t i = first; i < end; i++) {
    const size_t row = MY_LOOP(row_within)(at->index[i], at->extent);
    MY_LOOP(copy_row)(at->rows + i * width, at->table + row * width, width * sizeof(T));
  }
}

static void MY_LOOP(take_rows)(
    void *rows, void *table, const int64_t *index, size_t count, size_t width, size_t extent) {
  if (count == 0 || width == 0) return;
  struct MY_LOOP(taking) at = {rows, table, index, count, width, extent, MY_TAKEN_TOGETHER / (width + 1) + 1};
  my_parallel((count + at.step - 1) / at.step, MY_LOOP(take_some_rows), &at);
}

static void MY_LOOP(add_rows)(
    void *rows_, void *table_, const int64_t *index, size_t count, size_t width, size_t extent) {
  const T *rows = rows_;
  T *table = table_;
  for (size_t i = 0; i < count; i++) {
    T *to = table + MY_LOOP(row_within)(index[i], extent) * width;
    for (size_t j = 0; j < width; j++) to[j] = (T)(to[j] + rows[i * width + j]);
  }
}

#undef MY_TAKEN_TOGETHER
