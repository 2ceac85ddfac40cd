"""Writes random indexes, assignments and rearrangements with NumPy's answers, mistakes among them.

    python3 make_array_indexing.py > array_indexing.json

The format is that of indexing.json. Made with NumPy 2.4.6, Python 3.11.
"""

import json
import random

import numpy as np

rng = random.Random(7)
cases = []


def array(a):
    a = np.asarray(a)
    data = [x if a.dtype != bool else bool(x) for x in a.ravel().tolist()]
    return {"shape": list(a.shape), "dtype": str(a.dtype), "data": data}


def add(op, inputs, args, function):
    case = {"id": f"array_indexing-{len(cases):04}", "op": op,
            "inputs": {name: array(value) for name, value in inputs.items()}, "args": args}
    try:
        result = function()
    except (IndexError, ValueError, TypeError) as error:
        case["error"] = {"type": type(error).__name__, "message": str(error)}
    else:
        names = [f"r{i}" for i in range(len(result))] if isinstance(result, (list, tuple)) else ["result"]
        values = result if isinstance(result, (list, tuple)) else [result]
        case["expected"] = {name: array(value) for name, value in zip(names, values)}
    cases.append(case)


def shape(least=0, most=4):
    low = 0 if rng.random() < 0.1 else 1
    return tuple(rng.randint(low, 4) for _ in range(rng.randint(least, most)))


def numbers(shape, dtype=None):
    dtype = dtype or rng.choice(["int64", "float64", "float32", "int8", "uint8", "int32"])
    return np.arange(int(np.prod(shape))).reshape(shape).astype(dtype)


def positions(extent, common, mistakes):
    """An array of positions whose shape broadcasts to the common one."""
    own = [1 if rng.random() < 0.25 else n for n in common[rng.randint(0, len(common)):]] if rng.random() < 0.4 else common
    low, high = (-extent, extent - 1) if not mistakes or rng.random() < 0.9 else (-extent - 1, extent)
    count = int(np.prod(own))
    if high < low:
        own, count = (list(own)[:-1] + [0] if len(own) else [0]), 0
    return np.array([rng.randint(low, high) for _ in range(count)], dtype=rng.choice(["int64", "int64", "int32"])).reshape(own)


def index(of):
    mistakes = rng.random() < 0.2
    common = [rng.randint(1, 3) for _ in range(rng.randint(0, 2))]
    parts, axis = [], 0
    rank = len(of) + (1 if mistakes and rng.random() < 0.2 else 0)
    stop = rng.randint(0, rank)
    while axis < stop:
        extent = of[axis] if axis < len(of) else 2
        kind = rng.random()
        if kind < 0.2 and (extent > 0 or mistakes):
            high = extent - 1 + (1 if mistakes and rng.random() < 0.2 else 0)
            parts.append(rng.randint(-max(extent, 1), max(high, 0)))
        elif kind < 0.4:
            bound = lambda: None if rng.random() < 0.4 else rng.randint(-extent - 1, extent + 1)
            parts.append(slice(bound(), bound(), rng.choice([None, 1, 2, -1, -2])))
        elif kind < 0.55:
            span = rng.randint(0, min(2, len(of) - axis)) if axis < len(of) else 1
            own = [n + (1 if mistakes and rng.random() < 0.2 else 0) for n in of[axis:axis + span]] or ([] if span == 0 else [2])
            mask = np.array([rng.random() < 0.5 for _ in range(int(np.prod(own)))], dtype=bool).reshape(own)
            # A mask fits other arrays only if it takes as many as they have, or one.
            parts.append(mask)
            axis += span - 1
        else:
            parts.append(positions(extent, common, mistakes))
        axis += 1
    if rng.random() < 0.4:
        parts.insert(rng.randint(0, len(parts)), ...)
    while rng.random() < 0.25:
        parts.insert(rng.randint(0, len(parts)), None)
    return parts


def told(parts):
    def one(part):
        if part is ...:
            return "ellipsis"
        if part is None:
            return "newaxis"
        if isinstance(part, slice):
            return {"slice": [part.start, part.stop, part.step]}
        return {"int": part} if isinstance(part, int) else {"array": array(part)}
    return [one(part) for part in parts]


def assigned(a, parts, value):
    a = a.copy()
    a[tuple(parts)] = value
    return a


made = 0
while made < 420:
    a = numbers(shape())
    parts = index(a.shape)
    if not any(isinstance(part, np.ndarray) for part in parts):
        continue
    try:
        got = a[tuple(parts)].shape
    except (IndexError, ValueError):
        if rng.random() < 0.6:  # not too many of one kind
            continue
        got = ()
    made += 1
    if made % 3:
        add("getitem", {"a": a}, {"index": told(parts)}, lambda: a[tuple(parts)])
    else:
        own = [1 if rng.random() < 0.3 else n for n in got][rng.randint(0, len(got)):]
        if rng.random() < 0.15:
            own = own + [2]
        if rng.random() < 0.1:
            own = [1] * (len(got) - len(own) + 1) + own
        # Counted down, so that where a position comes twice it shows which value stays.
        value = -1 - np.arange(int(np.prod(own))).reshape(own)
        value = value.astype(a.dtype)
        if a.ndim == 0 and value.ndim:
            continue
        add("setitem", {"a": a, "value": value}, {"index": told(parts)}, lambda: assigned(a, parts, value))

for _ in range(40):
    a = numbers(shape())
    axis = rng.choice([None] + list(range(-a.ndim, a.ndim)) + ([a.ndim] if rng.random() < 0.2 else []))
    extent = a.size if axis is None or axis == a.ndim else a.shape[axis] if a.ndim else 1
    mode = rng.choice(["raise", "wrap", "clip"])
    low, high = (-extent, extent - 1) if mode == "raise" else (-3 * extent - 1, 3 * extent)
    if rng.random() < 0.1:
        high += 2
    if high < low:
        continue
    i = np.array([rng.randint(low, high) for _ in range(4)]).reshape(rng.choice([(4,), (2, 2), (1, 4)]))
    if a.size == 0 and axis is not None:
        continue  # NumPy doesn't look at positions where there is nothing to copy
    add("take", {"a": a, "indices": i}, {"axis": axis, "mode": mode}, lambda: np.take(a, i, axis=axis, mode=mode))
    value = np.array([-1, -2, -3][:rng.randint(0, 3)]).astype(a.dtype)

    def put():
        b = a.copy()
        np.put(b, i, value, mode)
        return b
    add("put", {"a": a, "indices": i, "value": value}, {"mode": mode}, put)

for _ in range(20):
    a = numbers(shape(1, 3))
    axis = rng.randrange(-a.ndim, a.ndim)
    own = [1 if rng.random() < 0.2 else n for n in a.shape]
    own[axis] = rng.randint(0, 3)
    extent = a.shape[axis]
    if extent == 0:
        continue
    i = np.array([rng.randint(-extent, extent - (0 if rng.random() < 0.02 else 1)) for _ in range(int(np.prod(own)))], dtype="int64").reshape(own)
    if rng.random() < 0.15:
        i = i[None]
    add("take_along_axis", {"a": a, "indices": i}, {"axis": axis}, lambda: np.take_along_axis(a, i, axis))

for _ in range(14):
    a = numbers(shape())
    wrong = 1 if rng.random() < 0.2 else 0
    axis = lambda: rng.randint(-a.ndim - wrong, max(a.ndim - 1, 0) + wrong)
    some = lambda most: [axis() for _ in range(rng.randint(1, most))]
    axes = some(2)
    add("flip", {"a": a}, {"axis": axes}, lambda: np.flip(a, tuple(axes)))
    add("squeeze", {"a": a}, {"axis": None}, lambda: np.squeeze(a))
    add("squeeze", {"a": a}, {"axis": axes}, lambda: np.squeeze(a, tuple(axes)))
    places = [rng.randint(-a.ndim - 1, a.ndim + wrong) for _ in range(rng.randint(1, 2))]
    add("expand_dims", {"a": a}, {"axis": places}, lambda: np.expand_dims(a, tuple(places)))
    source, destination = some(3), some(3)
    if rng.random() < 0.7:
        source = rng.sample(range(a.ndim), rng.randint(0, a.ndim))
        destination = rng.sample(range(a.ndim), len(source))
    add("moveaxis", {"a": a}, {"source": source, "destination": destination},
        lambda: np.moveaxis(a, source, destination))
    first, second = axis(), axis()
    add("swapaxes", {"a": a}, {"axis1": first, "axis2": second}, lambda: np.swapaxes(a, first, second))
    shifts = [rng.randint(-9, 9) for _ in range(rng.randint(1, 2))]
    add("roll", {"a": a}, {"shift": shifts, "axis": axes}, lambda: np.roll(a, shifts, tuple(axes)))
    reps = [rng.randint(-wrong, 3) for _ in range(rng.randint(0, 4))]
    add("tile", {"a": a}, {"reps": reps}, lambda: np.tile(a, reps))
    one = axis()
    repeats = [rng.randint(-wrong, 3) for _ in range(a.shape[one] if -a.ndim <= one < a.ndim and rng.random() < 0.8 else 3)]
    add("repeat", {"a": a}, {"repeats": repeats, "axis": one}, lambda: np.repeat(a, repeats, axis=one))
    widths = [[rng.randint(-wrong, 2), rng.randint(0, 2)] for _ in range(a.ndim if rng.random() < 0.7 else rng.randint(1, 3))]
    values = [[rng.randint(0, 9), rng.randint(0, 9)] for _ in range(a.ndim if rng.random() < 0.7 and a.ndim else 1)]
    if a.ndim:
        add("pad", {"a": a}, {"pad_width": widths, "mode": "constant", "constant_values": values},
            lambda: np.pad(a, widths, constant_values=values))
    sections = rng.randint(-1, 5)
    if a.ndim and not wrong:
        add("array_split", {"a": a}, {"indices_or_sections": sections, "axis": one},
            lambda: np.array_split(a, sections, axis=one))
        cuts = [rng.randint(-5, 5) for _ in range(rng.randint(1, 3))]
        add("split", {"a": a}, {"indices_or_sections": cuts, "axis": one}, lambda: np.split(a, cuts, axis=one))
    add("tril", {"a": numbers(a.shape or (2,), a.dtype)}, {"k": sections},
        lambda: np.tril(numbers(a.shape or (2,), a.dtype), sections))
    add("triu", {"a": numbers(a.shape or (2,), a.dtype)}, {"k": sections},
        lambda: np.triu(numbers(a.shape or (2,), a.dtype), sections))
    order = rng.choice("CF")
    add("ravel", {"a": a}, {"order": order}, lambda: np.ravel(a, order))
    add("rot90", {"a": a}, {"k": sections, "axes": [one, first]}, lambda: np.rot90(a, sections, (one, first)))
    b = numbers(a.shape if rng.random() < 0.6 else shape(), a.dtype)
    for op, function in [("stack", np.stack), ("concatenate", np.concatenate)]:
        add(op, {"a0": a, "a1": b}, {"axis": one}, lambda: function([a, b], axis=one))
    for op, function in [("hstack", np.hstack), ("vstack", np.vstack), ("dstack", np.dstack), ("column_stack", np.column_stack)]:
        add(op, {"a0": a, "a1": b}, {}, lambda: function([a, b]))

lines = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
print(f'{{"file": "array_indexing", "numpy": "{np.__version__}", "count": {len(cases)}, "cases": [\n{lines}\n]}}')
