#!/usr/bin/env python3
"""Times NumPy and Myelin side by side and prints a table in Markdown.

    Benchmarks/numpy_comparison.py                                # all cases, types and sizes
    Benchmarks/numpy_comparison.py --cases add,sort --sizes 1000  # some of them
    Benchmarks/numpy_comparison.py --update-readme                # puts the table into README.md

README.md beside this file says how the times are taken.
"""

import argparse
import json
import math
import os
import pathlib
import platform
import subprocess
import sys
import time
import timeit
import venv

from report import FOLDER, chosen, circumstances, duration, update_readme

# What NumPy runs for each case; a, b and c are vectors, m and n matrices. Operation.swift holds
# the same in Swift.
CASES = {
    "add": "a + b",
    "multiply-add": "a * b + c",
    "exp": "np.exp(a)",
    "tanh": "np.tanh(a)",
    "sum": "m.sum()",
    "sum over axis 0": "m.sum(axis=0)",
    "sum over axis 1": "m.sum(axis=1)",
    "broadcast row": "m + row",
    "broadcast column": "m + column",
    "transposed copy": "m.T.copy()",
    "boolean mask": "a[mask]",
    "fancy rows": "m[rows]",
    "sort": "np.sort(a)",
    "matmul": "m @ n",
}
TYPES = ["float32", "float64"]
SIZES = [10, 1_000, 100_000, 10_000_000]
WIDTHS = [8, 16, 32, 64, 128, 256, 512, 1_024]  # of matrix products


def extents(case, size):
    """The rows and columns of a matrix of about so many elements; of products, of so many rows."""
    if case == "matmul":
        return size, size
    known = {10: (2, 5), 1_000: (25, 40), 100_000: (250, 400)}
    return known.get(size, (math.isqrt(size), math.isqrt(size)))


def required(case, elements):
    """How many times as fast as NumPy Myelin is to be at least."""
    if elements <= 1_000:
        return 3
    return 1 / 3 if case == "sort" else 1


def inputs(case, kind, size):
    """The operands of a case: what Operation.swift draws from the same seeds."""
    rows, columns = extents(case, size)

    def draw(seed, *shape):
        return np.random.RandomState(seed).uniform(-4, 4, shape).astype(kind)

    names = {"np": np}
    code = compile(CASES[case], case, "eval").co_names
    for seed, name in enumerate("abc", 1):
        if name in code:
            names[name] = draw(seed, size)
    if "m" in code:
        names["m"] = draw(1, rows, columns)
    if "n" in code:
        names["n"] = draw(2, columns, rows)
    if "row" in code:
        names["row"] = draw(2, columns)
    if "column" in code:
        names["column"] = draw(2, rows, 1)
    if "mask" in code:
        names["mask"] = names["a"] > 0
    if "rows" in code:
        names["rows"] = np.random.RandomState(2).uniform(0, rows, rows).astype(np.int64)
    return names


def check(case, names, got):
    """Compares Myelin's result with NumPy's, to a few roundings where these may differ."""
    want = np.asarray(eval(CASES[case], dict(names)))
    if got.shape != want.shape:
        raise SystemExit(f"{case}: the shape is {got.shape}, NumPy's {want.shape}")
    if not want.size:
        return
    epsilon = np.finfo(want.dtype).eps
    if case.startswith("sum") or case == "matmul":
        # The error of a sum grows with the sum of the magnitudes and, as roundings go both ways,
        # with the root of their number.
        absolute = {name: abs(value) if name in "mn" else value for name, value in names.items()}
        terms = names["m"].size // want.size if case != "matmul" else names["m"].shape[1]
        allowed = 2 * epsilon * math.sqrt(terms) * np.asarray(eval(CASES[case], absolute))
    elif case in ("exp", "tanh", "multiply-add"):
        largest = abs(names["a"] * names["b"]) + abs(names["c"]) if "b" in names else abs(want)
        allowed = 4 * epsilon * largest
    else:
        allowed = 0
    excess = abs(got - want) - allowed
    if not np.all(excess <= 0):
        worst = np.unravel_index(np.argmax(excess), want.shape)
        raise SystemExit(
            f"{case} {want.dtype}: {got[worst]} at {worst}, but {want[worst]} in NumPy")


class Myelin:
    """The program in Swift, which waits for cases while NumPy runs."""

    def __init__(self):
        command = ["swift", "build", "--package-path", FOLDER, "-c", "release"]
        path = subprocess.run(
            [*command, "--show-bin-path"], check=True, capture_output=True, text=True).stdout
        subprocess.run(command, check=True, stdout=sys.stderr)
        self.process = subprocess.Popen(
            [pathlib.Path(path.strip()) / "NumPyComparison"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, line):
        self.process.stdin.write((line + "\n").encode())
        self.process.stdin.flush()
        numbers = [int(word) for word in self.process.stdout.readline().split()]
        if not numbers:
            raise SystemExit(f"the program ended at: {line}")
        return numbers

    def result(self, case, kind, size):
        """Makes the case the one that is timed, and returns its result."""
        rows, columns = extents(case, size)
        rank, *rest = self.ask(f"run {kind} {size} {rows} {columns} {case}")
        values = np.frombuffer(self.process.stdout.read(rest[rank]), dtype=kind)
        return values.reshape(rest[:rank])

    def seconds(self, calls):
        return self.ask(f"time {calls}")[0] / 1e9


def calls_lasting(seconds, run):
    """How many calls take at least so long; they also bring processor and caches to speed."""
    calls = 1
    while run(calls) < seconds:
        calls *= 2
    return calls


def measure(myelin, case, kind, size, rounds, seconds):
    names = inputs(case, kind, size)
    check(case, names, myelin.result(case, kind, size))
    timer = timeit.Timer(CASES[case], globals=names)
    sides = [timer.timeit, myelin.seconds]
    calls = [calls_lasting(seconds, run) for run in sides]
    best = [math.inf, math.inf]
    for _ in range(rounds):
        for side, run in enumerate(sides):
            if case == "matmul":
                time.sleep(0.15)  # the threads of NumPy's BLAS stay busy for a while after work
            best[side] = min(best[side], run(calls[side]) / calls[side])
    elements = size * size if case == "matmul" else size
    ratio, least = best[0] / best[1], required(case, elements)
    return {
        "case": case, "type": kind, "size": size,
        "numpy_seconds": best[0], "myelin_seconds": best[1],
        "ratio": ratio, "required": least, "met": ratio >= least}


def line(row):
    size = f"{row['size']}²" if row["case"] == "matmul" else f"{row['size']:,}"
    times = f"{duration(row['numpy_seconds'])} | {duration(row['myelin_seconds'])}"
    least = {1 / 3: "⅓"}.get(row["required"], row["required"])
    return (f"| {row['case']} | {row['type']} | {size} | {times} | {row['ratio']:.2f} "
            f"| {least} | {'yes' if row['met'] else '**no**'} |")


HEAD = """| case | type | elements | NumPy | Myelin | times as fast | required | met |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=lambda text: chosen(text, CASES), default=list(CASES))
    parser.add_argument("--types", type=lambda text: chosen(text, TYPES), default=TYPES)
    parser.add_argument("--sizes", type=lambda text: chosen(text, SIZES, int), default=SIZES,
                        help="elements, for all cases but matmul")
    parser.add_argument("--widths", type=lambda text: chosen(text, WIDTHS, int), default=WIDTHS,
                        help="rows and columns, for matmul")
    parser.add_argument("--rounds", type=int, default=7, help="how often each side is timed")
    parser.add_argument("--seconds", type=float, default=0.02, help="the least length of a round")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE",
                        help="where to write the times")
    parser.add_argument("--update-readme", action="store_true", help="put the table into README.md")
    parser.add_argument("--install-numpy", action="store_true",
                        help="install NumPy in Benchmarks/.venv and run there")
    return parser.parse_args()


def run_with_numpy_installed():
    """Starts the script again, in a virtual environment that has NumPy."""
    home = FOLDER / ".venv"
    python = home / "bin" / "python3"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "numpy"], check=True)
    rest = [argument for argument in sys.argv[1:] if argument != "--install-numpy"]
    os.execv(python, [str(python), __file__, *rest])


def main(options):
    myelin = Myelin()
    found = circumstances()
    found["versions"] += f"; NumPy {np.__version__}, Python {platform.python_version()}"
    rows = []
    print(HEAD, flush=True)
    for case in options.cases:
        for kind in options.types:
            for size in options.widths if case == "matmul" else options.sizes:
                rows.append(measure(myelin, case, kind, size, options.rounds, options.seconds))
                print(line(rows[-1]), flush=True)
    met = sum(row["met"] for row in rows)
    summary = f"{met} of {len(rows)} as required. " + ". ".join(found.values()) + "."
    print("\n" + summary)
    if options.json:
        options.json.write_text(json.dumps({**found, "rows": rows}, indent=2) + "\n")
    if options.update_readme:
        update_readme("\n".join([summary, "", HEAD, *map(line, rows)]), "table")


if __name__ == "__main__":
    options = arguments()
    if options.install_numpy:
        run_with_numpy_installed()
    try:
        import numpy as np
    except ImportError:
        raise SystemExit("NumPy is not installed; --install-numpy installs it in Benchmarks/.venv")
    main(options)
