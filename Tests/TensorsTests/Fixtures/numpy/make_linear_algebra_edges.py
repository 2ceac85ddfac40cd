"""Makes linear_algebra_edges.json: NumPy's answers at the edges of linear algebra.

    python3 make_linear_algebra_edges.py linear_algebra_edges.json

Subscripts of einsum by chance, right and wrong; shapes without elements, stacks, and operands that don't fit.
The committed file: NumPy 2.4.6, Python 3.11, seed 0.
"""

import json
import random
import sys
import warnings

import numpy as np

warnings.simplefilter("ignore")
random.seed(0)
state = np.random.RandomState(0)
cases = []


def plain(x):
    x = np.asarray(x)
    data = x.ravel().tolist()
    if x.dtype.kind == "f":
        data = [v if np.isfinite(v) else ("nan" if np.isnan(v) else "inf" if v > 0 else "-inf") for v in data]
    return {"shape": list(x.shape), "dtype": x.dtype.name, "data": data}


def case(op, inputs, args, call, names=("result",), tol=None, compare=None):
    entry = {"id": f"edge-{len(cases):04}", "op": op, "inputs": {k: plain(v) for k, v in inputs.items()}, "args": args}
    try:
        results = call()
        results = results if isinstance(results, tuple) else (results,)
        entry["expected"] = {name: plain(result) for name, result in zip(names, results, strict=True)}
        if tol is not None:
            entry["tol"] = tol
        if compare is not None:
            entry["compare"] = compare
    except Exception as error:
        entry["error"] = {"type": type(error).__name__, "message": str(error)}
    cases.append(entry)


def whole(shape):
    return state.randint(-4, 5, shape)


# einsum: whole numbers, so that any order of sums gives the same.
LETTERS = "abcdXY"


def subscripts():
    extents = {letter: random.choice([1, 2, 3]) for letter in LETTERS}
    count = random.choice([1, 1, 2, 2, 2, 3, 4])
    texts, shapes = [], []
    extra = random.choice([[], [], [2], [3, 2]])
    for _ in range(count):
        labels = [random.choice(LETTERS) for _ in range(random.choice([0, 1, 2, 2, 3]))]
        shape = [extents[letter] for letter in labels]
        text = "".join(labels)
        if extra and random.random() < 0.7:
            own = extra[random.randint(0, len(extra)):]
            own = [random.choice([1, n, n, n]) for n in own]
            at = random.randint(0, len(labels))
            text = text[:at] + "..." + text[at:]
            shape = shape[:at] + own + shape[at:]
        # Sometimes an extent that must be repeated.
        shape = [1 if random.random() < 0.05 else n for n in shape]
        texts.append(text)
        shapes.append(shape)
    text = ",".join(texts)
    if random.random() < 0.7:
        known = sorted(set(c for t in texts for c in t if c != "."))
        kept = random.sample(known, random.randint(0, len(known)))
        output = "".join(kept)
        if "..." in text and random.random() < 0.9:
            at = random.randint(0, len(output))
            output = output[:at] + "..." + output[at:]
        text += "->" + output
    return text, shapes


def spoiled(text, shapes):
    text, shapes = list(text), [list(shape) for shape in shapes]
    for _ in range(random.choice([1, 1, 2])):
        kind = random.randint(0, 5)
        at = random.randint(0, len(text))
        if kind == 0:
            text.insert(at, random.choice("abzZ.,->1 ?"))
        elif kind == 1 and text:
            text.pop(min(at, len(text) - 1))
        elif kind == 2 and text:
            at = min(at, len(text) - 1)
            text[at] = random.choice("abX.,->7_ ")
        elif kind == 3:
            shape = random.choice(shapes)
            if shape:
                shape[random.randrange(len(shape))] = random.choice([0, 1, 2, 3, 4])
        elif kind == 4:
            random.choice(shapes).append(random.choice([1, 2]))
        elif len(shapes) > 1:
            shapes.pop()
    return "".join(text), shapes


for number in range(400):
    text, shapes = subscripts()
    if number % 2:
        text, shapes = spoiled(text, shapes)
    operands = [whole(shape) for shape in shapes]
    if max((np.prod(shape) for shape in shapes), default=1) > 150:
        continue
    case("einsum", {f"a{i}": x for i, x in enumerate(operands)}, {"subscripts": text},
         lambda: np.einsum(text, *operands))

# Shapes: without elements, stacks, too few axes, not square.
CLOSE = {"rtol": 1e-12, "atol": 1e-13}
SIGNS = "up to signs"
SHAPES = [(), (0,), (2,), (0, 0), (0, 3), (3, 0), (1, 1), (2, 3), (3, 2), (2, 0, 0), (0, 2, 2), (2, 0, 3), (2, 3, 0),
          (3, 2, 2), (2, 2, 3), (2, 3, 2), (2, 1, 3, 3)]
linalg = np.linalg
for shape in SHAPES:
    a = state.standard_normal(shape)
    one = {"a": a}
    case("inv", one, {}, lambda: linalg.inv(a), tol={"rtol": 1e-10, "atol": 1e-11})
    case("det", one, {}, lambda: linalg.det(a), tol=CLOSE)
    case("slogdet", one, {}, lambda: linalg.slogdet(a), ("sign", "logabsdet"), CLOSE)
    for mode in ("reduced", "complete"):
        case("qr", one, {"mode": mode}, lambda: linalg.qr(a, mode), ("Q", "R"), CLOSE, SIGNS)
    case("qr", one, {"mode": "r"}, lambda: linalg.qr(a, "r"), ("R",), CLOSE, SIGNS)
    case("svd", one, {"compute_uv": False}, lambda: linalg.svd(a, compute_uv=False), tol=CLOSE)
    case("svd", one, {"compute_uv": True, "full_matrices": False}, lambda: linalg.svd(a, False), ("U", "S", "Vh"), CLOSE,
         SIGNS)
    # Of the vectors that complete a square only the space is determined: the test looks at the products.
    case("svd", one, {"compute_uv": True, "full_matrices": True}, lambda: linalg.svd(a), ("U", "S", "Vh"), CLOSE,
         "thin part up to signs")
    case("eigh", one, {}, lambda: linalg.eigh(a), ("values", "vectors"), CLOSE, SIGNS)
    case("eigvalsh", one, {}, lambda: linalg.eigvalsh(a), tol=CLOSE)
    if shape != (0,):  # unpacking of a tuple fails
        case("pinv", one, {}, lambda: linalg.pinv(a), tol={"rtol": 1e-10, "atol": 1e-11})
    case("matrix_rank", one, {}, lambda: np.asarray(linalg.matrix_rank(a)))
    for order in (None, 1, -1, 2, -2, np.inf, "fro"):
        if shape == (0,):
            continue
        case("cond", one, {"p": order if order != np.inf else "inf"}, lambda: linalg.cond(a, order),
             tol={"rtol": 1e-10, "atol": 0})
    for power in (0, 1, 2, 3, 7, -2):
        case("matrix_power", one, {"n": power}, lambda: linalg.matrix_power(a, power),
             tol={"rtol": 1e-9, "atol": 1e-9})
    b = np.eye(shape[-1]) * 2 + np.matmul(a, np.swapaxes(a, -1, -2)) if len(shape) > 1 and shape[-1] == shape[-2] else a
    case("cholesky", {"a": b}, {}, lambda: linalg.cholesky(b), tol=CLOSE)
    for offset in (0, 1, -1, 5, -5):
        case("diagonal", one, {"offset": offset, "axis1": 0, "axis2": 1}, lambda: np.diagonal(a, offset))
        case("trace", one, {"offset": offset, "axis1": 0, "axis2": 1}, lambda: np.trace(a, offset),
             tol={"rtol": 1e-15, "atol": 1e-15})
    for axes in ((-1, 0), (1, 1), (0, 4), (-5, 0), (2, 1)):
        case("trace", one, {"offset": 0, "axis1": axes[0], "axis2": axes[1]},
             lambda: np.trace(a, axis1=axes[0], axis2=axes[1]), tol={"rtol": 1e-15, "atol": 1e-15})
    for order in (None, 1, -1, 2, -2, 0, 0.5, -1.5, np.inf, -np.inf, "fro", "nuc"):
        for axis in (None, 0, -1, (0, 1), (-1, -2), (0, 0), (0, 1, 2), 3):
            for keeping in (False, True):
                if random.random() > 0.12:
                    continue
                name = {np.inf: "inf", -np.inf: "-inf"}.get(order, order)
                case("norm", one, {"ord": name, "axis": list(axis) if isinstance(axis, tuple) else axis,
                                   "keepdims": keeping},
                     lambda: np.asarray(linalg.norm(a, order, axis, keeping)), tol={"rtol": 1e-12, "atol": 1e-13})

# Pairs of shapes.
PAIRS = [((), ()), ((), (2,)), ((2,), (2,)), ((2,), (3,)), ((0,), (0,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 2)),
         ((2, 3), (2, 3)), ((2, 3), (4, 3)), ((2, 0), (0, 3)), ((0, 2), (2, 3)), ((2, 2, 3), (2, 3, 2)), ((4, 2, 3), (3,)),
         ((3,), (4, 3, 2)), ((4, 2, 3), (5, 3, 2)), ((2, 1, 2, 3), (3, 3, 2)), ((1, 3), (3, 1)), ((2, 3), ()), ((), (2, 3)),
         ((2, 3), (2, 2, 3)), ((2, 3, 2), (3, 2, 4)), ((3, 3), (3, 3))]
for x, y in PAIRS:
    a, b = whole(x), whole(y)
    both = {"a": a, "b": b}
    for name in ("dot", "matmul", "inner", "outer", "vdot", "kron"):
        case(name, both, {}, lambda: np.asarray(getattr(np, name)(a, b)))
    if x and y:
        case("cross", both, {}, lambda: linalg.cross(a, b))
    for axes in (0, 1, 2, ([0], [0]), ([-1], [-2]), ([0, 1], [1, 0]), ([1, 0], [0, 1]), ([0, 0], [0, 1]), ([0], [0, 1])):
        flat = axes if isinstance(axes, int) else sum(axes, [])
        if isinstance(axes, int) and axes > min(len(x), len(y)):
            continue
        if not isinstance(axes, int):
            # NumPy says "tuple index out of range" of axes that there are not.
            if any(not -len(s) <= n < len(s) for s, ns in zip((x, y), axes) for n in ns):
                continue
        case("tensordot", both, {"axes": axes if isinstance(axes, int) else list(axes)},
             lambda: np.asarray(np.tensordot(a, b, axes)))
SOLVES = [((2, 2), (2,)), ((2, 2), (2, 3)), ((2, 2), (3,)), ((2, 2), (3, 2)), ((2, 2), ()), ((2, 3), (2,)), ((2,), (2,)),
          ((0, 0), (0,)), ((0, 0), (0, 3)), ((3, 3), (3, 0)), ((2, 3, 3), (3,)), ((2, 3, 3), (3, 2)), ((3, 3), (4, 3, 2)),
          ((2, 3, 3), (2, 3)), ((2, 1, 3, 3), (4, 3, 1)), ((2, 3, 3), (3, 3, 1)), ((0, 3, 3), (3,)), ((2, 0, 0), (2, 0, 1)),
          ((), (2,))]
for x, y in SOLVES:
    a, b = state.standard_normal(x), state.standard_normal(y)
    case("solve", {"a": a, "b": b}, {}, lambda: linalg.solve(a, b), tol={"rtol": 1e-10, "atol": 1e-11})
FITS = [((4, 2), (4,)), ((4, 2), (4, 3)), ((2, 4), (2,)), ((3, 3), (3,)), ((3, 2), (4,)), ((3, 2), (3, 1, 1)), ((3, 2), ()),
        ((3,), (3,)), ((1, 3, 3), (3,)), ((0, 3), (0,)), ((0, 3), (0, 2)), ((3, 0), (3,)), ((3, 0), (3, 2)), ((0, 0), (0,)),
        ((3, 2), (3, 0)), ((1, 1), (1,)), ((1, 4), (1, 2)), ((4, 1), (4, 2))]
for x, y in FITS:
    a, b = state.standard_normal(x), state.standard_normal(y)
    for rcond in (None, 0.5, 2.0):
        case("lstsq", {"a": a, "b": b}, {"rcond": rcond}, lambda: linalg.lstsq(a, b, rcond), ("x", "residuals", "rank", "s"),
             {"rtol": 1e-10, "atol": 1e-11})

# What the data can bring about.
SPECIAL = {
    "zeros": np.zeros((2, 2)), "ones": np.ones((3, 3)), "negative": -np.eye(2), "nan": np.array([[1.0, np.nan], [np.nan, 2]]),
    "stack": np.stack([np.eye(2), np.zeros((2, 2))]), "wholes": np.array([[1.0, 2], [2, 4]]),
}
for name, a in SPECIAL.items():
    one = {"a": a}
    case("solve", {"a": a, "b": np.ones(a.shape[-1])}, {}, lambda: linalg.solve(a, np.ones(a.shape[-1])), tol=CLOSE)
    case("inv", one, {}, lambda: linalg.inv(a), tol=CLOSE)
    case("det", one, {}, lambda: linalg.det(a), tol=CLOSE)
    if name != "nan":  # the sign of NaN
        case("slogdet", one, {}, lambda: linalg.slogdet(a), ("sign", "logabsdet"), CLOSE)
    if name != "nan":  # OpenBLAS finds no mistake in NaN
        case("cholesky", one, {}, lambda: linalg.cholesky(a), tol=CLOSE)
    case("svd", one, {"compute_uv": False}, lambda: linalg.svd(a, compute_uv=False), tol=CLOSE)
    if name != "nan":  # which gives NaN
        case("eigvalsh", one, {}, lambda: linalg.eigvalsh(a), tol=CLOSE)
    case("pinv", one, {}, lambda: linalg.pinv(a), tol=CLOSE)
    case("matrix_rank", one, {}, lambda: np.asarray(linalg.matrix_rank(a)))
    case("matrix_power", one, {"n": -1}, lambda: linalg.matrix_power(a, -1), tol=CLOSE)
    for order in (1, -1, "inf", "-inf", "fro"):
        case("cond", one, {"p": order}, lambda: linalg.cond(a, float(order) if "inf" in str(order) else order), tol=CLOSE)
    if a.ndim == 2:
        case("lstsq", {"a": a, "b": np.ones(a.shape[0])}, {"rcond": None}, lambda: linalg.lstsq(a, np.ones(a.shape[0])),
             ("x", "residuals", "rank", "s"), CLOSE)

# LAPACK writes complaints about NaN to the standard output.
with open(sys.argv[1], "w") as file:
    file.write('{"file": "linear_algebra_edges", "numpy": "%s", "count": %d, "cases": [\n' % (np.__version__, len(cases)))
    file.write(",\n".join(json.dumps(c) for c in cases))
    file.write("\n]}\n")
