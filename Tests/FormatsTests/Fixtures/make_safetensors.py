"""Makes the safetensors files that the tests read, with the reference implementation.

    pip install safetensors==0.8.0 numpy==2.4.6
    python make_safetensors.py

`all_types.safetensors` holds a tensor of every type; `values.json` says what each holds.
`empty.safetensors` holds none, `names.safetensors` names and texts that need care,
`float16.safetensors` a type that Myelin doesn't read.
"""

import json
import pathlib

import numpy as np
import safetensors
from safetensors.numpy import save_file

here = pathlib.Path(__file__).parent


def count(dtype, shape):
    """Values that reach both ends of the type."""
    size = int(np.prod(shape))
    if dtype == np.bool_:
        return (np.arange(size) % 3 == 0).reshape(shape)
    if np.issubdtype(dtype, np.floating):
        info = np.finfo(dtype)
        ends = [info.min, info.max, info.tiny, info.smallest_subnormal, -0.0, 1 / 3]
    else:
        info = np.iinfo(dtype)
        ends = [info.min, info.max]
    flat = np.arange(size).astype(dtype)
    flat[: len(ends)] = ends[:size]
    return flat.reshape(shape)


types = ["float32", "float64", "int8", "int16", "int32", "int64",
         "uint8", "uint16", "uint32", "uint64", "bool"]
shapes = [(2, 3), (7,), (2, 2, 2), (3, 1)]
tensors = {}
for position, name in enumerate(types):
    shape = shapes[position % len(shapes)]
    tensors[f"layer{position}.{name}"] = count(np.dtype(name).type, shape)
tensors["scalar"] = np.array(2.5, dtype=np.float32)
tensors["none"] = np.zeros((0, 4), dtype=np.float32)
save_file(tensors, here / "all_types.safetensors", metadata={"made by": "the reference"})
save_file({}, here / "empty.safetensors")
names = {'quote " back \\ slash / tab \t bell \x07 é 漢 😀': np.array([1], np.uint8), "b": np.array([2], np.uint8)}
save_file(names, here / "names.safetensors", metadata={'key "\n': 'value \\ \x1f é 😀'})
save_file({"half": np.zeros(3, np.float16)}, here / "float16.safetensors")

values = {
    name: {"dtype": str(array.dtype), "shape": list(array.shape),
           "hex": array.tobytes().hex(), "first": str(array.ravel()[0]) if array.size else ""}
    for name, array in tensors.items()
}
made_with = f"safetensors {safetensors.__version__}, numpy {np.__version__}"
(here / "values.json").write_text(
    json.dumps({"made_with": made_with, "tensors": values}, indent=1) + "\n")
