"""What the comparisons share: where they ran, how times read, and the tables in README.md."""

import argparse
import datetime
import os
import pathlib
import platform
import subprocess

FOLDER = pathlib.Path(__file__).resolve().parent
README = FOLDER / "README.md"


def output_of(*command):
    try:
        return subprocess.run(
            command, cwd=FOLDER, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def circumstances():
    """Where and when the times are taken, and of which Myelin."""
    processor = platform.processor() or platform.machine()
    information = pathlib.Path("/proc/cpuinfo")
    if information.exists():
        lines = information.read_text().splitlines()
        models = [text for text in lines if text.startswith("model name")]
        processor = models[0].split(":")[1].strip() if models else processor
    compiler = (output_of("swift", "--version").splitlines() or ["Swift"])[0]
    commit = output_of("git", "describe", "--always", "--dirty", "--exclude=*")
    return {
        "machine": f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "date": datetime.date.today().isoformat(),
        "versions": f"Myelin {commit}, {compiler}",
    }


def duration(seconds):
    for unit, scale in (("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3)):
        if seconds < 1_000 * scale:
            return f"{seconds / scale:.3g} {unit}"
    return f"{seconds:.3g} s"


def update_readme(table, name):
    """Puts a table between the comments that name it."""
    begins, ends = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
    before, rest = README.read_text().split(begins)
    after = rest.split(ends)[1]
    README.write_text(f"{before}{begins}\n\n{table}\n\n{ends}{after}")


def chosen(text, known, convert=str):
    """The parts of a list with commas, each of them known."""
    parts = [convert(part.strip()) for part in text.split(",")]
    for part in parts:
        if part not in known:
            raise argparse.ArgumentTypeError(f"{part} is none of {', '.join(map(str, known))}")
    return parts
