"""Makes linear_algebra.json: the cases of linear algebra of a file of NumPy's answers.

    python3 make_linear_algebra.py indexing.json > linear_algebra.json

The cases are taken over as they stand (NumPy 2.4.6).
"""

import json
import sys

OPERATIONS = {
    "dot", "matmul", "inner", "outer", "tensordot", "vdot", "kron", "cross", "trace", "diagonal", "einsum", "norm",
    "matrix_power", "solve", "inv", "det", "slogdet", "cholesky", "qr", "svd", "eigh", "eigvalsh", "lstsq", "pinv",
    "matrix_rank", "cond",
}

with open(sys.argv[1]) as source:
    cases = [case for case in json.load(source)["cases"] if case["op"] in OPERATIONS]
missing = OPERATIONS - {case["op"] for case in cases}
if missing:
    sys.exit(f"no cases of {', '.join(sorted(missing))}")
print('{"file": "linear_algebra", "numpy": "2.4.6", "count": %d, "cases": [' % len(cases))
print(",\n".join(json.dumps(case) for case in cases))
print("]}")
