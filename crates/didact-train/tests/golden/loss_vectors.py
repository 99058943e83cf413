"""Cross-entropy per sample, and the gradient of each sample's loss with respect to its logits."""

import torch
from torch.nn.functional import cross_entropy

LOGITS = [
    ("uniform", [0.0, 0.0, 0.0, 0.0], 2),
    ("ordinary, right", [2.0, -1.0, 0.5, 0.25], 0),
    ("ordinary, wrong", [2.0, -1.0, 0.5, 0.25], 1),
    ("shifted by a constant", [102.0, 99.0, 100.5, 100.25], 1),
    ("close call", [1.5, 1.5, -3.0, 1.25], 3),
    ("extreme, right", [1e4, -1e4, 0.0, 1.0], 0),
    ("extreme, wrong", [1e4, -1e4, 0.0, 1.0], 1),
    ("extreme, tied", [1e4, 1e4, -1e4, -1e4], 1),
    ("all very negative", [-1e4, -1e4, -1e4, -9999.0], 0),
]


def case(smoothing):
    """Losses and gradients in float64 for one label smoothing."""
    logits = torch.tensor([row for _, row, _ in LOGITS], dtype=torch.float64, requires_grad=True)
    labels = torch.tensor([label for _, _, label in LOGITS])
    losses = cross_entropy(logits, labels, reduction="none", label_smoothing=smoothing)
    losses.sum().backward()
    return {"label_smoothing": smoothing, "losses": losses.tolist(), "gradients": logits.grad.tolist()}


def vectors():
    """File name to content."""
    return {
        "cross_entropy.json": {
            "names": [name for name, _, _ in LOGITS],
            "logits": [row for _, row, _ in LOGITS],
            "labels": [label for _, _, label in LOGITS],
            "cases": [case(smoothing) for smoothing in (0.0, 0.1)],
        }
    }
