// All loops of one type. Set before: T, T_NAME, T_SIZE (its bytes), and which of T_IS_FLOATING, T_IS_BOOL, T_IS_SIGNED hold;
// for whole numbers U (T unsigned), for floating ones T_MATH (names in math.h), T_IS_DOUBLE, T_BITS (whole numbers of T's
// width) and T_LARGEST_BITS; T_KEY says which unsigned type is as wide.

#if T_IS_FLOATING
#include "functions.h"
#endif
#include "elementwise.h"
#include "reductions.h"
#include "transpose.h"
#if T_IS_FLOATING
#include "matmul.h"
#else
#include "matmul_integer.h"
#endif
#include "rows.h"
#include "tile.h"
#include "sort.h"
#include "compress.h"

#define MY_ENTRY(name) .name = MY_LOOP(name),
static const my_numeric MY_LOOP(numeric) = {
    MY_NUMERIC_LOOPS(MY_ENTRY) MY_NUMERIC_REDUCTIONS(MY_ENTRY) MY_NUMERIC_LINE_LOOPS(MY_ENTRY)
    .matmul = MY_LOOP(matmul), .take_rows = MY_LOOP(take_rows), .add_rows = MY_LOOP(add_rows),
    .transpose = MY_LOOP(transpose), .load_tile = MY_LOOP(load_tile),
    .sort = MY_LOOP(sort), .argsort = MY_LOOP(argsort), .compress = MY_LOOP(compress),
    .nonzero = MY_LOOP(nonzero), .count_nonzero = MY_LOOP(count_nonzero)};
#if T_IS_FLOATING
#include "rotations.h"
static const my_floating MY_LOOP(floating) = {
    MY_FLOATING_LOOPS(MY_ENTRY) MY_FLOATING_LINE_LOOPS(MY_ENTRY) .rotate = MY_LOOP(rotate)};
#elif !T_IS_BOOL
static const my_integer MY_LOOP(integer) = {MY_INTEGER_LOOPS(MY_ENTRY)};
#endif
#undef MY_ENTRY

#undef T
#undef T_NAME
#undef T_SIZE
#undef T_KEY
#undef T_IS_FLOATING
#undef T_IS_BOOL
#undef T_IS_SIGNED
#undef U
#undef T_MATH
#undef T_IS_DOUBLE
#undef T_BITS
#undef T_LARGEST_BITS
#undef V
#undef I
#undef W
#undef MY_EACH_OF_PART
#undef MY_MANTISSA
#undef MY_BIAS
#undef MY_LN2_HIGH
#undef MY_LN2_LOW
#undef MY_EXPM1_TERMS
#undef MY_LOG_TERMS
