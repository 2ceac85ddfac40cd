// Every loop for every type, for the instruction set MY_ISA: included once by each file in isa/.

#define MY_JOIN3_(a, b, c) my_##a##_##b##_##c
#define MY_JOIN3(a, b, c) MY_JOIN3_(a, b, c)
#define MY_LOOP(name) MY_JOIN3(name, T_NAME, MY_ISA)

// No product and sum are contracted into one rounding but where a loop says so.
#pragma STDC FP_CONTRACT OFF

#define MY_KEY_(name) my_key_##name
#define MY_KEY(name) MY_KEY_(name)
#define E my_key_u8
#define E_NAME u8
#define E_KEY(e) (e)
#include "radix.h"
#define E my_key_u16
#define E_NAME u16
#define E_KEY(e) (e)
#include "radix.h"
#define E my_key_u32
#define E_NAME u32
#define E_KEY(e) (e)
#include "radix.h"
#define E my_key_u64
#define E_NAME u64
#define E_KEY(e) (e)
#include "radix.h"
#define E my_entry
#define E_NAME entry
#define E_KEY(e) ((e).key)
#include "radix.h"

#define T float
#define T_NAME f32
#define T_SIZE 4
#define T_KEY u32
#define T_IS_FLOATING 1
#define T_IS_BOOL 0
#define T_IS_SIGNED 1
#define T_IS_DOUBLE 0
#define T_BITS int32_t
#define T_LARGEST_BITS INT32_MAX
#define T_MATH(name) name##f
#include "type.h"

#define T double
#define T_NAME f64
#define T_SIZE 8
#define T_KEY u64
#define T_IS_FLOATING 1
#define T_IS_BOOL 0
#define T_IS_SIGNED 1
#define T_IS_DOUBLE 1
#define T_BITS int64_t
#define T_LARGEST_BITS INT64_MAX
#define T_MATH(name) name
#include "type.h"

#define T int8_t
#define T_NAME i8
#define T_SIZE 1
#define T_KEY u8
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 1
#define U uint8_t
#include "type.h"

#define T int16_t
#define T_NAME i16
#define T_SIZE 2
#define T_KEY u16
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 1
#define U uint16_t
#include "type.h"

#define T int32_t
#define T_NAME i32
#define T_SIZE 4
#define T_KEY u32
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 1
#define U uint32_t
#include "type.h"

#define T int64_t
#define T_NAME i64
#define T_SIZE 8
#define T_KEY u64
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 1
#define U uint64_t
#include "type.h"

#define T uint8_t
#define T_NAME u8
#define T_SIZE 1
#define T_KEY u8
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 0
#define U uint8_t
#include "type.h"

#define T uint16_t
#define T_NAME u16
#define T_SIZE 2
#define T_KEY u16
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 0
#define U uint16_t
#include "type.h"

#define T uint32_t
#define T_NAME u32
#define T_SIZE 4
#define T_KEY u32
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 0
#define U uint32_t
#include "type.h"

#define T uint64_t
#define T_NAME u64
#define T_SIZE 8
#define T_KEY u64
#define T_IS_FLOATING 0
#define T_IS_BOOL 0
#define T_IS_SIGNED 0
#define U uint64_t
#include "type.h"

#define T bool
#define T_NAME boolean
#define T_SIZE 1
#define T_KEY u8
#define T_IS_FLOATING 0
#define T_IS_BOOL 1
#define T_IS_SIGNED 0
#include "type.h"

#define MY_TABLE_(isa) my_kernels_##isa
#define MY_TABLE(isa) MY_TABLE_(isa)
#define MY_TEXT_(isa) #isa
#define MY_TEXT(isa) MY_TEXT_(isa)
const my_kernels MY_TABLE(MY_ISA) = {
    .name = MY_TEXT(MY_ISA),
    .numeric = {
        [MY_F32] = MY_JOIN3(numeric, f32, MY_ISA),
        [MY_F64] = MY_JOIN3(numeric, f64, MY_ISA),
        [MY_I8] = MY_JOIN3(numeric, i8, MY_ISA),
        [MY_I16] = MY_JOIN3(numeric, i16, MY_ISA),
        [MY_I32] = MY_JOIN3(numeric, i32, MY_ISA),
        [MY_I64] = MY_JOIN3(numeric, i64, MY_ISA),
        [MY_U8] = MY_JOIN3(numeric, u8, MY_ISA),
        [MY_U16] = MY_JOIN3(numeric, u16, MY_ISA),
        [MY_U32] = MY_JOIN3(numeric, u32, MY_ISA),
        [MY_U64] = MY_JOIN3(numeric, u64, MY_ISA),
        [MY_BOOL] = MY_JOIN3(numeric, boolean, MY_ISA),
    },
    .floating = {
        [MY_F32] = MY_JOIN3(floating, f32, MY_ISA),
        [MY_F64] = MY_JOIN3(floating, f64, MY_ISA),
    },
    .integer = {
        [MY_I8 - MY_I8] = MY_JOIN3(integer, i8, MY_ISA),
        [MY_I16 - MY_I8] = MY_JOIN3(integer, i16, MY_ISA),
        [MY_I32 - MY_I8] = MY_JOIN3(integer, i32, MY_ISA),
        [MY_I64 - MY_I8] = MY_JOIN3(integer, i64, MY_ISA),
        [MY_U8 - MY_I8] = MY_JOIN3(integer, u8, MY_ISA),
        [MY_U16 - MY_I8] = MY_JOIN3(integer, u16, MY_ISA),
        [MY_U32 - MY_I8] = MY_JOIN3(integer, u32, MY_ISA),
        [MY_U64 - MY_I8] = MY_JOIN3(integer, u64, MY_ISA),
    },
};
