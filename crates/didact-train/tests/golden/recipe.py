"""Numbers that Python and Rust both compute to the last bit, so that no weights need to be stored.

    mixed    = splitmix64 finalizer of ((index << 32) + i + 1) * 0x9E3779B97F4A7C15   (u64, wrapping)
    unit     = (mixed >> 40) / 2^24                                                   (exact, in [0, 1))
    value[i] = low + (high - low) * unit                                              (f64, then rounded to f32)

`index` names the tensor, `i` counts its elements in row-major order. The finalizer is that of Steele, Lea and Flood,
2014, "Fast splittable pseudorandom number generators": z ^= z >> 30; z *= 0xBF58476D1CE4E5B9; z ^= z >> 27;
z *= 0x94D049BB133111EB; z ^= z >> 31.
"""

import numpy as np
import torch

import didact_models

INPUT_INDEX = 1000
LABEL_INDEX = 1001
# As safetensors names them.
DTYPES = {torch.float32: "F32", torch.int64: "I64"}


def unit(index, count):
    """`count` numbers in [0, 1) of the tensor `index`, multiples of 2^-24, as float64."""
    with np.errstate(over="ignore"):
        z = (np.uint64(index << 32) + np.arange(1, count + 1, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / 2.0**24


def values(index, shape, low, high):
    """A float32 tensor of the recipe."""
    count = torch.Size(shape).numel()
    return torch.from_numpy((low + (high - low) * unit(index, count)).astype(np.float32)).reshape(shape)


def samples(input_shape, batch_size):
    """The batch every golden model sees: values in [-1, 1)."""
    return values(INPUT_INDEX, [batch_size, *input_shape], -1.0, 1.0)


def labels(batch_size, num_classes):
    """The given labels of that batch: floor(unit * num_classes)."""
    return torch.from_numpy((unit(LABEL_INDEX, batch_size) * num_classes).astype(np.int64))


def value_range(name, shape):
    """Bounds that keep every layer's output near 1, and every variance well above 0."""
    if name.endswith("running_var"):
        return [0.5, 2.0]
    if name.endswith("running_mean"):
        return [-0.5, 0.5]
    if name.endswith("bias"):
        return [-0.25, 0.25]
    if len(shape) == 1:
        return [0.5, 1.5]
    bound = round(1.7 / (torch.Size(shape).numel() / shape[0]) ** 0.5, 4)
    return [-bound, bound]


def described_state(module):
    """The state dict's entries in order: name, shape, dtype and either the recipe's arguments or the value."""
    entries = []
    for index, (name, tensor) in enumerate(module.state_dict().items()):
        entry = {"name": name, "shape": list(tensor.shape), "dtype": DTYPES[tensor.dtype]}
        if tensor.dtype == torch.int64:
            entry["value"] = 3
        else:
            low, high = value_range(name, tensor.shape)
            entry.update(index=index, low=low, high=high)
        entries.append(entry)
    return entries


def filled_module(golden):
    """The module of a golden file, its weights filled by the recipe and loaded strictly."""
    module = didact_models.build(golden["model"], golden["input_shape"], golden["num_classes"], golden["parameters"])
    module.load_state_dict({entry["name"]: filled(entry) for entry in golden["state_dict"]}, strict=True)
    return module


def filled(entry):
    """The tensor of one entry."""
    if "value" in entry:
        return torch.tensor(entry["value"])
    return values(entry["index"], entry["shape"], entry["low"], entry["high"])
