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
    channels = golden["input_shape"][0]
    didact_models.save(
        module, options.output, model=golden["model"], parameters=golden["parameters"],
        class_names=[f"class-{label}" for label in range(golden["num_classes"])], input_shape=golden["input_shape"],
        normalization={"mean": [0.0] * channels, "deviation": [1.0] * channels},
    )


if __name__ == "__main__":
    main()
