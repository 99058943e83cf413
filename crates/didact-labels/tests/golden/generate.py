"""Writes metrics.json: what scikit-learn says of small label sets.

Made with Python 3.11.7, scikit-learn 1.9.1, numpy 2.4.6:

    pip install scikit-learn==1.9.1 numpy==2.4.6
    python crates/didact-labels/tests/golden/generate.py

The tests read the stored file only.
"""

import json
import pathlib
import re
import warnings

import numpy as np
from sklearn.metrics import (
    accuracy_score,
    classification_report,
    confusion_matrix,
    matthews_corrcoef,
    top_k_accuracy_score,
)

warnings.filterwarnings("error")
warnings.filterwarnings("ignore", message="A single label was found")


def whole(text):
    """Supports as whole numbers: scikit-learn 1.9.1 prints them as 1.0 where not one prediction is right."""
    return re.sub(r"(\d+)\.0$", r"  \1", text, flags=re.MULTILINE)


def case(name, num_classes, true_labels, predicted_labels, class_names=None):
    true_labels, predicted_labels = np.asarray(true_labels), np.asarray(predicted_labels)
    classes = list(range(num_classes))
    occurring = sorted(set(true_labels.tolist()) | set(predicted_labels.tolist()))
    names = class_names or [str(label) for label in classes]
    report = lambda labels, **options: classification_report(
        true_labels, predicted_labels, labels=labels, target_names=[names[label] for label in labels],
        digits=2, zero_division=0, **options)
    # The plain call, without labels, is the one to match where only occurring classes are listed.
    plain = classification_report(true_labels, predicted_labels, digits=2, zero_division=0,
                                  target_names=[names[label] for label in occurring])
    assert plain == report(occurring)
    return {
        "name": name,
        "num_classes": num_classes,
        "class_names": class_names or [],
        "true_labels": true_labels.tolist(),
        "predicted_labels": predicted_labels.tolist(),
        "accuracy": accuracy_score(true_labels, predicted_labels),
        "matthews_correlation": matthews_corrcoef(true_labels, predicted_labels),
        "confusion": confusion_matrix(true_labels, predicted_labels, labels=classes).tolist(),
        "text_all": whole(report(classes)),
        "text_occurring": whole(plain),
        "figures_all": [list(row.values()) for key, row in report(classes, output_dict=True).items()
                        if key != "accuracy"],
    }


def top_k_case(random, samples, num_classes, k):
    # Quarters of distinct integers: no ties, and exact in f32.
    scores = np.stack([random.permutation(num_classes) for _ in range(samples)]) / 4.0
    labels = random.integers(0, num_classes, samples)
    return {
        "scores": scores.ravel().tolist(),
        "num_classes": num_classes,
        "labels": labels.tolist(),
        "k": k,
        "accuracy": top_k_accuracy_score(labels, scores, k=k, labels=list(range(num_classes))),
    }


def noisy(random, true_labels, num_classes, rate):
    wrong = random.random(len(true_labels)) < rate
    return np.where(wrong, random.integers(0, num_classes, len(true_labels)), true_labels)


def main():
    random = np.random.default_rng(20201206)
    fashion = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
    ten = random.integers(0, 10, 400)
    skewed = np.minimum(random.geometric(0.4, 300) - 1, 5)
    # Shares of 1/8, 3/8, 5/8 and 7/8 lie exactly between two printed values.
    eighths_true = [0] * 8 + [1] * 8 + [2] * 8 + [3] * 8
    eighths_predicted = [0] * 1 + [1] * 7 + [1] * 3 + [2] * 5 + [2] * 5 + [3] * 3 + [3] * 7 + [0] * 1
    cases = [
        case("three classes", 3, [0, 0, 0, 1, 1, 2], [0, 1, 2, 0, 1, 2]),
        case("two classes with names", 2, [0, 1, 0, 1, 1], [0, 1, 1, 0, 1], ["cat", "dog"]),
        case("all right", 3, [0, 1, 2, 2], [0, 1, 2, 2]),
        case("all wrong", 3, [0, 1, 2, 2], [1, 2, 0, 1]),
        case("a class never predicted", 3, [0, 1, 2, 2], [0, 1, 1, 0]),
        case("a class without samples", 4, [0, 1, 3, 3], [0, 2, 3, 1]),
        case("a class that does not occur", 5, [0, 1, 3, 3], [0, 1, 3, 1], ["a", "b", "c", "d", "e"]),
        case("one class only", 2, [1, 1, 1], [1, 1, 1]),
        case("printed halves", 4, eighths_true, eighths_predicted),
        case("ten classes", 10, ten, noisy(random, ten, 10, 0.3), fashion),
        case("skewed", 6, skewed, noisy(random, skewed, 6, 0.5)),
        case("long and foreign names", 2, [0, 0, 1], [0, 1, 1], ["ein ziemlich langer Name", "größer"]),
    ]
    top_k = [top_k_case(random, 50, classes, k) for classes, k in [(3, 1), (10, 5), (10, 1), (100, 5)]]
    text = json.dumps({"cases": cases, "top_k": top_k}, ensure_ascii=False)
    pathlib.Path(__file__).with_name("metrics.json").write_text(text + "\n", encoding="utf-8")


main()
