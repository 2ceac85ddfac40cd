#!/usr/bin/env python3
"""Writes the bundled data sets as Swift literals.

    Scripts/embed-datasets.py FOLDER

FOLDER holds digits.csv, iris.csv and diabetes.csv, whose sha256 is checked. The data are string literals because these
compile in no time, and stand in the program itself because a program copied elsewhere has to find them.
"""

import csv
import hashlib
import pathlib
import sys

SHA256 = {
    "digits.csv": "7a93e51f73dadeb4429b4fc0718b334d12864332b906bdf44f9da7599a7e0e01",
    "iris.csv": "3a6fc062ef64e75ac2e711cf140609279c55c7d9e17c794fc15ddc46c77287a0",
    "diabetes.csv": "9193026b7622ff944f0a6855a10107b24caf50dad69787c46e6890e69c27faca",
}
TARGET = pathlib.Path(__file__).resolve().parent.parent / "Sources" / "Datasets" / "Bundled"


def read(folder, name):
    data = (folder / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256[name]:
        sys.exit(f"{folder / name}: sha256 is {found}, not {SHA256[name]}")
    return data.decode("ascii")


def write(swift_name, source, comment, text):
    lines = "\n".join("    " + line for line in text.splitlines())
    assert "\\" not in lines and '"' not in lines
    (TARGET / f"{swift_name}Data.swift").write_text(
        f"// swift-format-ignore-file\n"
        f"// Made by Scripts/embed-datasets.py from {source} (sha256 {SHA256[source]}).\n\n"
        f"extension BundledData {{\n"
        f"  /// {comment}\n"
        f'  static let {swift_name.lower()}: StaticString = """\n{lines}\n    """\n'
        f"}}\n")


def digits(folder):
    """A letter a pixel, A for 0 to Q for 16, and the label's digit: a line an image."""
    rows = list(csv.reader(read(folder, "digits.csv").splitlines()))[1:]
    return "\n".join(
        "".join(chr(ord("A") + int(pixel)) for pixel in row[:-1]) + row[-1] for row in rows)


folder = pathlib.Path(sys.argv[1]) if len(sys.argv) == 2 else sys.exit(__doc__)
write("Digits", "digits.csv", "A line an image: a letter a pixel, `A` for 0 to `Q` for 16, and the label.", digits(folder))
write("Iris", "iris.csv", "The file as it is.", read(folder, "iris.csv"))
write("Diabetes", "diabetes.csv", "The file as it is.", read(folder, "diabetes.csv"))
