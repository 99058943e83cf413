"""didact's models as PyTorch modules.

The names and shapes of each module's `state_dict` are those of didact's `model.safetensors`, so that
`load_state_dict(strict=True)` accepts what didact wrote and didact accepts what PyTorch wrote.
"""

import json

import torch
from safetensors import safe_open
from torch import nn


class Logistic(nn.Module):
    """Multinomial logistic regression on pixels or features: one linear layer on the flattened input."""

    def __init__(self, input_shape, num_classes):
        super().__init__()
        self.linear = nn.Linear(element_count(input_shape), num_classes)

    def forward(self, values):
        """Logits `[batch_size, num_classes]` of values `[batch_size, *input_shape]`."""
        return self.linear(values.flatten(1))


class Mlp(nn.Module):
    """Fully connected layers with ReLU between them; `hidden` holds the width of each hidden layer."""

    def __init__(self, input_shape, num_classes, hidden=(256,)):
        super().__init__()
        widths = [element_count(input_shape), *hidden]
        self.hidden = nn.ModuleList(nn.Linear(*pair) for pair in zip(widths, widths[1:]))
        self.output = nn.Linear(widths[-1], num_classes)

    def forward(self, values):
        """Logits `[batch_size, num_classes]` of values `[batch_size, *input_shape]`."""
        values = values.flatten(1)
        for layer in self.hidden:
            values = torch.relu(layer(values))
        return self.output(values)


class BigLeNet(nn.Module):
    """The network of FastEstimator's SuperLoss tutorial, for any number of channels and any image size.

    `padding="none"` is its TensorFlow variant (`superloss_tf.py`), whose normalisation has Keras's defaults:
    epsilon 1e-3, momentum 0.99, which PyTorch calls 0.01. `padding="same"` is its PyTorch variant
    (`superloss_torch.py`): padding 1, momentum 0.01 as written there, epsilon PyTorch's default 1e-5.
    `norm_eps` and `norm_momentum` (in PyTorch's convention) override these.

    Source: apphub/curriculum_learning/superloss in <https://github.com/fastestimator/fastestimator>.
    Differs from it: `forward` returns logits where the tutorial returns their softmax.
    """

    PADDING = {"none": 0, "same": 1}
    NORM_EPS = {"none": 1e-3, "same": 1e-5}

    def __init__(self, input_shape, num_classes, padding="none", norm_eps=None, norm_momentum=0.01):
        super().__init__()
        pad = self.PADDING[padding]
        norm = {"eps": self.NORM_EPS[padding] if norm_eps is None else norm_eps, "momentum": norm_momentum}
        channels, height, width = input_shape
        self.conv1 = nn.Conv2d(channels, 32, 3, padding=pad)
        self.norm1 = nn.BatchNorm2d(32, **norm)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=pad)
        self.norm2 = nn.BatchNorm2d(64, **norm)
        self.conv3 = nn.Conv2d(64, 128, 3, padding=pad)
        self.norm3 = nn.BatchNorm2d(128, **norm)
        flattened = 128 * self.side_after_blocks(height, pad) * self.side_after_blocks(width, pad)
        self.linear1 = nn.Linear(flattened, 128)
        self.norm4 = nn.BatchNorm1d(128, **norm)
        self.linear2 = nn.Linear(128, num_classes)

    @staticmethod
    def side_after_blocks(side, pad):
        """Height or width after the three blocks of convolution (3x3) and pooling (2x2, rounding down)."""
        for _ in range(3):
            side = (side - 2 + 2 * pad) // 2
        return side

    def forward(self, values):
        """Logits `[batch_size, num_classes]` of values `[batch_size, *input_shape]`."""
        for conv, norm in ((self.conv1, self.norm1), (self.conv2, self.norm2), (self.conv3, self.norm3)):
            values = nn.functional.max_pool2d(norm(nn.functional.silu(conv(values))), 2)
        values = self.norm4(nn.functional.silu(self.linear1(values.flatten(1))))
        return self.linear2(values)


MODELS = {"logistic": Logistic, "mlp": Mlp, "big-lenet": BigLeNet}


def element_count(shape):
    """Number of values of one sample."""
    return torch.Size(shape).numel()


def build(model, input_shape, num_classes, parameters=None):
    """The untrained module of a model name, e.g. `build("mlp", [12], 3, {"hidden": [64]})`."""
    return MODELS[model](input_shape, num_classes, **(parameters or {}))


def metadata(path):
    """What didact wrote into the header of a safetensors file: JSON under the single key `didact`.

    Keys: `version`; `model` (a table with `name` and the model's settings, spelt as on the command line);
    `input` (`{"features": {"count"}}` or `{"image": {"channels", "height", "width"}}`); `class_names`;
    `normalization` (`mean` and `deviation`, one a channel or a feature).
    """
    with safe_open(path, "pt") as file:
        return json.loads((file.metadata() or {})["didact"])


def input_shape(header):
    """`[features]` or `[channels, height, width]`."""
    kind, sides = next(iter(header["input"].items()))
    return [sides["count"]] if kind == "features" else [sides["channels"], sides["height"], sides["width"]]


def settings(header):
    """The module's arguments from the settings of didact's model."""
    model = header["model"]
    if model["name"] == "mlp":
        # Dropout does nothing in evaluation, which is all that a loaded module is for.
        return {"hidden": [int(units) for units in model["hidden"].split("x")]}
    renamed = {"padding": "padding", "norm-epsilon": "norm_eps", "norm-momentum": "norm_momentum"}
    return {renamed[key]: value for key, value in model.items() if key in renamed}


def load(path):
    """The module that a didact safetensors file describes, with its weights, in evaluation mode."""
    header = metadata(path)
    module = build(header["model"]["name"], input_shape(header), len(header["class_names"]), settings(header))
    with safe_open(path, "pt") as file:
        state = {name: file.get_tensor(name) for name in file.keys()}
    module.load_state_dict(state, strict=True)
    return module.eval()


def save(module, path, header):
    """Writes a module as didact writes it, so that didact can load what PyTorch trained; see `metadata`."""
    from safetensors.torch import save_file

    state = {name: tensor.contiguous() for name, tensor in module.state_dict().items()}
    save_file(state, path, {"didact": json.dumps(header)})
