"""Examples for a mentor from observations, by NumPy: writes data_driven.json beside this file.

Percentiles are interpolated linearly, as numpy.percentile does; differences count from that of all losses, or of those of
the same epoch. Written after reading google/mentornet, training_mentornet/data_generator.py.
"""

import json
from pathlib import Path

import numpy as np

random = np.random.default_rng(20261120)
epochs = random.integers(0, 100, 40) // 25 * 25
right = random.random(40) < 0.6
losses = np.where(right, random.exponential(0.2, 40), random.exponential(5.0, 40)).round(6)
cases = []
for percentile in [40, 50, 60, 75, 80, 90]:
    cut = np.percentile(losses, percentile)
    each = {int(epoch): np.percentile(losses[epochs == epoch], percentile) for epoch in np.unique(epochs)}
    cases.append(
        {
            "percentile": percentile,
            "all": (losses - cut).tolist(),
            "each_percent": [loss - each[int(epoch)] for loss, epoch in zip(losses.tolist(), epochs)],
        }
    )
rows = [
    {"epoch": int(epoch), "right": bool(is_right), "loss": loss}
    for epoch, is_right, loss in zip(epochs, right, losses.tolist())
]
Path(__file__).with_name("data_driven.json").write_text(json.dumps({"rows": rows, "cases": cases}, indent=1) + "\n")
