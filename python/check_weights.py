"""Loads RUN/model.safetensors strictly into the reference PyTorch module and prints its logits.

    python check_weights.py RUN --input images.npy [--weights last.safetensors] [--normalized]

`images.npy` holds `[n, *input_shape]` (or `[n, features]`) values as didact reads them: pixels in 0..1, features as
they are. They are normalised with the mean and deviation of the file's header unless `--normalized` says that they
already are. One line a sample, one logit a class, enough digits to tell two float32 apart.
"""

import argparse
import pathlib

import numpy as np
import torch

import didact_models


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=pathlib.Path, metavar="RUN", help="a run folder")
    parser.add_argument("--input", type=pathlib.Path, required=True, help="samples as .npy")
    parser.add_argument("--weights", default="model.safetensors", help="file in RUN (default: %(default)s)")
    parser.add_argument("--normalized", action="store_true", help="the samples are already normalised")
    return parser.parse_args()


def normalized(values, header):
    """Values with the header's mean subtracted and divided by its deviation, per channel or feature."""
    normalization = header.get("normalization")
    if not normalization:
        return values
    trailing = [1] * (len(didact_models.input_shape(header)) - 1)
    mean, deviation = (torch.tensor(normalization[key]).reshape(-1, *trailing) for key in ("mean", "deviation"))
    return (values - mean) / deviation


def main():
    options = arguments()
    path = options.run / options.weights
    header = didact_models.metadata(path)
    module = didact_models.load(path)
    values = torch.from_numpy(np.load(options.input, allow_pickle=False).astype(np.float32))
    values = values.reshape(-1, *didact_models.input_shape(header))
    if not options.normalized:
        values = normalized(values, header)
    with torch.no_grad():
        for row in module(values).tolist():
            print(" ".join(f"{logit:.9g}" for logit in row))


if __name__ == "__main__":
    main()
