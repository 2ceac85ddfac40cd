// Plane rotations of rows, for one floating type T in instruction set MY_ISA; the shapes are beside my_rotations.

// A rotation hands one row on to the next: so many columns of it are kept in registers.
#define MY_COLUMNS 32

#define MY_ROTATE(width)                                                                              \
  do {                                                                                                \
    T kept[MY_COLUMNS];                                                                               \
    T *row = rows + j;                                                                                \
    for (size_t l = 0; l < (width); l++) kept[l] = row[l];                                            \
    for (size_t i = 0; i < count; i++) {                                                              \
      const T c = cosine[i], s = sine[i];                                                             \
      T *next = row + step;                                                                           \
      _Pragma("clang loop vectorize(assume_safety)")                                                  \
      for (size_t l = 0; l < (width); l++) {                                                          \
        const T x = kept[l], y = next[l];                                                             \
        row[l] = c * x + s * y;                                                                       \
        kept[l] = c * y - s * x;                                                                      \
      }                                                                                               \
      row = next;                                                                                     \
    }                                                                                                 \
    for (size_t l = 0; l < (width); l++) row[l] = kept[l];                                            \
  } while (0)

static void MY_LOOP(rotate)(
    void *rows_, ptrdiff_t step, size_t columns, const void *cosine_, const void *sine_, size_t count) {
  T *rows = rows_;
  const T *cosine = cosine_, *sine = sine_;
  size_t j = 0;
  for (; j + MY_COLUMNS <= columns; j += MY_COLUMNS) MY_ROTATE(MY_COLUMNS);
  if (j < columns) MY_ROTATE(columns - j);
}

#undef MY_ROTATE
#undef MY_COLUMNS
