"""Learning rates by step: PyTorch's schedules, alone and after a linear warm-up."""

import warnings

import torch
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LinearLR, OneCycleLR, SequentialLR, StepLR

BASE = 0.1
STEPS = 20
WARMUP = 5


def schedule(name, optimizer, steps):
    """One PyTorch scheduler over `steps` steps, and its settings as the file states them."""
    settings = {
        "constant": {"factor": 1.0},
        "step": {"step_size": 6, "gamma": 0.1},
        "cosine": {"T_max": steps, "eta_min": 0.0},
        "cosine-minimum": {"T_max": steps, "eta_min": 0.001},
        "one-cycle": {
            "max_lr": BASE, "total_steps": steps, "pct_start": 0.3, "anneal_strategy": "cos", "three_phase": False,
            "div_factor": 25.0, "final_div_factor": 1e4, "cycle_momentum": False,
        },
    }[name]
    scheduler = {"constant": ConstantLR, "step": StepLR, "one-cycle": OneCycleLR}.get(name, CosineAnnealingLR)
    return scheduler(optimizer, **settings), settings


def optimizer():
    """An optimizer whose only use is its learning rate."""
    return torch.optim.SGD([torch.zeros(1)], lr=BASE)


def rates(optimizer, scheduler, steps):
    """The rate that each step uses."""
    used = []
    for step in range(steps):
        used.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < steps:
            scheduler.step()
    return used


def alone(name):
    """A schedule over all steps."""
    target = optimizer()
    scheduler, settings = schedule(name, target, STEPS)
    return {"warmup": 0, "settings": settings, "rates": rates(target, scheduler, STEPS)}


def linear_warmup(optimizer):
    """Rate (t + 1) / WARMUP of the base in step t: the first full rate is that of the last warm-up step."""
    return LinearLR(optimizer, start_factor=1 / WARMUP, end_factor=1.0, total_iters=WARMUP - 1)


def warmed_up(name):
    """WARMUP steps of linear warm-up, then the schedule over the remaining ones."""
    target = optimizer()
    scheduler, settings = schedule(name, target, STEPS - WARMUP)
    sequence = SequentialLR(target, [linear_warmup(target), scheduler], milestones=[WARMUP])
    return {"warmup": WARMUP, "settings": settings, "rates": rates(target, sequence, STEPS)}


def warmed_up_one_cycle():
    """One-cycle begins at max_lr / div_factor, so that is what the warm-up climbs to.

    Not by SequentialLR: both schedulers would write the optimizer's `initial_lr`.
    """
    target = optimizer()
    scheduler, settings = schedule("one-cycle", target, STEPS - WARMUP)
    after = rates(target, scheduler, STEPS - WARMUP)
    before = [after[0] * (step + 1) / WARMUP for step in range(WARMUP)]
    return {"warmup": WARMUP, "settings": settings, "rates": before + after}


def vectors():
    """File name to content."""
    # SequentialLR itself still calls the deprecated `step(epoch)` of its parts.
    warnings.filterwarnings("ignore", message=".*epoch parameter in `scheduler.step.*")
    names = ("constant", "step", "cosine", "cosine-minimum")
    cases = {name: alone(name) for name in (*names, "one-cycle")}
    cases |= {f"warmup-{name}": warmed_up(name) for name in names}
    cases["warmup-one-cycle"] = warmed_up_one_cycle()
    return {"schedules.json": {"base": BASE, "steps": STEPS, "cases": cases}}
