// Choosing elements by truth values, for one type T in instruction set MY_ISA.
//
// Which elements are chosen is not to be foreseen, so nothing branches on it: each is written, and the next one over
// it if it was not to be.

static size_t MY_LOOP(count_nonzero)(const void *in_, size_t count) {
  const T *in = in_;
  size_t found = 0;
  for (size_t start = 0; start < count; start += 128) {
    const size_t end = start + 128 < count ? start + 128 : count;
    uint8_t part = 0;  // as narrow as the narrowest elements, so that as many are counted at once
    for (size_t i = start; i < end; i++) part += in[i] != 0;
    found += part;
  }
  return found;
}

static void MY_LOOP(nonzero)(int64_t *out, const void *in_, size_t found) {
  const T *in = in_;
  for (size_t i = 0, next = 0; next < found; i++) {
    out[next] = (int64_t)i;
    next += in[i] != 0;
  }
}

static void MY_LOOP(compress)(void *out_, const void *in_, const bool *mask, size_t found) {
  T *out = out_;
  const T *in = in_;
  size_t i = 0, next = 0;
#if MY_VECTOR_BYTES == 64 && T_SIZE >= 4
  // As long as a whole vector may be written, there is one to read.
  const size_t lanes = MY_VECTOR_BYTES / sizeof(T);
  for (; next + lanes <= found; i += lanes) {
    const __m512i elements = _mm512_loadu_si512(in + i);
#if T_SIZE == 4
    const __m128i truths = _mm_loadu_si128((const __m128i *)(mask + i));
    const __mmask16 chosen = _mm_test_epi8_mask(truths, truths);
    _mm512_storeu_si512(out + next, _mm512_maskz_compress_epi32(chosen, elements));
#else
    const __m128i truths = _mm_loadl_epi64((const __m128i *)(mask + i));
    const __mmask8 chosen = (__mmask8)_mm_test_epi8_mask(truths, truths);
    _mm512_storeu_si512(out + next, _mm512_maskz_compress_epi64(chosen, elements));
#endif
    next += (size_t)__builtin_popcount(chosen);
  }
#endif
  for (; next < found; i++) {
    out[next] = in[i];
    next += mask[i];
  }
}
