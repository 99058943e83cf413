"""Parameters after one and after three steps of each optimizer, and gradients clipped by their global norm."""

import torch

START = [1.0, -2.0, 0.5, 0.0, 3.0, -0.25, 0.125, -1.5]
# Elements 2 and 3 never move by gradient; 4 starts to in step 2; 5 and 6 show epsilon; 7 is huge.
GRADIENTS = [
    [0.5, -1.0, 0.0, 0.0, 0.0, 1e-7, -3e-9, 1e3],
    [-0.25, -0.75, 0.0, 0.0, 2.0, 2e-7, 0.0, -1e4],
    [0.125, 0.0, 0.0, 0.0, -0.5, -1e-7, 5e-9, 10.0],
]
CASES = {
    "sgd": ("SGD", {"lr": 0.1}),
    "sgd-momentum": ("SGD", {"lr": 0.1, "momentum": 0.9}),
    "sgd-nesterov": ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    "sgd-weight-decay": ("SGD", {"lr": 0.1, "weight_decay": 5e-4}),
    "sgd-nesterov-weight-decay": ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 5e-4}),
    "adam": ("Adam", {"lr": 1e-3}),
    "adam-weight-decay": ("Adam", {"lr": 1e-3, "weight_decay": 0.01}),
    "adam-betas": ("Adam", {"lr": 1e-2, "betas": [0.5, 0.9], "eps": 1e-6}),
    "adamw": ("AdamW", {"lr": 1e-3, "weight_decay": 0.01}),
    "adamw-without-decay": ("AdamW", {"lr": 1e-3, "weight_decay": 0.0}),
}
# Of PyTorch's settings those that change the numbers; the learning rate is in `rates`.
TOLD = ("momentum", "dampening", "nesterov", "betas", "eps", "weight_decay")
# A learning rate that changes between the steps separates schedules inside from outside the momentum buffer.
CHANGING_RATES = [0.1, 0.01, 0.5]
CLIPPING = {
    "above": (1.0, [[3.0, -4.0], [[12.0], [0.0]]]),
    "below": (20.0, [[3.0, -4.0], [[12.0], [0.0]]]),
    "equal": (13.0, [[3.0, -4.0], [[12.0], [0.0]]]),
    "zero": (1.0, [[0.0, 0.0], [[0.0], [0.0]]]),
    "huge": (5.0, [[3e10, -4e10], [[1e-3], [0.0]]]),
}


def stepped(optimizer, settings, rates=None):
    """The parameters after each step, in float64."""
    parameter = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = getattr(torch.optim, optimizer)([parameter], **settings)
    after = []
    for step, gradient in enumerate(GRADIENTS):
        if rates:
            optimizer.param_groups[0]["lr"] = rates[step]
        parameter.grad = torch.tensor(gradient, dtype=torch.float64)
        optimizer.step()
        after.append(parameter.detach().tolist())
    return after


def case(optimizer, settings, rates=None):
    """One case, with every default of PyTorch spelt out; `rates` are those of the steps."""
    defaults = getattr(torch.optim, optimizer)([torch.zeros(1)], **settings).defaults
    told = {key: defaults[key] for key in TOLD if key in defaults}
    return {
        "optimizer": optimizer, "settings": told, "rates": rates or [settings["lr"]] * len(GRADIENTS),
        "after": stepped(optimizer, settings, rates),
    }


def clipped(limit, gradients):
    """The global norm before clipping, and the gradients after it."""
    parameters = []
    for gradient in gradients:
        gradient = torch.tensor(gradient, dtype=torch.float64)
        parameters.append(torch.zeros_like(gradient, requires_grad=True))
        parameters[-1].grad = gradient
    norm = torch.nn.utils.clip_grad_norm_(parameters, limit).item()
    after = [parameter.grad.tolist() for parameter in parameters]
    return {"limit": limit, "gradients": gradients, "norm": norm, "clipped": after}


def vectors():
    """File name to content."""
    cases = {name: case(*arguments) for name, arguments in CASES.items()}
    for name in ("sgd-nesterov", "adam", "adamw"):
        cases[f"{name}-changing-rate"] = case(*CASES[name], CHANGING_RATES)
    return {
        "optimizers.json": {"start": START, "gradients": GRADIENTS, "cases": cases},
        "clipping.json": {"cases": {name: clipped(*arguments) for name, arguments in CLIPPING.items()}},
    }
