// Loading a tile for one type T in instruction set MY_ISA; the shape is beside my_load.

#if T_IS_FLOATING && MY_VECTOR_BYTES == 64
// Of a table with few columns a vector has several rows: the numbers are moved to where they are needed.
static void MY_LOOP(repeat_short_line)(T *out, V line, size_t count, size_t columns) {
  const I lane = MY_LOOP(lane_numbers)();
  I column = lane - MY_LOOP(row_of_lane)(columns) * (T_BITS)columns;
  const T_BITS rest = (T_BITS)(W - MY_LOOP(rows_in_vector)(columns) * columns);
  for (size_t i = 0; i < count; i += W) {
    const V v = MY_LOOP(permute)(line, line, column);
    if (i + W <= count) MY_LOOP(store)(out + i, v);
    else MY_LOOP(store_part)(out + i, v, count - i);
    column += rest;
    column = column >= (T_BITS)columns ? column - (T_BITS)columns : column;
  }
}

// A line of `columns` for each of up to W numbers.
static void MY_LOOP(spread_to_short_lines)(T *out, V numbers, size_t count, size_t columns) {
  I row = MY_LOOP(row_of_lane)(columns), column = MY_LOOP(lane_numbers)() - row * (T_BITS)columns;
  const T_BITS whole = (T_BITS)MY_LOOP(rows_in_vector)(columns), rest = (T_BITS)W - whole * (T_BITS)columns;
  for (size_t i = 0; i < count; i += W) {
    const V v = MY_LOOP(permute)(numbers, numbers, row);
    if (i + W <= count) MY_LOOP(store)(out + i, v);
    else MY_LOOP(store_part)(out + i, v, count - i);
    column += rest;
    const I is_next = (I)(column >= (T_BITS)columns);  // -1 if so
    row += whole - is_next;
    column -= is_next & (T_BITS)columns;
  }
}
#endif

static void MY_LOOP(load_tile)(
    void *out_, const void *in_, ptrdiff_t row_bytes, ptrdiff_t column_bytes, size_t rows, size_t columns) {
  T *out = out_;
  const T *in = in_;
  const ptrdiff_t row = row_bytes / (ptrdiff_t)sizeof(T), column = column_bytes / (ptrdiff_t)sizeof(T);
#if T_IS_FLOATING && MY_VECTOR_BYTES == 64
  if (columns <= W && row == 0) {
    MY_LOOP(repeat_short_line)(out, MY_LOOP(gather)(in, column, columns, 0), rows * columns, columns);
    return;
  }
  if (columns <= W && column == 0) {
    for (; rows > 0; in += (ptrdiff_t)W * row, out += W * columns) {
      const size_t some = rows < W ? rows : W;
      MY_LOOP(spread_to_short_lines)(out, MY_LOOP(gather)(in, row, some, 0), some * columns, columns);
      rows -= some;
    }
    return;
  }
#endif
  if (row == 0 && rows > 1) {  // twice as many at each copy
    MY_LOOP(load_tile)(out, in, 0, column_bytes, 1, columns);
    for (size_t done = 1; done < rows;) {
      const size_t more = done < rows - done ? done : rows - done;
      __builtin_memcpy(out + done * columns, out, more * columns * sizeof(T));
      done += more;
    }
    return;
  }
  for (size_t r = 0; r < rows; r++, in += row, out += columns) {
    if (column == 1) {
      __builtin_memcpy(out, in, columns * sizeof(T));
    } else if (column == 0) {
      const T x = *in;
      for (size_t c = 0; c < columns; c++) out[c] = x;
    } else {
      for (size_t c = 0; c < columns; c++) out[c] = in[(ptrdiff_t)c * column];
    }
  }
}
