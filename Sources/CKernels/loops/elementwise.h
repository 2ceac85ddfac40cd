// Elementwise loops over one dimension, for one type: T, named T_NAME, in instruction set MY_ISA.
//
// Steps of 1 and 0 (one element for all) get loops of their own, which the compiler vectorises;
// any other step takes the general loop.

// MY_EACH_LANE: the iterations are independent, so they may be done side by side. MY_EACH_CALL: one by one, for
// expressions that call a function of the C library or branch.
#define MY_EACH_LANE _Pragma("clang loop vectorize(assume_safety)") for (size_t i = 0; i < count; i++)
#define MY_EACH_CALL _Pragma("clang loop vectorize(disable)") for (size_t i = 0; i < count; i++)

#define MY_UNARY(name, R, expression) MY_UNARY_LOOP(name, R, expression, MY_EACH_LANE)
#define MY_BINARY(name, R, expression) MY_BINARY_LOOP(name, R, expression, MY_EACH_LANE)
#define MY_UNARY_CALL(name, R, expression) MY_UNARY_LOOP(name, R, expression, MY_EACH_CALL)
#define MY_BINARY_CALL(name, R, expression) MY_BINARY_LOOP(name, R, expression, MY_EACH_CALL)

#define MY_UNARY_LOOP(name, R, expression, EACH)                                                      \
  static void MY_LOOP(name)(void *const *data, const ptrdiff_t *stride, size_t count) {               \
    R *out = data[0];                                                                                 \
    const T *x_ = data[1];                                                                            \
    const ptrdiff_t so = stride[0], sx = stride[1];                                                   \
    if (so == 1 && sx == 1) {                                                                         \
      EACH { const T x = x_[i]; out[i] = (R)(expression); }                                        \
    } else {                                                                                          \
      for (size_t i = 0; i < count; i++) {                                                            \
        const T x = x_[(ptrdiff_t)i * sx];                                                            \
        out[(ptrdiff_t)i * so] = (R)(expression);                                                     \
      }                                                                                               \
    }                                                                                                 \
  }

#define MY_BINARY_LOOP(name, R, expression, EACH)                                                     \
  static void MY_LOOP(name)(void *const *data, const ptrdiff_t *stride, size_t count) {               \
    R *out = data[0];                                                                                 \
    const T *x_ = data[1], *y_ = data[2];                                                             \
    const ptrdiff_t so = stride[0], sx = stride[1], sy = stride[2];                                   \
    if (so == 1 && sx == 1 && sy == 1) {                                                              \
      EACH { const T x = x_[i], y = y_[i]; out[i] = (R)(expression); }                             \
    } else if (so == 1 && sx == 1 && sy == 0 && count > 0) {                                          \
      const T y = *y_;                                                                                \
      EACH { const T x = x_[i]; out[i] = (R)(expression); }                                        \
    } else if (so == 1 && sx == 0 && sy == 1 && count > 0) {                                          \
      const T x = *x_;                                                                                \
      EACH { const T y = y_[i]; out[i] = (R)(expression); }                                        \
    } else {                                                                                          \
      for (size_t i = 0; i < count; i++) {                                                            \
        const T x = x_[(ptrdiff_t)i * sx], y = y_[(ptrdiff_t)i * sy];                                 \
        out[(ptrdiff_t)i * so] = (R)(expression);                                                     \
      }                                                                                               \
    }                                                                                                 \
  }

MY_UNARY(copy, T, x)
MY_BINARY(equal, bool, x == y)
MY_BINARY(not_equal, bool, x != y)
MY_BINARY(less, bool, x < y)
MY_BINARY(less_equal, bool, x <= y)

// A conversion of a floating number outside the integer's range (or NaN) saturates, NaN gives 0: C leaves it
// undefined, and NumPy's answer there depends on the processor.
#if T_IS_FLOATING
#define MY_TO_INTEGER(R, low, high) (x != x ? 0 : x <= (T)(low) ? (low) : x >= (T)(high) ? (high) : (R)x)
#else
#define MY_TO_INTEGER(R, low, high) ((R)x)
#endif
MY_UNARY(to_f32, float, x)
MY_UNARY(to_f64, double, x)
MY_UNARY(to_i8, int8_t, MY_TO_INTEGER(int8_t, INT8_MIN, INT8_MAX))
MY_UNARY(to_i16, int16_t, MY_TO_INTEGER(int16_t, INT16_MIN, INT16_MAX))
MY_UNARY(to_i32, int32_t, MY_TO_INTEGER(int32_t, INT32_MIN, INT32_MAX))
MY_UNARY(to_i64, int64_t, MY_TO_INTEGER(int64_t, INT64_MIN, INT64_MAX))
MY_UNARY(to_u8, uint8_t, MY_TO_INTEGER(uint8_t, 0, UINT8_MAX))
MY_UNARY(to_u16, uint16_t, MY_TO_INTEGER(uint16_t, 0, UINT16_MAX))
MY_UNARY(to_u32, uint32_t, MY_TO_INTEGER(uint32_t, 0, UINT32_MAX))
MY_UNARY(to_u64, uint64_t, MY_TO_INTEGER(uint64_t, 0, UINT64_MAX))
MY_UNARY(to_bool, bool, x != 0)
#undef MY_TO_INTEGER

// out = condition ? x : y; the condition is bool.
static void MY_LOOP(select)(void *const *data, const ptrdiff_t *stride, size_t count) {
  T *out = data[0];
  const bool *condition = data[1];
  const T *x_ = data[2], *y_ = data[3];
  const ptrdiff_t so = stride[0], sc = stride[1], sx = stride[2], sy = stride[3];
  if (count == 0) return;
  const T x = *x_, y = *y_;
  if (so == 1 && sc == 1 && sx == 1 && sy == 1) {
    MY_EACH_LANE { const T a = x_[i], b = y_[i]; out[i] = condition[i] ? a : b; }
  } else if (so == 1 && sc == 1 && sx == 1 && sy == 0) {
    MY_EACH_LANE { const T a = x_[i]; out[i] = condition[i] ? a : y; }
  } else if (so == 1 && sc == 1 && sx == 0 && sy == 1) {
    MY_EACH_LANE { const T b = y_[i]; out[i] = condition[i] ? x : b; }
  } else {
    for (size_t i = 0; i < count; i++) {
      const ptrdiff_t j = (ptrdiff_t)i;
      out[j * so] = condition[j * sc] ? x_[j * sx] : y_[j * sy];
    }
  }
}

#if T_IS_FLOATING

MY_UNARY(negate, T, -x)
MY_UNARY(absolute, T, T_MATH(fabs)(x))
MY_UNARY(sign, T, x != x ? x : (T)((x > 0) - (x < 0)))
MY_UNARY(square, T, x * x)
MY_BINARY(add, T, x + y)
MY_BINARY(subtract, T, x - y)
MY_BINARY(multiply, T, x * y)
MY_BINARY(divide, T, x / y)
MY_BINARY(maximum, T, x >= y || x != x ? x : y)
MY_BINARY(minimum, T, x <= y || x != x ? x : y)
MY_BINARY_CALL(power, T, T_MATH(pow)(x, y))

// Python's and NumPy's remainder: it has the sign of the divisor.
static inline T MY_LOOP(modulo)(T x, T y) {
  const T r = T_MATH(fmod)(x, y);
  if (r == 0) return T_MATH(copysign)(0, y);
  return (r < 0) != (y < 0) ? r + y : r;
}
MY_BINARY_CALL(remainder, T, MY_LOOP(modulo)(x, y))

// Floor division so that x = quotient · y + remainder holds as nearly as rounding allows: x less the remainder is a
// multiple of y but for rounding, so its quotient is taken to the nearest whole number.
static inline T MY_LOOP(floor_quotient)(T x, T y) {
  if (y == 0) return x / y;
  const T r = T_MATH(fmod)(x, y);
  T quotient = (x - r) / y;
  if (r != 0 && (r < 0) != (y < 0)) quotient -= 1;
  if (quotient == 0) return T_MATH(copysign)(0, x / y);
  const T whole = T_MATH(floor)(quotient);
  return quotient - whole > (T)0.5 ? whole + 1 : whole;
}
MY_BINARY_CALL(floor_divide, T, MY_LOOP(floor_quotient)(x, y))
MY_BINARY_CALL(hypot, T, T_MATH(hypot)(x, y))
MY_BINARY_CALL(atan2, T, T_MATH(atan2)(x, y))

MY_UNARY_CALL(exp2, T, T_MATH(exp2)(x))
MY_UNARY_CALL(log2, T, T_MATH(log2)(x))
MY_UNARY_CALL(log10, T, T_MATH(log10)(x))
MY_UNARY_CALL(sin, T, T_MATH(sin)(x))
MY_UNARY_CALL(cos, T, T_MATH(cos)(x))
MY_UNARY_CALL(tan, T, T_MATH(tan)(x))
MY_UNARY_CALL(asin, T, T_MATH(asin)(x))
MY_UNARY_CALL(acos, T, T_MATH(acos)(x))
MY_UNARY_CALL(atan, T, T_MATH(atan)(x))
MY_UNARY_CALL(sinh, T, T_MATH(sinh)(x))
MY_UNARY_CALL(cosh, T, T_MATH(cosh)(x))
MY_UNARY_CALL(asinh, T, T_MATH(asinh)(x))
MY_UNARY_CALL(acosh, T, T_MATH(acosh)(x))
MY_UNARY_CALL(atanh, T, T_MATH(atanh)(x))
MY_UNARY_CALL(cbrt, T, T_MATH(cbrt)(x))
MY_UNARY_CALL(erf, T, T_MATH(erf)(x))
MY_UNARY_CALL(floor, T, T_MATH(floor)(x))
MY_UNARY_CALL(ceil, T, T_MATH(ceil)(x))
MY_UNARY_CALL(trunc, T, T_MATH(trunc)(x))
MY_UNARY_CALL(rint, T, T_MATH(rint)(x))

MY_UNARY(square_root, T, __builtin_elementwise_sqrt(x))

MY_UNARY(relu, T, x > 0 ? x : x != x ? x : 0)

#elif T_IS_BOOL

MY_UNARY(negate, T, !x)
MY_UNARY(absolute, T, x)
MY_UNARY(sign, T, x)
MY_UNARY(square, T, x)
MY_BINARY(add, T, x | y)
MY_BINARY(subtract, T, x ^ y)
MY_BINARY(multiply, T, x & y)
MY_BINARY(divide, T, x & y)
MY_BINARY(remainder, T, x & !y)
MY_BINARY(maximum, T, x | y)
MY_BINARY(minimum, T, x & y)
MY_BINARY(power, T, x | !y)

#else

// Whole numbers wrap at overflow, as NumPy's: the arithmetic is done unsigned. U is T without its sign.
MY_UNARY(negate, T, (U)0 - (U)x)
MY_UNARY(absolute, T, x < 0 ? (U)0 - (U)x : (U)x)
MY_UNARY(sign, T, (x > 0) - (x < 0))
MY_UNARY(square, T, (uint64_t)x * (uint64_t)x)
MY_BINARY(add, T, (U)x + (U)y)
MY_BINARY(subtract, T, (U)x - (U)y)
MY_BINARY(multiply, T, (uint64_t)x * (uint64_t)y)
MY_BINARY(maximum, T, x > y ? x : y)
MY_BINARY(minimum, T, x < y ? x : y)

// Floor division and its remainder, as Python's; by zero both are 0, as NumPy's.
static inline T MY_LOOP(floor_divide)(T x, T y) {
  if (y == 0) return 0;
#if T_IS_SIGNED
  if (y == -1) return (T)((U)0 - (U)x);
#endif
  const T quotient = (T)(x / y);
  return (x % y != 0) && ((x < 0) != (y < 0)) ? (T)(quotient - 1) : quotient;
}
static inline T MY_LOOP(modulo)(T x, T y) {
  if (y == 0) return 0;
#if T_IS_SIGNED
  if (y == -1) return 0;
#endif
  const T r = (T)(x % y);
  return r != 0 && ((r < 0) != (y < 0)) ? (T)(r + y) : r;
}
MY_BINARY_CALL(divide, T, MY_LOOP(floor_divide)(x, y))
MY_BINARY_CALL(remainder, T, MY_LOOP(modulo)(x, y))

// By squaring, wrapping; a negative exponent gives 0 but for bases 1 and -1.
static inline T MY_LOOP(raise)(T base, T exponent) {
#if T_IS_SIGNED
  if (exponent < 0) return base == 1 ? 1 : base == -1 ? (T)(exponent & 1 ? -1 : 1) : 0;
#endif
  uint64_t result = 1, square = (uint64_t)base;
  for (uint64_t e = (uint64_t)exponent; e != 0; e >>= 1, square *= square) {
    if (e & 1) result *= square;
  }
  return (T)result;
}
MY_BINARY_CALL(power, T, MY_LOOP(raise)(x, y))

MY_BINARY(bitwise_and, T, x & y)
MY_BINARY(bitwise_or, T, x | y)
MY_BINARY(bitwise_xor, T, x ^ y)
MY_UNARY(bitwise_not, T, ~x)
// As unsigned, a negative count is a large one.
#define MY_WIDTH (8 * sizeof(T))
MY_BINARY_CALL(shift_left, T, (uint64_t)y < MY_WIDTH ? (uint64_t)x << y : 0)
MY_BINARY_CALL(shift_right, T, (uint64_t)y < MY_WIDTH ? x >> y : x < 0 ? -1 : 0)
#undef MY_WIDTH

#endif

#undef MY_UNARY
#undef MY_BINARY
#undef MY_UNARY_CALL
#undef MY_BINARY_CALL
#undef MY_UNARY_LOOP
#undef MY_BINARY_LOOP
#undef MY_EACH_LANE
#undef MY_EACH_CALL
