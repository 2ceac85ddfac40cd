#!/usr/bin/env python3
"""Lets NumPy read the npz files that the tests compare with what the package writes.

    python3 check_written.py    (NumPy 2.4.6, Python 3.11)

`written_stored.npz` and `written_deflated.npz` hold `example()` of NPZTests.swift, `written_zip64.npz` the archive with every size
in zip64's fields. When what is written changes on purpose, replace the files by the new bytes and run this.
"""

import io
import pathlib
import zipfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLE = {
    "weight": np.array([[1, -2, 0.5], [4, 5, 6]], "float32").T,
    "layer/0/größe": np.full((8, 50), 0.1),
    "flags": np.array([True, False, True]),
    "whole": np.array([-(2**63), -1, 2**63 - 1]),
    "nothing": np.zeros((0, 3), "uint8"),
    "": np.array(7, "uint16"),
}
PAIR = {"a": np.array([1, 2], "float32"), "b": np.array([1, 2], "float32")}


def npy(array):
    file = io.BytesIO()
    np.save(file, np.ascontiguousarray(array) if array.ndim else array)
    return file.getvalue()


for name, expected, method in [("written_stored", EXAMPLE, zipfile.ZIP_STORED), ("written_deflated", EXAMPLE, zipfile.ZIP_DEFLATED),
                               ("written_zip64", PAIR, zipfile.ZIP_DEFLATED)]:
    path = HERE / f"{name}.npz"
    found = np.load(path)
    assert found.files == list(expected), (name, found.files)
    for key, array in expected.items():
        assert found[key].dtype == array.dtype and found[key].shape == array.shape, (name, key)
        assert np.array_equal(found[key], array), (name, key)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert all(info.compress_type == method for info in archive.infolist())
        for key, array in expected.items():
            assert archive.read(key + ".npy") == npy(array), (name, key)
    print(path.name, "read back equal by NumPy", np.__version__)
