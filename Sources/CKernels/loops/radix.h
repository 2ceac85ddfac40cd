// Stable sorting of elements E by unsigned keys, for instruction set MY_ISA. Set before: E, E_NAME and E_KEY(e).

#define MY_ENTRIES(name) MY_JOIN3(name, E_NAME, MY_ISA)

// One digit of the keys after the other, the lowest first; a digit that all keys share is passed over.
static inline __attribute__((always_inline)) E *MY_ENTRIES(sort_digits)(
    E *from, E *to, size_t count, const int bits) {
  const int digits = ((int)sizeof(E_KEY(*from)) * 8 + bits - 1) / bits;
  const size_t values = (size_t)1 << bits;
  const uint64_t mask = values - 1;
  // How often each value of each digit occurs, and from then on where its next element goes.
  size_t places[bits == 8 ? 8 * 256 : 6 * 2048];
  __builtin_memset(places, 0, (size_t)digits * values * sizeof(size_t));
  for (size_t i = 0; i < count; i++) {
    const uint64_t key = E_KEY(from[i]);
    for (int d = 0; d < digits; d++) places[(size_t)d * values + (key >> d * bits & mask)]++;
  }
  for (int d = 0; d < digits; d++) {
    size_t *place = places + (size_t)d * values;
    if (place[(uint64_t)E_KEY(from[0]) >> d * bits & mask] == count) continue;
    size_t next = 0;
    for (size_t v = 0; v < values; v++) {
      const size_t occurrences = place[v];
      place[v] = next;
      next += occurrences;
    }
    for (size_t i = 0; i < count; i++) {
      to[place[(uint64_t)E_KEY(from[i]) >> d * bits & mask]++] = from[i];
    }
    E *const sorted = to;
    to = from;
    from = sorted;
  }
  return from;
}

static E *MY_ENTRIES(sort_part)(E *from, E *to, size_t count) {
  if (count <= 32) {
    for (size_t i = 1; i < count; i++) {
      const E entry = from[i];
      size_t place = i;
      for (; place > 0 && E_KEY(from[place - 1]) > E_KEY(entry); place--) from[place] = from[place - 1];
      from[place] = entry;
    }
    return from;
  }
  // For many elements a pass over them costs more than a larger table; one more of six and eight than of three and four.
  const size_t many = (size_t)1 << (sizeof(E_KEY(*from)) == 4 ? 13 : 19);
  return count < many ? MY_ENTRIES(sort_digits)(from, to, count, 8)
                      : MY_ENTRIES(sort_digits)(from, to, count, 11);
}

// Two halves, sorted each by itself and then merged from both ends at once.
struct MY_ENTRIES(halves) {
  E *from, *to;
  E *sorted[2];
  size_t count[2];
};

static void MY_ENTRIES(sort_half)(void *halves, size_t half) {
  struct MY_ENTRIES(halves) *at = halves;
  const size_t start = half * at->count[0];
  at->sorted[half] = MY_ENTRIES(sort_part)(at->from + start, at->to + start, at->count[half]);
}

// Of equal ones those of the first half come first. The first task sets the lower half of the result, the other the rest.
static void MY_ENTRIES(merge_half)(void *halves, size_t half) {
  const struct MY_ENTRIES(halves) *at = halves;
  const size_t m = at->count[0], n = at->count[1];
  E *to = at->sorted[0] == at->from ? at->to : at->from;
  const E *x = at->sorted[0], *y = at->sorted[1];
  if (half == 0) {
    for (size_t i = 0, j = 0, out = 0; out < m; out++) {
      const bool first = j == n || (i < m && E_KEY(x[i]) <= E_KEY(y[j]));
      to[out] = *(first ? x + i : y + j);
      i += first;
      j += !first;
    }
  } else {
    for (size_t i = m, j = n, out = m + n; out > m; out--) {
      const bool second = i == 0 || (j > 0 && E_KEY(x[i - 1]) <= E_KEY(y[j - 1]));
      to[out - 1] = *(second ? y + j - 1 : x + i - 1);
      i -= !second;
      j -= second;
    }
  }
}

// Sorts the elements at `from`; `to` is memory for as many. Returns which of the two holds the result.
static E *MY_ENTRIES(sort_entries)(E *from, E *to, size_t count) {
  if (count < (size_t)1 << 14) return MY_ENTRIES(sort_part)(from, to, count);
  struct MY_ENTRIES(halves) at = {.from = from, .to = to, .count = {count / 2, count - count / 2}};
  my_parallel(2, MY_ENTRIES(sort_half), &at);
  // Both halves have to lie in the same memory: digits that only one of them passed over may have left them apart.
  if ((at.sorted[0] == from) != (at.sorted[1] == from + at.count[0])) {
    E *const other = at.sorted[0] == from ? from + at.count[0] : to + at.count[0];
    __builtin_memcpy(other, at.sorted[1], at.count[1] * sizeof(E));
    at.sorted[1] = other;
  }
  my_parallel(2, MY_ENTRIES(merge_half), &at);
  return at.sorted[0] == from ? to : from;
}

#undef MY_ENTRIES
#undef E
#undef E_NAME
#undef E_KEY
