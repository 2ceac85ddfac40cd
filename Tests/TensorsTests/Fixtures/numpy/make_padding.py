"""Writes arrays whose axes are continued by NumPy's `pad`, in its modes but `constant` and `empty`; mistakes among them.

    python3 make_padding.py > padding.json

The format is that of indexing.json. Made with NumPy 2.4.6, Python 3.11.
"""

import json
import random

import numpy as np

rng = random.Random(13)
cases = []


def array(a):
    a = np.asarray(a)
    return {"shape": list(a.shape), "dtype": str(a.dtype), "data": a.ravel().tolist()}


def add(a, widths, mode, **others):
    case = {"id": f"padding-{len(cases):04}", "op": "pad", "inputs": {"a": array(a)},
            "args": {"pad_width": widths, "mode": mode, **others}}
    try:
        case["expected"] = {"result": array(np.pad(a, widths, mode, **others))}
        if a.dtype.kind == "f" and mode in ("mean", "linear_ramp"):
            # A mean of means, and a ramp to it.
            epsilon = float(np.finfo(a.dtype).eps)
            case["tol"] = {"rtol": 4 * epsilon, "atol": 4 * epsilon}
    except (IndexError, ValueError) as error:
        case["error"] = {"type": type(error).__name__, "message": str(error)}
    cases.append(case)


def numbers(shape, dtype):
    count = int(np.prod(shape))
    if dtype == "bool":
        return np.array([rng.random() < 0.5 for _ in range(count)], dtype=dtype).reshape(shape)
    low = 0 if dtype == "uint8" else -100
    values = np.array([rng.randint(low, 100) for _ in range(count)], dtype=dtype).reshape(shape)
    return values / np.dtype(dtype).type(8) if dtype.startswith("float") else values


MODES = ["edge", "reflect", "symmetric", "wrap", "maximum", "mean", "median", "minimum", "linear_ramp"]
for mode in MODES:
    for number in range(24):
        dtype = ["float64", "int64", "float32", "uint8", "int8", "int32", "bool"][number % 7]
        if dtype == "bool" and mode == "linear_ramp":
            dtype = "int64"
        shape = tuple(0 if rng.random() < 0.03 else rng.randint(1, 5) for _ in range(rng.randint(0 if number > 20 else 1, 3)))
        most = 11 if number % 3 == 0 and len(shape) < 3 else 2
        widths = [[rng.randint(0, most), rng.randint(0, most)] for _ in shape]
        if rng.random() < 0.2 or not shape:
            widths = widths[:1] or [[1, 2]]
        if rng.random() < 0.03:
            widths = widths + [[1, 1]] * 2
        if rng.random() < 0.02:
            widths[0][1] = -1
        others = {}
        if mode == "linear_ramp":
            low = 0 if dtype == "uint8" else -50
            others["end_values"] = [[rng.randint(low, 50), rng.randint(low, 50)] for _ in shape] if shape and rng.random() < 0.6 else [[3, 7]]
        add(numbers(shape, dtype), widths, mode, **others)
special = np.array([[np.nan, 1.0, -0.0], [2.0, np.inf, 0.0]])
for mode in MODES[:4] + ["maximum", "minimum"]:
    # Which of 0 and -0 is the larger NumPy leaves to the order of its vectors.
    add(special if mode in MODES[:4] else special + 1, [[2, 1], [1, 2]], mode)
for case in cases:
    for part in [case["inputs"]["a"], case.get("expected", {}).get("result", {"data": []})]:
        part["data"] = [str(x) if isinstance(x, float) and not np.isfinite(x) else x for x in part["data"]]

print(json.dumps({"file": "padding", "numpy": np.__version__, "count": len(cases), "cases": []})[:-2])
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
