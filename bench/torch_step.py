"""The peer's side of `didact bench step`: one training step of a small network in PyTorch, on a CPU.

A step is forward, cross-entropy, backward and Adam (learning rate 1e-3) on random data of 3 x 32 x 32, with the loss
read each step. The program times `--steps` of them after `--warm-up` others and prints one line of JSON:
`{"median_ms", "min_ms", "peak_rss_bytes", "loss"}`. `--versions` prints `{"torch", "python"}` instead.

This is PyTorch at its fastest in eager mode: images lie channels-last, and `didact bench step` sets MALLOC_* variables
(glibc) that keep memory from being returned to the system between steps. `--precision bf16` is autocast.

`didact bench step` carries this file inside and starts it with the Python it is given; it also runs by itself:
    python bench/torch_step.py --network N1 --threads 2
"""

import argparse
import json
import platform
import resource
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn


def big_lenet():
    """N1, for 100 classes: three convolutions without padding, SiLU, normalisation, pooling."""
    layers, inputs = [], 3
    for outputs in (32, 64, 128):
        layers += [nn.Conv2d(inputs, outputs, 3), nn.SiLU(), nn.BatchNorm2d(outputs), nn.MaxPool2d(2)]
        inputs = outputs
    head = [nn.Flatten(), nn.Linear(512, 128), nn.SiLU(), nn.BatchNorm1d(128), nn.Linear(128, 100)]
    return nn.Sequential(*layers, *head)


def vgg():
    """N2, for 10 classes: three pairs of convolutions with ReLU, pooling after each pair, dropout."""
    layers, inputs = [], 3
    for outputs in (32, 64, 128):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU()]
        layers += [nn.Conv2d(outputs, outputs, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        inputs = outputs
    head = [nn.Flatten(), nn.Dropout(0.5), nn.Linear(2048, 256), nn.ReLU(), nn.Linear(256, 10)]
    return nn.Sequential(*layers, *head)


class ResidualBlock(nn.Module):
    """Two convolutions beside a shortcut, which is a 1x1 convolution where the image becomes smaller."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity() if stride == 1 else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        y = F.relu(self.norm1(self.conv1(x)))
        return F.relu(self.norm2(self.conv2(y)) + self.shortcut(x))


class ResNet(nn.Module):
    """N3, for 10 classes: three stages of seven residual blocks of 16, 32 and 64 channels (He et al., 2015)."""

    def __init__(self, blocks_per_stage=7):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(16)
        blocks, inputs = [], 16
        for stage, outputs in enumerate((16, 32, 64)):
            for block in range(blocks_per_stage):
                blocks.append(ResidualBlock(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = self.blocks(F.relu(self.norm(self.conv(x))))
        return self.linear(x.mean((2, 3)))


# The network and its number of classes, by the name it has in the benchmark.
NETWORKS = {"N1": (big_lenet, 100), "N2": (vgg, 10), "N3": (ResNet, 10)}


def peak_rss_bytes():
    """Largest resident memory of this process so far.

    ru_maxrss survives exec and so may be that of the program which started this one; VmHWM does not.
    """
    try:
        with open("/proc/self/status") as status:
            line = next(line for line in status if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def measured(options):
    """Times the steps."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    build, num_classes = NETWORKS[options.network]
    network = build().train().to(memory_format=torch.channels_last)
    images = torch.randn(options.batch_size, 3, 32, 32).contiguous(memory_format=torch.channels_last)
    labels = torch.randint(0, num_classes, (options.batch_size,))
    optimizer = torch.optim.Adam(network.parameters(), 1e-3, fused=True)

    def step():
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.precision == "bf16"):
            logits = network(images)
        loss = F.cross_entropy(logits.float(), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    for _ in range(options.warm_up):
        step()
    milliseconds = []
    for _ in range(options.steps):
        begun = time.perf_counter()
        loss = step()
        milliseconds.append((time.perf_counter() - begun) * 1e3)
    return {
        "median_ms": statistics.median(milliseconds),
        "min_ms": min(milliseconds),
        "peak_rss_bytes": peak_rss_bytes(),
        "loss": loss,
    }


def main():
    parser = argparse.ArgumentParser(prog="torch_step.py", description=__doc__.splitlines()[0])
    parser.add_argument("--network", choices=NETWORKS, default="N1")
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--versions", action="store_true", help="print the versions of torch and Python, and stop")
    options = parser.parse_args()
    versions = {"torch": torch.__version__, "python": platform.python_version()}
    print(json.dumps(versions if options.versions else measured(options)))


main()
