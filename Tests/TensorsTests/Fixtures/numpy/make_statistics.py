"""Answers of NumPy for statistics that the other files don't hold: python3 make_statistics.py > statistics.json"""
import json
import warnings

import numpy as np

warnings.simplefilter("ignore")
rng = np.random.RandomState(0)
cases = []


def number(x):
    return "nan" if np.isnan(x) else ("inf" if x > 0 else "-inf") if np.isinf(x) else float(x)


def array(a):
    a = np.asarray(a)
    data = a.ravel().tolist()
    return {"shape": list(a.shape), "dtype": a.dtype.name,
            "data": [number(x) for x in data] if a.dtype.kind == "f" else data}


def add(op, inputs, args, **results):
    cases.append({"id": f"statistics-{len(cases):04d}", "op": op,
                  "inputs": {n: array(a) for n, a in inputs.items()}, "args": args,
                  "expected": {n: array(a) for n, a in results.items()}})


arrays = [rng.uniform(-5, 5, s) for s in [(1,), (2,), (7,), (10,), (3, 4), (2, 3, 5)]]
arrays += [rng.randint(-9, 9, (4, 5)), rng.randint(0, 200, (3, 3)).astype(np.uint8), rng.uniform(0, 1, (3, 7)) > 0.5,
           rng.uniform(-5, 5, (5, 2)).astype(np.float32)]
holes = [a.copy() for a in arrays if a.dtype == np.float64]
for a in holes:
    a[rng.uniform(0, 1, a.shape) < 0.3] = np.nan
holes += [np.array([np.nan, np.nan]), np.array([[1, np.nan], [np.nan, np.nan]]), np.array([1.0, np.inf, np.nan, -2.0])]
methods = ["linear", "lower", "higher", "midpoint", "nearest", "hazen", "weibull", "median_unbiased", "normal_unbiased",
           "interpolated_inverted_cdf"]
for a in arrays + holes:
    for axis in [None] + list(range(a.ndim)) + ([(0, 2)] if a.ndim == 3 else []):
        args = {"axis": axis}
        add("median", {"a": a}, args, result=np.median(a, axis=axis))
        if a.dtype == bool:
            continue
        for method in methods:
            for q in [0, 0.1, 0.5, 0.77] if a.ndim == 1 else [0.3]:
                result = np.quantile(a, q, axis=axis, method=method)
                # The methods that choose an element keep whole numbers whole; ours are all of one type.
                result = result if a.dtype.kind == "f" else np.float64(result)
                add("quantile", {"a": a}, {**args, "q": q, "method": method}, result=result)
        if a.dtype != np.float32:
            add("quantile", {"a": a}, {**args, "q": [0.2, 0.5], "method": "linear"}, result=np.quantile(a, [0.2, 0.5], axis=axis))
        if a.dtype == np.float64:
            for op in ["nansum", "nanprod", "nanmean", "nanvar", "nanstd", "nanmax", "nanmin", "nanmedian"]:
                add(op, {"a": a}, args, result=getattr(np, op)(a, axis=axis))
            add("nanquantile", {"a": a}, {**args, "q": 0.3}, result=np.nanquantile(a, 0.3, axis=axis))
            add("nanvar", {"a": a}, {**args, "ddof": 1}, result=np.nanvar(a, axis=axis, ddof=1))

for a in [rng.normal(0, 1, 60), rng.randint(0, 20, 50), np.array([]), np.full(3, 2.5), np.linspace(0, 1, 101),
          np.array([0.1, 0.2, 0.3]), rng.uniform(0, 1, (5, 4)).astype(np.float32)]:
    for bins in [1, 3, 10]:
        counts, edges = np.histogram(a, bins)
        add("histogram", {"a": a}, {"bins": bins}, counts=counts, edges=edges.astype(np.float64))
    counts, edges = np.histogram(a, 7, (0.25, 0.75))
    add("histogram", {"a": a}, {"bins": 7, "range": [0.25, 0.75]}, counts=counts, edges=edges.astype(np.float64))
edges = np.array([0.0, 0.5, 0.5, 2.0])
for a in [rng.normal(0, 1, 50), np.array([0, 0.5, 2, 2.5, np.nan, -0.0])]:
    add("histogram_edges", {"a": a, "edges": edges}, {}, counts=np.histogram(a, edges)[0])
x = rng.uniform(-1, 8, 20)
for bins in [np.array([0.0, 2.0, 2.0, 7.0]), np.array([7.0, 2.0, 2.0, 0.0]), np.array([1.0]), np.array([])]:
    for right in [False, True]:
        add("digitize", {"a": np.append(x, [2.0, np.nan]), "bins": bins}, {"right": right},
            result=np.digitize(np.append(x, [2.0, np.nan]), bins, right))
n = rng.randint(0, 6, 12)
w = rng.randint(-8, 8, 12) / 4
add("bincount", {"a": n, "weights": w}, {}, result=np.bincount(n, w))
x, y = rng.uniform(-9, 9, 30), rng.uniform(-9, 9, 30)
p, u = rng.uniform(0.01, 9, 30), rng.uniform(-1, 1, 30)
for op, a in [("exp2", x), ("log2", p), ("log10", p), ("tan", x), ("arcsin", u), ("arccos", u), ("arctan", x), ("sinh", x),
              ("cosh", x), ("arcsinh", x), ("arccosh", p + 1), ("arctanh", u), ("cbrt", x)]:
    add(op, {"a": a}, {}, result=getattr(np, op)(a))
for op in ["hypot", "arctan2"]:
    add(op, {"a": x, "b": y}, {}, result=getattr(np, op)(x, y))
for t in [np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32, np.uint64]:
    a, b = rng.randint(0 if t(0) - 1 > 0 else -100, 100, 20).astype(t), rng.randint(0, 9, 20).astype(t)
    for op in ["bitwise_and", "bitwise_or", "bitwise_xor", "left_shift", "right_shift"]:
        add(op, {"a": a, "b": b}, {}, result=getattr(np, op)(a, b))
    add("invert", {"a": a}, {}, result=np.invert(a))
for a in [np.array([[3, 1], [1, 3], [3, 1]]), rng.randint(0, 2, (3, 5, 2)), np.array([[1.0, np.nan], [1.0, 2.0], [-0.0, 0.0]])]:
    for axis in range(a.ndim):
        v, i, r, c = np.unique(a, axis=axis, return_index=True, return_inverse=True, return_counts=True)
        add("unique", {"a": a}, {"axis": axis}, values=v, index=i, inverse=r, counts=c)

print('{"file": "statistics", "numpy": "%s", "cases": [' % np.__version__)
print(",\n".join(json.dumps(c, separators=(",", ":")) for c in cases))
print("]}")
