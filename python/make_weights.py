"""Writes a golden model as a safetensors file made by PyTorch, for didact to load.

    python make_weights.py ../crates/didact-train/tests/golden/models/mlp.json RUN/model.safetensors

The weights follow the recipe of the golden file, so didact's logits for its input must equal `eval_logits`.
"""

import argparse
import json
import pathlib
import sys

import didact_models

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "crates/didact-train/tests/golden"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("golden", type=pathlib.Path, help="a file of tests/golden/models")
    parser.add_argument("output", type=pathlib.Path, help="the safetensors file to write")
    options = parser.parse_args()
    sys.path.insert(0, str(GOLDEN))
    import recipe

    golden = json.loads(options.golden.read_text())
    module = recipe.filled_module(golden)
    didact_models.save(module, options.output, header(golden))


def header(golden):
    """What didact would say about the golden model."""
    shape, parameters = golden["input_shape"], golden["parameters"]
    renamed = {"norm_eps": "norm-epsilon", "norm_momentum": "norm-momentum"}
    model = {"name": golden["model"], **{renamed.get(key, key): value for key, value in parameters.items()}}
    if "hidden" in model:
        model["hidden"] = "x".join(str(units) for units in model["hidden"])
    sides = dict(zip(("channels", "height", "width"), shape))
    return {
        "version": "made by PyTorch", "model": model,
        "input": {"features": {"count": shape[0]}} if len(shape) == 1 else {"image": sides},
        "class_names": [f"class-{label}" for label in range(golden["num_classes"])],
        "normalization": {"mean": [0.0] * shape[0], "deviation": [1.0] * shape[0]},
    }


if __name__ == "__main__":
    main()
