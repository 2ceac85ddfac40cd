"""Writes curves.json: ROC, precision-recall and calibration curves by scikit-learn.

    python make_curves.py        (scikit-learn 1.9.1, NumPy 2.4.6)
"""

import json
import math
import pathlib

import numpy as np
import sklearn
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    precision_recall_curve,
    roc_auc_score,
    roc_curve,
)


def case(name, scores, targets, bins):
    fpr, tpr, roc_thresholds = roc_curve(targets, scores)
    precision, recall, thresholds = precision_recall_curve(targets, scores)
    shares, means = calibration_curve(targets, scores, n_bins=bins, strategy="uniform")
    return {
        "name": name,
        "scores": scores.tolist(),
        "targets": targets.tolist(),
        "fpr": fpr.tolist(),
        "tpr": tpr.tolist(),
        "roc_thresholds": [t if math.isfinite(t) else str(t) for t in roc_thresholds.tolist()],
        "area": float(roc_auc_score(targets, scores)),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "thresholds": thresholds.tolist(),
        "average_precision": float(average_precision_score(targets, scores)),
        "bins": bins,
        "shares": shares.tolist(),
        "means": means.tolist(),
    }


def main():
    random = np.random.default_rng(1827)
    targets = random.integers(0, 2, 200)
    noisy = np.clip(0.3 * targets + 0.6 * random.random(200), 0, 1)
    rare = (random.random(300) < 0.04).astype(int)
    cases = [
        case("distinct", noisy, targets, 5),
        case("ties", np.round(noisy, 1), targets, 10),
        case("perfect", targets.astype(float), targets, 3),
        case("reversed", 1.0 - targets, targets, 2),
        case("one score", np.full(20, 0.25), np.arange(20) % 2, 4),
        case("rare", np.round(random.random(300) * (0.5 + 0.5 * rare), 3), rare, 7),
    ]
    file = {"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__}}
    file["cases"] = cases
    path = pathlib.Path(__file__).with_name("curves.json")
    path.write_text(json.dumps(file) + "\n")


main()
