#!/usr/bin/env python3
"""Trains the jobs of `myelin bench` with other libraries, too, and prints a table in Markdown.

    Benchmarks/training_comparison.py                            # with what this Python has installed
    Benchmarks/training_comparison.py --make-environment .venv   # installs all peers there first
    Benchmarks/training_comparison.py --jobs xor,mnist --peers jax,torch
    Benchmarks/training_comparison.py --update-readme            # puts the table into README.md

README.md beside this file says how the times are taken.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import time
import venv

from report import FOLDER, chosen, circumstances, duration, output_of, update_readme

JOBS = ["xor", "moons", "digits", "mnist", "wide", "predict", "start"]
PEERS = ["jax", "torch", "torch.compile", "keras", "scikit-learn", "numpy", "onnxruntime"]
TRAINERS = [peer for peer in PEERS if peer != "onnxruntime"]
PREDICTORS = ["jax", "torch", "numpy", "onnxruntime"]
PACKAGES = ["numpy", "scikit-learn", "jax", "keras", "onnx", "onnxruntime", "torch"]


def peers_of(job):
    if job == "predict":
        return PREDICTORS
    # To compile takes torch many seconds at each start.
    return [peer for peer in TRAINERS if job != "start" or peer != "torch.compile"]


def make_environment(folder, wheels):
    """A virtual environment with all peers; returns its Python."""
    python = folder / "bin" / "python3"
    if not python.exists():
        venv.create(folder, with_pip=True)
    packages = list(PACKAGES)
    if wheels:
        # A wheel that lies there is taken as it is, whatever newer one there may be elsewhere.
        for position, package in enumerate(packages):
            stem = package.replace("-", "_")
            files = sorted(wheels.glob(f"{stem}-*.whl"))
            if files:
                packages[position] = str(files[-1])
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *packages], check=True, stdout=sys.stderr)
    return python


def build():
    command = ["swift", "build", "--package-path", FOLDER.parent, "-c", "release"]
    command += ["--product", "myelin"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return pathlib.Path(output_of(*map(str, command), "--show-bin-path")) / "myelin"


def answer(*command):
    """What a program prints as JSON; `None` and a word on standard error if it fails."""
    run = subprocess.run(list(map(str, command)), cwd=FOLDER, capture_output=True, text=True)
    if run.returncode:
        last = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"{' '.join(map(str, command[1:]))}: {last}", file=sys.stderr)
        return None
    return json.loads(run.stdout.strip().splitlines()[-1])


def timed(side, job, myelin, python, seconds):
    """The time of a step in microseconds, and the losses."""
    if side == "myelin":
        found = answer(myelin, "bench", job, "--json", "--seconds", seconds)
        return found and found[job]
    script = FOLDER / "training_peers.py"
    if job == "start":
        start = time.perf_counter()
        found = answer(python, script, side, "start")
        microseconds = (time.perf_counter() - start) * 1e6
        return found and {**found, "step_us": microseconds, "min_us": microseconds, "steps": 1}
    return answer(python, script, side, job, seconds)


def measure(job, peers, myelin, python, options):
    """For each side the round with the least time: what else the machine does only slows down."""
    sides = ["myelin", *[peer for peer in peers if peer in peers_of(job)]]
    best = {}
    for _ in range(options.rounds):
        for side in list(sides):
            found = timed(side, job, myelin, python, options.seconds)
            if found is None:
                sides.remove(side)
            elif side not in best or found["min_us"] < best[side]["min_us"]:
                best[side] = found
    return best


def line(job, best, peers):
    def cell(side):
        return duration(best[side]["min_us"] / 1e6) if side in best else "–"

    ratio, fastest = "–", min(
        (side for side in best if side != "myelin"), default=None,
        key=lambda side: best[side]["min_us"])
    if fastest and "myelin" in best:
        ratio = f"{best[fastest]['min_us'] / best['myelin']['min_us']:.2f} ({fastest})"
    losses = best.get("myelin", {})
    fell = f"{losses['loss_first']:.3g} → {losses['loss_last']:.3g}" if losses else "–"
    return "| " + " | ".join([job, cell("myelin"), ratio, *map(cell, peers), fell]) + " |"


def head(peers):
    names = ["job", "Myelin", "times as fast as the fastest peer", *peers, "Myelin's loss"]
    rule = ["---", *["---:"] * (len(names) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (names, rule))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=lambda text: chosen(text, JOBS), default=JOBS)
    parser.add_argument("--peers", type=lambda text: chosen(text, PEERS), default=PEERS)
    parser.add_argument("--rounds", type=int, default=5, help="how often each side runs a job")
    parser.add_argument("--seconds", type=float, default=1, help="how long a side runs a job")
    parser.add_argument("--make-environment", type=pathlib.Path, metavar="DIR",
                        help="install the peers in a virtual environment there, and run them in it")
    parser.add_argument("--wheels", type=pathlib.Path, metavar="DIR",
                        help="a folder of wheels to take before those of PyPI")
    parser.add_argument("--myelin", type=pathlib.Path, metavar="FILE",
                        help="the program, if it isn't to be built for release")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE",
                        help="where to write the times")
    parser.add_argument("--update-readme", action="store_true", help="put the table into README.md")
    return parser.parse_args()


def main(options):
    python = pathlib.Path(sys.executable)
    if options.make_environment:
        python = make_environment(options.make_environment.absolute(), options.wheels)
    myelin = options.myelin.absolute() if options.myelin else build()
    versions = answer(python, FOLDER / "training_peers.py", "versions")
    if versions is None:
        raise SystemExit("the peers need NumPy at least; --make-environment DIR installs them all")
    peers = [peer for peer in options.peers if peer in versions]
    found = circumstances()
    installed = [f"{peer} {versions[peer]}" for peer in peers if peer != "torch.compile"]
    found["versions"] += "; " + ", ".join(installed)
    rows, results = [], {}
    print(head(peers), flush=True)
    for job in options.jobs:
        results[job] = measure(job, peers, myelin, python, options)
        rows.append(line(job, results[job], peers))
        print(rows[-1], flush=True)
    summary = ". ".join(found.values()) + f". The least of {options.rounds} rounds."
    print("\n" + summary)
    if options.json:
        options.json.write_text(json.dumps({**found, "results": results}, indent=2) + "\n")
    if options.update_readme:
        update_readme("\n".join([summary, "", head(peers), *rows]), "training table")


if __name__ == "__main__":
    main(arguments())
