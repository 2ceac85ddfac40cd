"""Makes print_options.json: NumPy's str and repr of random arrays under random print options.

    python3 make_print_options.py [cases] [seed] > print_options.json

The committed file: 150 cases, seed 0, NumPy 2.4.6, Python 3.11.
"""

import json
import sys

import numpy as np

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 150
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 0
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
DTYPES = ["float64"] * 6 + ["float32"] * 5 + ["bool"] + INTEGERS
SPECIAL = [0.0, -0.0, np.nan, -np.nan, np.inf, -np.inf, 0.5, 0.05, 0.125, 2.5, 1e-4, 9.9999e-5,
           999999.5, 1e6, 99999999.0, 99999999.99999999, 1e8, 1e16, 1e22, 1e23, 2.0**-149, 2.0**-96, 1e-45]

rng = np.random.default_rng(SEED)


def shape():
    if rng.random() < 0.05:
        return ()
    extents = [int(n) for n in rng.integers(1, 9, rng.integers(1, 5))]
    if rng.random() < 0.08:
        extents[rng.integers(len(extents))] = 0
    if rng.random() < 0.3:
        extents[rng.integers(len(extents))] *= int(rng.integers(2, 7))
    while np.prod(extents) > 150:
        extents[int(np.argmax(extents))] //= 2
    return tuple(extents)


def floats(dtype, n):
    kind = rng.integers(8)
    if kind == 0:  # whole numbers
        x = rng.integers(-(10 ** rng.integers(1, 8)), 10 ** rng.integers(1, 8), n).astype(float)
    elif kind == 1:  # few digits, ties among them
        x = rng.integers(-4000, 4000, n) / 2.0 ** rng.integers(0, 8)
    elif kind == 2:  # few decimal digits
        x = np.round(rng.normal(size=n) * 10.0 ** rng.integers(0, 5), int(rng.integers(0, 7)))
    elif kind == 3:  # one magnitude
        x = rng.normal(size=n) * 10.0 ** rng.integers(-12, 13)
    elif kind == 4:  # many magnitudes
        x = rng.normal(size=n) * 10.0 ** rng.uniform(-30, 30, n)
    elif kind == 5:  # any bits
        bits, whole = (32, np.uint32) if dtype == "float32" else (64, np.uint64)
        x = rng.integers(0, 2**bits, n, dtype=whole).view(dtype)
    elif kind == 6:  # powers of two and of ten
        x = np.where(rng.random(n) < 0.5, 2.0 ** rng.integers(-149, 127, n), 10.0 ** rng.integers(-30, 30, n))
    else:
        x = np.abs(rng.normal(size=n))
    x = x.astype(dtype)
    if n and rng.random() < 0.3:
        for at in rng.integers(0, n, rng.integers(1, 4)):
            x[at] = dtype_of(dtype)(rng.choice(SPECIAL))
    return x


def dtype_of(name):
    return np.dtype(name).type


def values(dtype, n):
    if dtype == "bool":
        return rng.random(n) < rng.choice([0.0, 0.5, 1.0])
    if dtype in INTEGERS:
        info = np.iinfo(dtype)
        if rng.random() < 0.5:
            return rng.integers(max(info.min, -100), min(info.max, 100), n).astype(dtype)
        return rng.integers(info.min, info.max, n, dtype=dtype, endpoint=True)
    return floats(dtype, n)


def plain(x):
    if x.dtype.kind != "f":
        return x.ravel().tolist()
    return [v if np.isfinite(v) else ("nan" if np.isnan(v) else "inf" if v > 0 else "-inf")
            for v in x.astype(float).ravel().tolist()]


def options():
    result = {}
    if rng.random() < 0.75:
        result["precision"] = int(rng.choice([0, 1, 2, 3, 4, 6, 7, 10, 15, 16, 17, 20, 400]))
    if rng.random() < 0.6:
        result["threshold"] = int(rng.choice([0, 1, 5, 20, 40, 100, 2**62]))
    if rng.random() < 0.6:
        result["edgeitems"] = int(rng.choice([1, 2, 3, 4, 10, 2**61]))
    if rng.random() < 0.6:
        result["linewidth"] = int(rng.choice([0, 1, 10, 20, 30, 40, 60, 100, 132, 2**62]))
    if rng.random() < 0.5:
        result["suppress"] = bool(rng.random() < 0.7)
    return result


cases = []
with np.errstate(all="ignore"):
    for number in range(COUNT):
        dtype = str(rng.choice(DTYPES))
        extents = shape()
        a = values(dtype, int(np.prod(extents, dtype=int))).reshape(extents)
        chosen = options()
        with np.printoptions(**chosen):
            cases.append({
                "id": f"print-options-{number:04}",
                "op": "print",
                "inputs": {"a": {"shape": list(extents), "dtype": dtype, "data": plain(a)}},
                "args": chosen,
                "str": str(a),
                "repr": repr(a),
            })

print('{"file": "print_options", "numpy": "%s", "count": %d, "cases": [' % (np.__version__, COUNT))
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
