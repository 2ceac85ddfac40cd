"""Makes optimizers.json: ten steps of each optimizer on random gradients, in double precision.

    python make_optimizers.py > optimizers.json        (made with Python 3.11.7, NumPy 2.4.6)

The formulas are Keras's: SGD with momentum `v = m*v - rate*g; w += v` (Nesterov: `w += m*v - rate*g`), and Adam with epsilon added to
the uncorrected sqrt(v).
"""
import json
import numpy as np

rng = np.random.RandomState(3)
start = rng.uniform(-1, 1, 5)
gradients = rng.normal(size=(10, 5))


def sgd(rate, momentum=0.0, nesterov=False):
    w, v, out = start.copy(), np.zeros(5), []
    for g in gradients:
        if momentum == 0:
            w = w - rate * g
        else:
            v = momentum * v - rate * g
            w = w + (momentum * v - rate * g if nesterov else v)
        out.append(w.tolist())
    return out


def adam(rate, b1=0.9, b2=0.999, epsilon=1e-7):
    w, m, v, out = start.copy(), np.zeros(5), np.zeros(5), []
    for t, g in enumerate(gradients, 1):
        alpha = rate * np.sqrt(1 - b2**t) / (1 - b1**t)
        m = m + (g - m) * (1 - b1)
        v = v + (g * g - v) * (1 - b2)
        w = w - alpha * m / (np.sqrt(v) + epsilon)
        out.append(w.tolist())
    return out


print(json.dumps({
    "start": start.tolist(),
    "gradients": gradients.tolist(),
    "sgd": sgd(0.1),
    "momentum": sgd(0.1, 0.9),
    "nesterov": sgd(0.1, 0.9, True),
    "adam": adam(0.05),
    "adam_other": adam(0.3, 0.5, 0.9, 1e-3),
}, indent=1))
