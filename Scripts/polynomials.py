#!/usr/bin/env python3
"""Computes the coefficients in Sources/CKernels/loops/functions.h, and how far each function of them is off.

Needs mpmath. Prints, for each polynomial or quotient of polynomials, the coefficients from the constant term up, and the
largest error of the function that it stands for.
"""
from mpmath import chebyfit, cos, expm1, log, lu_solve, matrix, mp, mpf, nstr, pi, polyval, sqrt, tanh

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


def log_rest(z):
    """R in log(1 + f) = f - (f²/2 - s · (f²/2 + z · R(z))), s = f / (2 + f), z = s²"""
    s = sqrt(z)
    return (log((1 + s) / (1 - s)) - 2 * s) / s / z if z > mpf("1e-14") else mpf(2) / 3 + 2 * z / 5


def tanh_rest(z):
    """(tanh(x) / x - 1) / z, z = x²"""
    x = sqrt(z)
    return (tanh(x) / x - 1) / z if z > mpf("1e-14") else mpf(-1) / 3 + 2 * z / 15


half = log(2) / 2 * mpf("1.0001")
widest = ((sqrt(2) - 1) / (sqrt(2) + 1)) ** 2
near = mpf("0.625") ** 2
polynomial("expm1_terms, float", expm1_rest, -half, half, 6)
polynomial("expm1_terms, double", expm1_rest, -half, half, 11)
polynomial("log_terms, float", log_rest, 0, widest, 4)
polynomial("log_terms, double", log_rest, 0, widest, 7)
quotient("tanh, float", tanh_rest, near, 1, 2)
quotient("tanh, double", tanh_rest, near, 2, 3)
