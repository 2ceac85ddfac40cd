"""Makes factorizations.json: how exact NumPy's factorizations are.

    python3 make_factorizations.py factorizations.json

For matrices that a seed of RandomState and exact arithmetic determine to the bit (`matrix`), the figures of NumPy's own
results: residuals and departures from orthogonality, in units of rounding of the type, relative to the largest elements
(`figures`). `one` tells, of a matrix with a structure on which all rounding errors may fall together, or not at all, what
one unit of the 2-norm is in a residual: less than that is as good as exact. Eigenvalues and singular values, up to 37 of them, are compared with those that mpmath finds with 50 digits
(`values`). The committed file: NumPy 2.4.6 with OpenBLAS 0.3.31, mpmath 1.3.0, Python 3.11, one thread.
"""

import json
import os
import sys
import warnings

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[name] = "1"

import mpmath
import numpy as np

warnings.simplefilter("ignore")
mpmath.mp.dps = 50
linalg = np.linalg

# Matrices. Each element is one rounding of a draw times a power of two, or of a simple formula: the test makes the same.


def matrix(kind, m, n, seed):
    draws = np.random.RandomState(seed)
    i = np.arange(m)[:, None]
    j = np.arange(n)[None, :]
    if kind == "normal":
        return draws.standard_normal((m, n))
    if kind == "integers":
        return draws.randint(-9, 10, (m, n)).astype(float)
    if kind == "hilbert":
        return 1 / (i + j + 1.0)
    if kind == "rowsDown":
        return np.ldexp(draws.standard_normal((m, n)), -(100 * i // max(m, 1)) + 0 * j)
    if kind == "rowsUp":
        return np.ldexp(draws.standard_normal((m, n)), (100 * i // max(m, 1)) - 100 + 0 * j)
    if kind == "columnsDown":
        return np.ldexp(draws.standard_normal((m, n)), -(100 * j // max(n, 1)) + 0 * i)
    if kind == "graded":
        return np.ldexp(draws.standard_normal((m, n)), -(60 * i // max(m, 1)) - (60 * j // max(n, 1)))
    if kind == "nearlyDependent":
        # The second half of the columns are the first but for a part in 2**46.
        a, b = draws.standard_normal((m, n)), draws.standard_normal((m, n))
        half = (n + 1) // 2
        a[:, half:] = a[:, : n - half] + np.ldexp(b[:, half:], -46)
        return a
    if kind == "rankDeficient":
        # Twice the first half of the columns again.
        a = draws.standard_normal((m, n))
        half = (n + 1) // 2
        a[:, half:] = 2 * a[:, : n - half]
        return a
    if kind == "identity":
        return (i == j) * 1.0
    if kind == "zeros":
        return 0.0 * (i + j)
    if kind == "ones":
        return 1.0 + 0 * (i + j)
    if kind == "repeated":
        return 3.0 * (i == j) + 1
    if kind == "permutation":
        return (draws.permutation(max(m, n))[:m, None] == j) * 1.0
    if kind == "laplacian":
        return 2.0 * (i == j) - 1.0 * (abs(i - j) == 1)
    if kind == "wilkinson":
        return (i == j) * abs(i - (m - 1) / 2) + 1.0 * (abs(i - j) == 1)
    if kind == "tiny":
        return draws.standard_normal((m, n)) * 1e-300
    if kind == "huge":
        return draws.standard_normal((m, n)) * 1e300
    raise ValueError(kind)


def symmetric(kind, n, seed):
    a = matrix(kind, n, n, seed)
    return a if kind in ("hilbert", "identity", "zeros", "ones", "repeated", "laplacian", "wilkinson") else a + a.T


def definite(kind, n, seed):
    """A symmetric matrix whose diagonal outweighs the rest, scaled from both sides if it is graded."""
    if kind in ("hilbert", "identity", "laplacian", "repeated"):
        return matrix(kind, n, n, seed)
    a = np.random.RandomState(seed).standard_normal((n, n))
    a = a + a.T
    a[np.arange(n), np.arange(n)] += 8.0 + 2 * n
    i = np.arange(n)
    if kind == "graded":
        return np.ldexp(a, -(60 * i[:, None] // n) - (60 * i[None, :] // n))
    return a * {"normal": 1.0, "tiny": 1e-300, "huge": 1e300}[kind]


# Figures: the same formulas in the test.


def size(x):
    return float(np.max(np.abs(x), initial=0)) or 1.0


def orthogonality(q):
    """How far the columns are from orthonormal."""
    q = q.astype(float)
    return float(np.max(np.abs(q.T @ q - np.eye(q.shape[1])), initial=0))


def residual(x, y, scale):
    return float(np.max(np.abs(x - y), initial=0)) / scale


def length(x):
    """The 2-norm, relative to the largest element."""
    return float(linalg.norm(x / size(x), 2)) if x.size else 1.0


def figures(operation, a, seed, dtype):
    eps = float(np.finfo(dtype).eps)
    a = a.astype(dtype)
    d = a.astype(float)
    m, n = a.shape
    out = {}
    one = {"residual": max(length(d), 1.0)}
    out["one"] = one
    if operation == "solve":
        b = np.random.RandomState(seed + 1).standard_normal((m, 3))
        # As large as a matrix of extreme numbers, so that the solutions are near 1.
        b = (b * (1.0 if 1e-100 < size(d) < 1e100 else size(d))).astype(dtype)
        x = linalg.solve(a, b).astype(float)
        scale = size(d) * size(x) + size(b)
        out["residual"] = residual(d @ x, b.astype(float), scale) / eps
        one["residual"] = (size(d) * length(d) * size(x) * length(x) + size(b)) / scale
    elif operation == "inverse":
        x = linalg.inv(a).astype(float)
        out["residual"] = residual(d @ x, np.eye(n), size(d) * size(x)) / eps
        one["residual"] = length(d) * length(x)
    elif operation == "cholesky":
        factor = linalg.cholesky(a).astype(float)
        out["residual"] = residual(factor @ factor.T, d, size(d)) / eps
    elif operation in ("qr", "qrComplete"):
        q, r = linalg.qr(a, "reduced" if operation == "qr" else "complete")
        out["residual"] = residual(q.astype(float) @ r.astype(float), d, size(d)) / eps
        out["orthogonality"] = orthogonality(q) / eps
    elif operation in ("svd", "svdFull"):
        u, s, vt = linalg.svd(a, operation == "svdFull")
        k = len(s)
        out["residual"] = residual((u[:, :k].astype(float) * s.astype(float)) @ vt[:k].astype(float), d, size(d)) / eps
        out["orthogonality"] = max(orthogonality(u), orthogonality(vt.T)) / eps
        found = s.astype(float)
        if operation == "svd" and 0 < k and max(m, n) <= 37:
            wide = mpmath.matrix((d if m >= n else d.T).tolist())
            true = [float(x) for x in mpmath.svd_r(wide, compute_uv=False)]
            true = np.sort(np.array(true))[::-1]
            out["values"] = residual(found, true, size(true)) / eps
            # Those of the values alone are found in another way.
            alone = linalg.svd(a, compute_uv=False).astype(float)
            out["valuesAlone"] = residual(alone, true, size(true)) / eps
            out["true"] = true.tolist()
    elif operation == "eigen":
        w, v = linalg.eigh(a)
        w, v = w.astype(float), v.astype(float)
        out["residual"] = residual(d @ v, v * w, size(d)) / eps
        out["orthogonality"] = orthogonality(v) / eps
        if 0 < n <= 37:
            true = [float(x) for x in mpmath.eigsy(mpmath.matrix(d.tolist()), eigvals_only=True)]
            true = np.sort(np.array(true))
            out["values"] = residual(w, true, size(true)) / eps
            out["valuesAlone"] = residual(linalg.eigvalsh(a).astype(float), true, size(true)) / eps
            out["true"] = true.tolist()
    elif operation == "leastSquares":
        b = np.random.RandomState(seed + 1).standard_normal((m, 2)).astype(dtype)
        x, sums, rank, s = linalg.lstsq(a, b)
        x, b = x.astype(float), b.astype(float)
        rest = d @ x - b
        out["rank"] = int(rank)
        if rank == n or rank == m:
            # What is left over is orthogonal to the columns.
            scale = size(d) * (size(d) * size(x) + size(b))
            out["residual"] = residual(d.T @ rest, 0, scale) / eps
            one["residual"] = size(d) * length(d) * (size(d) * length(d) * size(x) * length(x) + size(b)) / scale
        out["length"] = float(np.sqrt(np.sum((x / size(x)) ** 2)) * size(x))
    elif operation == "pseudoinverse":
        x = linalg.pinv(a, rtol=max(m, n) * eps).astype(float)
        out["residual"] = residual(d @ x @ d, d, size(d) * size(x) * size(d)) / eps
        out["reverse"] = residual(x @ d @ x, x, size(x) * size(d) * size(x)) / eps
        out["symmetry"] = max(residual(d @ x, (d @ x).T, size(d) * size(x)),
                              residual(x @ d, (x @ d).T, size(d) * size(x))) / eps
        one["residual"] = length(d) ** 2 * length(x)
        one["reverse"] = length(d) * length(x) ** 2
        one["symmetry"] = length(d) * length(x)
    else:
        raise ValueError(operation)
    return out


STRUCTURED = {"hilbert", "identity", "zeros", "ones", "repeated", "permutation", "laplacian", "wilkinson"}
SQUARES = [0, 1, 2, 3, 10, 37]
GENERAL = ["normal", "integers", "hilbert", "rowsDown", "rowsUp", "columnsDown", "graded", "nearlyDependent",
           "rankDeficient", "identity", "zeros", "ones", "repeated", "permutation", "laplacian", "wilkinson", "tiny", "huge"]
REGULAR = [kind for kind in GENERAL if kind not in ("rankDeficient", "zeros", "ones", "wilkinson")]
OBLONG = [(10, 3), (3, 10), (37, 20), (20, 37), (37, 36), (12, 10)]
LARGE = ["normal", "graded", "nearlyDependent"]
cases = []


def add(operation, kind, m, n, dtype):
    if dtype == "float32" and kind in ("tiny", "huge", "rowsDown", "rowsUp", "columnsDown", "graded"):
        return  # beyond its range
    seed = 1000 + len(cases)
    if operation == "eigen":
        a = symmetric(kind, n, seed)
    elif operation == "cholesky":
        a = definite(kind, n, seed)
    else:
        a = matrix(kind, m, n, seed)
    entry = {"id": f"factorization-{len(cases):04}", "op": operation, "matrix": kind, "rows": m, "columns": n, "seed": seed,
             "dtype": dtype}
    entry["figures"] = figures(operation, a, seed, dtype)
    if kind not in STRUCTURED:
        del entry["figures"]["one"]
    true = entry["figures"].pop("true", None)
    if true is not None:
        entry["values"] = true
    cases.append(entry)


for dtype in ("float64", "float32"):
    sizes = SQUARES if dtype == "float64" else [1, 3, 10, 37]
    for kind in GENERAL:
        for n in sizes:
            if kind == "repeated" and n == 0:
                continue
            for operation in ("qr", "svd", "leastSquares"):
                add(operation, kind, n, n, dtype)
            if kind not in ("rowsDown", "rowsUp", "columnsDown", "nearlyDependent", "hilbert", "graded"):
                add("pseudoinverse", kind, n, n, dtype)
            add("eigen", kind, n, n, dtype)
        for m, n in OBLONG if dtype == "float64" else OBLONG[:2]:
            for operation in ("qr", "svd", "leastSquares"):
                add(operation, kind, m, n, dtype)
            if kind in ("normal", "rankDeficient", "tiny"):
                for operation in ("qrComplete", "svdFull", "pseudoinverse"):
                    add(operation, kind, m, n, dtype)
    for kind in REGULAR:
        for n in sizes:
            if kind in ("integers", "permutation") and n < 10:
                continue  # may have no inverse
            if kind == "hilbert" and n > 10 or kind == "nearlyDependent" and dtype == "float32":
                continue  # have none, but for rounding
            add("solve", kind, n, n, dtype)
            add("inverse", kind, n, n, dtype)
    for kind in ("normal", "hilbert", "graded", "identity", "laplacian", "repeated", "tiny", "huge"):
        for n in sizes[1:] if dtype == "float64" else sizes:
            if kind == "hilbert" and n > (10 if dtype == "float64" else 3):
                continue
            add("cholesky", kind, n, n, dtype)
    for kind in LARGE:
        for operation in ("solve", "inverse", "qr", "svd", "eigen", "leastSquares"):
            if dtype == "float64" or kind == "normal" or operation in ("qr", "svd", "eigen"):
                add(operation, kind, 100, 100, dtype)
        add("cholesky", "normal", 100, 100, dtype)
        for m, n in ((100, 40), (40, 100), (100, 99)):
            add("svd", kind, m, n, dtype)
            add("qr", kind, m, n, dtype)
for operation in ("solve", "cholesky", "qr", "svd", "eigen"):
    add(operation, "normal", 500, 500, "float64")
for m, n in ((500, 20), (20, 500)):
    for operation in ("qr", "svd", "leastSquares"):
        add(operation, "normal", m, n, "float64")

# LAPACK writes complaints to the standard output.
with open(sys.argv[1], "w") as file:
    file.write('{"file": "factorizations", "numpy": "%s", "count": %d, "cases": [\n' % (np.__version__, len(cases)))
    file.write(",\n".join(json.dumps(c) for c in cases))
    file.write("\n]}\n")
