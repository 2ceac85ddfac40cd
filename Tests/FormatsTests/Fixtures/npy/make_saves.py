#!/usr/bin/env python3
"""Writes saves.json: what NumPy's save makes of arrays in C order, and deflate.json: what zlib makes of bytes.

    python3 make_saves.py    (NumPy 2.4.6, Python 3.11, zlib 1.2.13)

saves.json: the element i of an array is i % 120 (% 2 for bool); `hex` is the whole file. The shapes make headers whose length
falls on every remainder of 64, where NumPy adds 64 blanks to one that is a multiple already.
deflate.json: `plain` and `packed`, a raw deflate stream, in hex, for several contents, levels and strategies.
"""

import io
import json
import pathlib
import random
import zlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
TYPES = ["float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool"]


def saved(dtype, shape):
    count = int(np.prod(shape, dtype=object))
    array = (np.arange(count) % (2 if dtype == "bool" else 120)).astype(dtype).reshape(shape)
    file = io.BytesIO()
    np.save(file, array)
    return {"dtype": dtype, "shape": list(shape), "hex": file.getvalue().hex()}


shapes = [(), (0,), (1,), (3,), (2, 3), (2, 3, 4), (0, 3), (2, 0, 4), (130,), (10, 13), (1,) * 20, (1,) * 64]
# Extents of more and more digits, without elements.
shapes += [(0,) + (10**digits,) + (1,) * ones for digits in range(12) for ones in range(0, 24, 4)]
shapes += [(10**digits, 0) for digits in range(12)]
saves = [saved(dtype, shape) for dtype in TYPES for shape in shapes[:7]]
saves += [saved("float64", shape) for shape in shapes[7:]]


def packed(plain, level, strategy):
    machine = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return {"plain": plain.hex(), "packed": (machine.compress(plain) + machine.flush()).hex()}


draw = random.Random(1)
plains = [b"", b"a", b"abcabcabcabcabcabcab", b"a" * 3000, bytes(range(256)) * 8, bytes(draw.randrange(256) for _ in range(1500)),
          np.arange(300, dtype="<f8").tobytes(), bytes(draw.choices(range(30), range(30, 0, -1), k=2000)),
          bytes(draw.choices(range(256), [2.0 ** -(i // 8) for i in range(256)], k=4000))]
streams = [packed(plain, level, strategy) for plain in plains
           for level, strategy in [(0, 0), (1, 0), (6, 0), (9, 0), (6, zlib.Z_HUFFMAN_ONLY), (6, zlib.Z_RLE), (6, zlib.Z_FIXED)]]

(HERE / "saves.json").write_text(json.dumps({"cases": saves}, separators=(",", ":")).replace("},{", "},\n{") + "\n")
(HERE / "deflate.json").write_text(json.dumps({"cases": streams}, separators=(",", ":")).replace("},{", "},\n{") + "\n")
