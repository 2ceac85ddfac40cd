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
  for (size_t i = 0, next = 0; next < found; i++) {
    out[next] = in[i];
    next += mask[i];
  }
}
