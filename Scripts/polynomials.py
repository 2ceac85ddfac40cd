#!/usr/bin/env python3
"""Computes the coefficients in functions.h and functions_avx512.h of Sources/CKernels/loops, and how far each function of
them is off.

Needs mpmath. Prints, for each polynomial or quotient of polynomials, the coefficients from the constant term up, and the
largest error of the function that it stands for. With the argument `tables` it prints tables.h beside them.
"""
import struct
import sys

from mpmath import chebyfit, cos, exp, expm1, floor, log, lu_solve, matrix, mp, mpf, nstr, pi, polyval, sqrt, tanh

mp.dps = 50


def show(name, terms, error):
    print(f"{name}: error {nstr(error, 3)}")
    for term in terms:
        print("   ", nstr(term, 20))


def polynomial(name, function, low, high, count):
    terms, error = chebyfit(function, [low, high], count, error=True)
    show(name, list(reversed(terms)), error)


def quotient(name, function, high, above, below):
    """Interpolates P / Q with Q(0) = 1 on 0 ... high, `above` and `below` being the degrees."""
    count = above + below + 1
    points = [high * (1 - cos(pi * (2 * i + 1) / (2 * count))) / 2 for i in range(count)]
    equations, values = matrix(count, count), matrix(count, 1)
    for i, z in enumerate(points):
        values[i] = function(z)
        for j in range(above + 1):
            equations[i, j] = z**j
        for j in range(1, below + 1):
            equations[i, above + j] = -values[i] * z**j
    solution = lu_solve(equations, values)
    p = [solution[j] for j in range(above + 1)]
    q = [mpf(1)] + [solution[above + j] for j in range(1, below + 1)]
    grid = [high * i / 1000 for i in range(1001)]
    error = max(abs(polyval(p[::-1], z) / polyval(q[::-1], z) - function(z)) for z in grid)
    show(name + ", above", p, error)
    show(name + ", below", q, error)


def expm1_rest(r):
    """(exp(r) - 1 - r) / r²"""
    return (expm1(r) - r) / r**2 if abs(r) > mpf("1e-12") else mpf(1) / 2 + r / 6


def exp_terms(name, bound, count):
    """q in exp(r) = 1 + r · q(r), q(0) being 1, too: of the Chebyshev points, whose number is odd, the two beside 0 are
    moved there."""
    points = sorted((bound * cos(pi * (2 * i + 1) / (2 * count + 2)) for i in range(count + 1)), key=abs)
    points = [mpf(0)] + points[3:]
    terms = [mpf(1)] + solved([expm1_rest(r) for r in points], points)
    grid = [bound * i / 1000 for i in range(-1000, 1001)]
    show(name, terms, max(abs(1 + r * polyval(terms[::-1], r) - exp(r)) for r in grid))


def log_rest(z):
    """R in log(1 + f) = f - (f²/2 - s · (f²/2 + z · R(z))), s = f / (2 + f), z = s²"""
    s = sqrt(z)
    return (log((1 + s) / (1 - s)) - 2 * s) / s / z if z > mpf("1e-14") else mpf(2) / 3 + 2 * z / 5


def tanh_rest(z):
    """(tanh(x) / x - 1) / z, z = x²"""
    x = sqrt(z)
    return (tanh(x) / x - 1) / z if z > mpf("1e-14") else mpf(-1) / 3 + 2 * z / 15


def to_single(x):
    return struct.unpack("f", struct.pack("f", float(x)))[0]


def table(kind, name, rows, comment):
    """Prints rows of numbers that are floating ones of the kind."""
    suffix = "f" if kind == "float" else ""
    print(f"\n// {comment}")
    lengths = f"[{len(rows)}][{len(rows[0])}]" if len(rows) > 1 else f"[{len(rows[0])}]"
    print(f"static const {kind} {name}{lengths} __attribute__((aligned(64), unused)) = {{")
    for row in rows:
        texts = [shortest(x) + suffix for x in row]
        step = 4 if kind == "double" else 6
        lines = [", ".join(texts[i : i + step]) for i in range(0, len(texts), step)]
        indent, (first, last) = ("     ", ("    {", "}")) if len(rows) > 1 else ("    ", ("    ", ""))
        print(first + (",\n" + indent).join(lines) + last + ("," if len(rows) > 1 else ""))
    print("};")


def shortest(x):
    """A hexadecimal number without zeros at its end."""
    digits, exponent = float(x).hex().split("p")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) + "p" + exponent


def tanh_powers():
    """Powers of two cut to 32 bits, so that 1 less them is exact, and what is to be added to x + n · ln(2)/2, n being
    j/16 - 1, to make up for that and for the rounded constant: nothing for j = 0, where n is 0."""
    constant = mpf(float(log(2) / 2))
    rows = [[mpf(1)], [mpf(0)]]
    for j in range(1, 16):
        power = floor(mpf(2) ** (mpf(j) / 16 + 32)) / 2**32
        rows[0].append(power)
        rows[1].append(log(power / 2) / 2 - (mpf(j) / 16 - 1) * constant)
    return rows


def tanh_pieces():
    """Polynomials about a place of each of 32 intervals: a row of the places, and one for each of five coefficients."""
    offset, slope = mpf("2.125"), mpf("3.3")
    columns = []
    for index in range(32):
        # offset + slope · x goes from 2 to 32, in eight parts from each power of two to the next.
        start, end = [(mpf(2) ** (1 + i // 8) * (1 + mpf(i % 8) / 8) - offset) / slope for i in (index, index + 1)]
        if index == 0:  # x + x² · q(x), whose error is relative
            root = cos(pi / 8)
            points = [end * (root + cos(pi * (2 * i + 1) / 8)) / (1 + root) for i in range(3)]
            columns.append([mpf(0), mpf(0), mpf(1)] + solved([(tanh(x) / x - 1) / x for x in points], points))
            continue
        centre, radius = (start + end) / 2, (end - start) / 2
        points = [centre + radius * cos(pi * (2 * i + 1) / 10) for i in range(5)]
        values = [tanh(x) for x in points]
        place = good_place(solved(values, [x - centre for x in points]), centre, radius)
        columns.append([place] + solved(values, [x - place for x in points]))
    return [[to_single(column[row]) for column in columns] for row in range(6)]


def good_place(terms, centre, radius):
    """A number of single precision near the centre where the polynomial, which is about the centre, all but is one, too:
    its rounding would be the largest error."""
    best, least = centre, mpf(1)
    for step in range(4000):
        place = mpf(to_single(centre + radius * (step if step % 2 else -step) / 4000))
        value = polyval(terms[::-1], place - centre)
        error = abs(value - mpf(to_single(value))) * 2**24
        if error < least:
            best, least = place, error
        if error < mpf("0.01"):
            break
    return best


def solved(values, points):
    """The coefficients of the polynomial through the values."""
    powers = matrix([[x**j for j in range(len(points))] for x in points])
    return list(lu_solve(powers, matrix(values)))


if sys.argv[1:] == ["tables"]:
    print("// What exp and tanh of AVX-512 look up: printed by `Scripts/polynomials.py tables`.")
    print("\n#ifndef MYELIN_TABLES_H\n#define MYELIN_TABLES_H")
    powers = [mpf(2) ** (mpf(j) / 16) for j in range(16)]
    comment = "2 to the power j / 16, and what is rounded off there."
    table("double", "my_powers", [powers, [power - float(power) for power in powers]], comment)
    comment = "2 to the power j / 16 in few bits, and half the logarithm that makes up for it."
    table("double", "my_tanh_powers", tanh_powers(), comment)
    comment = "tanh on 32 intervals: their places, and the coefficients about these from the constant term up."
    table("float", "my_tanh_pieces", tanh_pieces(), comment)
    print("\n#endif")
    sys.exit()

half = log(2) / 2 * mpf("1.0001")
widest = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2
near = mpf("0.625") ** 2
polynomial("expm1_terms, float", expm1_rest, -half, half, 6)
polynomial("expm1_terms, double", expm1_rest, -half, half, 11)
exp_terms("exp_terms, float", half, 6)
exp_terms("exp_terms, double", half / 16, 6)
polynomial("log_terms, float", log_rest, 0, widest, 4)
polynomial("log_terms, double", log_rest, 0, widest, 7)
quotient("tanh, float", tanh_rest, near, 1, 2)
quotient("tanh, double", tanh_rest, near, 2, 3)
polynomial("tanh_terms, double", tanh_rest, 0, (half / 16) ** 2, 3)
