// Gathering and scattering rows, for one type T in instruction set MY_ISA; the shapes are beside my_rows.

static inline size_t MY_LOOP(row_within)(int64_t index, size_t extent) {
  return index < 0 ? 0 : (uint64_t)index >= extent ? extent - 1 : (size_t)index;
}

static void MY_LOOP(take_rows)(
    void *rows_, void *table_, const int64_t *index, size_t count, size_t width, size_t extent) {
  T *rows = rows_;
  const T *table = table_;
  if (width == 1) {
    for (size_t i = 0; i < count; i++) rows[i] = table[MY_LOOP(row_within)(index[i], extent)];
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const size_t row = MY_LOOP(row_within)(index[i], extent);
    __builtin_memcpy(rows + i * width, table + row * width, width * sizeof(T));
  }
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
