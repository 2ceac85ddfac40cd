"""Writes indexes as texts, with what NumPy takes by them of a tensor; mistakes among them.

    python3 make_slices.py > slices.json

The format is that of indexing.json; `text` is the index. Made with NumPy 2.4.6, Python 3.11.
"""

import json
import random

import numpy as np

rng = random.Random(11)
cases = []


def array(a):
    a = np.asarray(a)
    return {"shape": list(a.shape), "dtype": str(a.dtype), "data": a.ravel().tolist()}


def add(shape, text):
    a = np.arange(int(np.prod(shape))).reshape(shape)
    case = {"id": f"slices-{len(cases):04}", "op": "getitem", "inputs": {"a": array(a)}, "args": {"text": text}}
    try:
        case["expected"] = {"result": array(eval(f"tensor[{text}]", {"tensor": a, "None": None, "newaxis": None, "np": np}))}
    except (IndexError, ValueError, SyntaxError, NameError, TypeError) as error:
        case["error"] = {"type": type(error).__name__, "message": str(error)}
    cases.append(case)


def number(least, most):
    value = rng.randint(least, most)
    return rng.choice([str(value), str(value), f"+{value}" if value >= 0 else str(value), "-0" if value == 0 else str(value)])


def bound(extent):
    return rng.choice(["", "", "None", *[number(-extent - 2, extent + 2)] * 5, "9" * 30, "-" + "9" * 30])


def blank():
    return rng.choice(["", "", "", " ", "  ", "\t"])


def part(extent):
    kind = rng.random()
    if kind < 0.3:
        return number(-extent, extent - 1) if extent > 0 and rng.random() < 0.95 else number(-extent - 1, extent)
    colons = [bound(extent), bound(extent)]
    if rng.random() < 0.6:
        colons.append(rng.choice(["", "None", "1", "2", "3", "-1", "-2", "-3", "7", "1" + "0" * 25, "-1" + "0" * 25]))
    return (blank() + ":" + blank()).join(colons)


while len(cases) < 500:
    shape = tuple(rng.choice([0, 1, 2, 3, 4, 5]) if rng.random() < 0.3 else rng.randint(1, 5) for _ in range(rng.randint(0, 4)))
    count = rng.randint(0, len(shape)) + (rng.random() < 0.05)
    parts = [part(shape[i] if i < len(shape) else 3) for i in range(count)]
    if parts and rng.random() < 0.3:
        cut = rng.randint(0, len(parts))
        # Parts behind an ellipsis name the last axes.
        behind = [part(extent) for extent in shape[len(shape) - len(parts) + cut:]] if count <= len(shape) else parts[cut:]
        parts = parts[:cut] + [rng.choice(["...", "Ellipsis"])] + behind
    while rng.random() < 0.25 or not parts:
        parts.insert(rng.randint(0, len(parts)), rng.choice(["None", "newaxis", "np.newaxis"]))
    text = ",".join(blank() + part + blank() for part in parts) + rng.choice(["", "", "", ",", " , "])
    # Python doesn't take a tabulator at the start of a line for a blank.
    add(shape, text.lstrip())

for text in ["", " ", ",", ",1", "1,,2", "::::", "1:2:3:4", "::0", "0::0", ":, ::0", "..., ...", "0, ..., 1, ...", "a", "1.5", "1.5:", "1e3",
             "007", "-01", "1 2", "1:2 3", "--", "-", "+", "..", "....", "None None", "none", "1:x", "'a'", "\"a\"", "é", "1, ٣", "٣",
             "0, 9", "-9", "9" * 30, "-" + "9" * 30, "0,0,0,0", ":,:,:,:", "0:1:", "::", ":", "...", "None", "00", "-0", "Ellipsis, 0"]:
    add((3, 4, 5), text)

print(json.dumps({"file": "slices", "numpy": np.__version__, "count": len(cases), "cases": []})[:-2])
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
