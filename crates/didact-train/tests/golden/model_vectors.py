"""Logits, gradients and running statistics of every model, with the weights of `recipe.py`."""

import torch

import didact_models
import recipe

BATCH_SIZE = 4
GRADIENT_HEAD = 8
# The largest difference seen is 4e-6; the tests allow 1e-4.
FLOAT32_ERROR = 2e-5

CASES = {
    "logistic-features": ("logistic", [12], 3, {}),
    "logistic-pixels": ("logistic", [1, 8, 8], 3, {}),
    "mlp": ("mlp", [12], 3, {"hidden": [256]}),
    "mlp-two-hidden": ("mlp", [2, 4, 5], 6, {"hidden": [16, 8]}),
    # The tutorial's input.
    "big-lenet-none": ("big-lenet", [3, 32, 32], 5, {"padding": "none"}),
    # Neither square nor even: catches swapped axes and pooling that rounds up.
    "big-lenet-none-oblong": ("big-lenet", [1, 23, 31], 5, {"padding": "none"}),
    "big-lenet-same": ("big-lenet", [1, 8, 8], 5, {"padding": "same"}),
    "big-lenet-same-oblong": ("big-lenet", [3, 17, 26], 5, {"padding": "same"}),
    "big-lenet-none-parameters": (
        "big-lenet", [1, 22, 22], 5, {"padding": "none", "norm_eps": 0.01, "norm_momentum": 0.3},
    ),
    # Dropout draws other numbers here and there; without it, training can be compared.
    "vgg": ("vgg", [3, 16, 16], 5, {"dropout": 0}),
    "vgg-oblong": ("vgg", [1, 9, 18], 5, {"dropout": 0}),
    # Sides that are halved to whole numbers, and sides that are not.
    "resnet-20": ("resnet-20", [3, 16, 12], 5, {}),
    "resnet-32-oblong": ("resnet-32", [1, 11, 9], 5, {}),
    "notebook-resnet-8": ("notebook-resnet-8", [3, 16, 12], 5, {"dropout": 0}),
    "notebook-resnet-44-oblong": ("notebook-resnet-44", [1, 11, 9], 5, {"dropout": 0}),
    # What is pooled has even sides, and one that is odd.
    "cct": ("cct", [3, 16, 16], 5, {"dropout": 0, "stochastic_depth": 0}),
    "cct-oblong": ("cct", [1, 11, 14], 5, {"dropout": 0, "stochastic_depth": 0}),
}

# Of 10 classes of colour images of 32x32 pixels, as published.
PARAMETER_COUNTS = {
    "vgg": 814_122, "resnet-20": 272_282, "resnet-32": 466_714, "resnet-44": 661_146, "resnet-56": 855_578,
    "cct": 611_531,
}
# The same with the running statistics, as Keras counts.
COUNTS_WITH_STATISTICS = {"notebook-resnet-8": 103_306, "notebook-resnet-44": 690_634}


def described(model, input_shape, num_classes, parameters):
    """What both sides need to build and fill the model."""
    module = didact_models.build(model, input_shape, num_classes, parameters)
    return {
        "model": model, "parameters": parameters, "input_shape": input_shape, "num_classes": num_classes,
        "batch_size": BATCH_SIZE, "input": {"index": recipe.INPUT_INDEX, "low": -1.0, "high": 1.0},
        "labels": recipe.labels(BATCH_SIZE, num_classes).tolist(),
        "state_dict": recipe.described_state(module),
    }


def measured(golden, dtype):
    """The outputs of a golden model in one precision."""
    module = recipe.filled_module(golden).to(dtype)
    values = recipe.samples(golden["input_shape"], BATCH_SIZE).to(dtype)
    with torch.no_grad():
        eval_logits = module.eval()(values)
    train_logits = module.train()(values)
    loss = torch.nn.functional.cross_entropy(train_logits, torch.tensor(golden["labels"]))
    loss.backward()
    return {
        "eval_logits": eval_logits.tolist(),
        "train_logits": train_logits.tolist(),
        "train_loss": loss.item(),
        "train_gradients": [gradient(*named) for named in module.named_parameters()],
        "buffers_after_train": {name: buffer.tolist() for name, buffer in module.named_buffers()},
    }


def gradient(name, parameter):
    """A gradient's norm and first elements: the whole would be as large as the weights."""
    flat = parameter.grad.flatten()
    return {"name": name, "norm": flat.norm().item(), "head": flat[:GRADIENT_HEAD].tolist()}


def check_close(name, left, right):
    """Stops when float32 is not a faithful stand-in for float64, as the tests' tolerance assumes."""
    difference = (torch.tensor(left) - torch.tensor(right)).abs().max().item()
    if difference > FLOAT32_ERROR:
        raise SystemExit(f"{name}: float32 and float64 logits differ by {difference}")


def check_counts():
    """Stops when a module has not as many parameters as published."""
    for name, expected in (PARAMETER_COUNTS | COUNTS_WITH_STATISTICS).items():
        module = didact_models.build(name, [3, 32, 32], 10)
        found = sum(parameter.numel() for parameter in module.parameters())
        if name in COUNTS_WITH_STATISTICS:
            # Neither counts how many batches were seen.
            found += sum(buffer.numel() for buffer in module.buffers() if buffer.is_floating_point())
        if found != expected:
            raise SystemExit(f"{name}: {found} parameters, expected {expected}")


def vectors():
    """File name to content."""
    check_counts()
    files = {}
    for name, case in CASES.items():
        golden = described(*case)
        exact, rounded = measured(golden, torch.float64), measured(golden, torch.float32)
        for key in ("eval_logits", "train_logits"):
            check_close(f"{name} {key}", exact[key], rounded[key])
        files[f"models/{name}.json"] = golden | exact
    return files
