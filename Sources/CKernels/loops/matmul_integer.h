// The matrix product for one type T in instruction set MY_ISA; the shapes are beside my_matmul.

#if T_IS_BOOL
#define MY_ADD(a, b) ((a) | (b))
#define MY_TIMES(a, b) ((a) & (b))
#elif T_IS_FLOATING
#define MY_ADD(a, b) ((a) + (b))
#define MY_TIMES(a, b) ((a) * (b))
#else
#define MY_ADD(a, b) (T)((U)(a) + (U)(b))
#define MY_TIMES(a, b) (T)((uint64_t)(a) * (uint64_t)(b))
#endif

static void MY_LOOP(matmul)(
    void *c_, const void *a_, const void *b_, const ptrdiff_t (*stride)[2], size_t m, size_t n, size_t k,
    const my_finish *finish) {
  T *c = c_;
  const T *a = a_, *b = b_;
  const ptrdiff_t cr = stride[0][0], cc = stride[0][1], ar = stride[1][0], ac = stride[1][1],
                  br = stride[2][0], bc = stride[2][1];
  if (cc == 1 && bc == 1) {  // rows of b are added up into a row of c
    for (size_t i = 0; i < m; i++) {
      T *row = c + (ptrdiff_t)i * cr;
      for (size_t j = 0; j < n; j++) row[j] = 0;
      for (size_t p = 0; p < k; p++) {
        const T x = a[(ptrdiff_t)i * ar + (ptrdiff_t)p * ac];
        const T *y = b + (ptrdiff_t)p * br;
        _Pragma("clang loop vectorize(assume_safety)")
        for (size_t j = 0; j < n; j++) row[j] = MY_ADD(row[j], MY_TIMES(x, y[j]));
      }
    }
    if (finish != NULL && m > 0 && n > 0) my_finish_rows(finish, m, 0, n, sizeof(T));
    return;
  }
  for (size_t i = 0; i < m; i++) {  // each element is a row of a times a column of b
    for (size_t j = 0; j < n; j++) {
      const T *x = a + (ptrdiff_t)i * ar, *y = b + (ptrdiff_t)j * bc;
      T lane[8] = {0};
      size_t p = 0;
      if (ac == 1 && br == 1) {
        for (; p + 8 <= k; p += 8) {
          for (size_t l = 0; l < 8; l++) lane[l] = MY_ADD(lane[l], MY_TIMES(x[p + l], y[p + l]));
        }
      }
      for (; p < k; p++) lane[0] = MY_ADD(lane[0], MY_TIMES(x[(ptrdiff_t)p * ac], y[(ptrdiff_t)p * br]));
      const T low = MY_ADD(MY_ADD(lane[0], lane[1]), MY_ADD(lane[2], lane[3]));
      const T high = MY_ADD(MY_ADD(lane[4], lane[5]), MY_ADD(lane[6], lane[7]));
      c[(ptrdiff_t)i * cr + (ptrdiff_t)j * cc] = MY_ADD(low, high);
    }
  }
  if (finish != NULL && m > 0 && n > 0) my_finish_rows(finish, m, 0, n, sizeof(T));
}

#undef MY_ADD
#undef MY_TIMES
