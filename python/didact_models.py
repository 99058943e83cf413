"""didact's models as PyTorch modules.

The names and shapes of each module's `state_dict` are those of didact's `model.safetensors`, so that
`load_state_dict(strict=True)` accepts what didact wrote and didact accepts what PyTorch wrote.
"""

import functools
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


class Vgg(nn.Module):
    """Three times two convolutions 3x3 with ReLU and a pooling; dropout, a hidden layer of 256 with ReLU, the classes.

    814,122 parameters for 10 classes of 3x32x32 pixels. For any number of channels, and images of at least 8x8.

    Source: Simonyan and Zisserman, 2014, for the stacks of 3x3 convolutions; the sizes are those of a notebook on
    cleaning labels with a trusted subset.
    Differs from it: it starts from PyTorch's initial weights, where didact and the notebook have He's uniform ones.
    """

    def __init__(self, input_shape, num_classes, dropout=0.5):
        super().__init__()
        channels, height, width = input_shape
        inputs = (channels, 32, 32, 64, 64, 128)
        for index, pair in enumerate(zip(inputs, (32, 32, 64, 64, 128, 128)), start=1):
            setattr(self, f"conv{index}", nn.Conv2d(*pair, 3, padding=1))
        self.dropout = nn.Dropout(dropout)
        self.linear1 = nn.Linear(128 * (height // 8) * (width // 8), 256)
        self.linear2 = nn.Linear(256, num_classes)

    def forward(self, values):
        """Logits `[batch_size, num_classes]` of values `[batch_size, *input_shape]`."""
        for pair in ((self.conv1, self.conv2), (self.conv3, self.conv4), (self.conv5, self.conv6)):
            for conv in pair:
                values = torch.relu(conv(values))
            values = nn.functional.max_pool2d(values, 2)
        return self.linear2(torch.relu(self.linear1(self.dropout(values.flatten(1)))))


class ResidualBlock(nn.Module):
    """Two convolutions 3x3 whose result is added to their input; a convolution 1x1 brings the input to its shape."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.shortcut = None if stride == 1 else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, values):
        """`[batch_size, outputs, height / stride, width / stride]`, rounded up."""
        inner = self.norm2(self.conv2(torch.relu(self.norm1(self.conv1(values)))))
        return torch.relu(inner + (values if self.shortcut is None else self.shortcut(values)))


class ResNet(nn.Module):
    """A convolution, three stages of `blocks` residual blocks (16, 32 and 64 channels), the mean, the classes.

    661,146 parameters with 7 blocks a stage, for 10 classes of colour images. For images of any size.

    Source: He et al., 2015, "Deep Residual Learning for Image Recognition", section 4.2.
    Differs from it: convolutions 1x1 without normalisation are the shortcuts between stages, where the article has no
    parameters; it starts from PyTorch's initial weights.
    """

    def __init__(self, input_shape, num_classes, blocks):
        super().__init__()
        self.conv = nn.Conv2d(input_shape[0], 16, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(16)
        self.stage1 = self.stage(16, 16, blocks, stride=1)
        self.stage2 = self.stage(16, 32, blocks, stride=2)
        self.stage3 = self.stage(32, 64, blocks, stride=2)
        self.linear = nn.Linear(64, num_classes)

    @staticmethod
    def stage(inputs, outputs, blocks, stride):
        """Blocks of one width, the first of which changes width and size."""
        rest = [ResidualBlock(outputs, outputs, 1) for _ in range(blocks - 1)]
        return nn.Sequential(ResidualBlock(inputs, outputs, stride), *rest)

    def forward(self, values):
        """Logits `[batch_size, num_classes]` of values `[batch_size, *input_shape]`."""
        values = torch.relu(self.norm(self.conv(values)))
        values = self.stage3(self.stage2(self.stage1(values)))
        return self.linear(values.mean((2, 3)))


class NotebookResidualBlock(nn.Module):
    """Convolution, normalisation, ReLU, convolution, ReLU, normalisation; added to the input, and nothing after it."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, padding=1)
        self.norm1 = keras_norm(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.norm2 = keras_norm(outputs)
        self.shortcut = None if stride == 1 else nn.Conv2d(inputs, outputs, 3, stride, padding=1)

    def forward(self, values):
        """`[batch_size, outputs, height / stride, width / stride]`, rounded up."""
        inner = self.norm2(torch.relu(self.conv2(torch.relu(self.norm1(self.conv1(values))))))
        return inner + (values if self.shortcut is None else self.shortcut(values))


class NotebookResNet(nn.Module):
    """The residual network of a notebook on cleaning labels, which calls the one of 1 block a stage ResNet20.

    With the running statistics, 103,306 and 690,634 parameters with 1 and 7 blocks a stage, for 10 classes of colour
    images. For images of any size.

    Differs from the notebook: where a convolution halves an even side, it is centred on the first of two pixels, in
    Keras on the second; it starts from PyTorch's initial weights.
    """

    def __init__(self, input_shape, num_classes, blocks, dropout=0.5):
        super().__init__()
        self.conv = nn.Conv2d(input_shape[0], 16, 3, padding=1)
        self.norm = keras_norm(16)
        self.stage1 = self.stage(16, 16, blocks, stride=1)
        self.stage2 = self.stage(16, 32, blocks, stride=2)
        self.stage3 = self.stage(32, 64, blocks, stride=2)
        self.dropout = nn.Dropout(dropout)
        self.linear1 = nn.Linear(64, 64)
        self.linear2 = nn.Linear(64, num_classes)

    @staticmethod
    def stage(inputs, outputs, blocks, stride):
        """Blocks of one width, the first of which changes width and size."""
        rest = [NotebookResidualBlock(outputs, outputs, 1) for _ in range(blocks - 1)]
        return nn.Sequential(NotebookResidualBlock(inputs, outputs, stride), *rest)

    def forward(self, values):
        """Logits `[batch_size, num_classes]` of values `[batch_size, *input_shape]`."""
        values = self.norm(torch.relu(self.conv(values)))
        values = self.stage3(self.stage2(self.stage1(values)))
        return self.linear2(torch.relu(self.linear1(self.dropout(values.mean((2, 3))))))


class Attention(nn.Module):
    """Attention of tokens to each other by heads as wide as `key`, which `nn.MultiheadAttention` cannot be."""

    def __init__(self, width, heads, key, dropout):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, heads * key)
        self.key = nn.Linear(width, heads * key)
        self.value = nn.Linear(width, heads * key)
        self.output = nn.Linear(heads * key, width)
        self.dropout = nn.Dropout(dropout)

    def by_head(self, values):
        """`[batch_size, tokens, heads * key]` as `[batch_size, heads, tokens, key]`."""
        return values.unflatten(2, (self.heads, -1)).transpose(1, 2)

    def forward(self, tokens):
        """`[batch_size, tokens, width]`, as the tokens."""
        query, key, value = (self.by_head(linear(tokens)) for linear in (self.query, self.key, self.value))
        scores = query @ key.transpose(2, 3) / query.shape[3] ** 0.5
        found = self.dropout(scores.softmax(3)) @ value
        return self.output(found.transpose(1, 2).flatten(2))


class TransformerLayer(nn.Module):
    """Attention and two linear layers with GELU, each added to the tokens and each on the tokens normalised."""

    def __init__(self, width, heads, dropout, stochastic_depth):
        super().__init__()
        self.norm1 = nn.LayerNorm(width)
        self.attention = Attention(width, heads, width, dropout)
        self.norm2 = nn.LayerNorm(width)
        self.linear1 = nn.Linear(width, width)
        self.linear2 = nn.Linear(width, width)
        self.dropout = nn.Dropout(dropout)
        self.stochastic_depth = stochastic_depth

    def added(self, branch):
        """The branch, left out for a share of the samples while training."""
        if not self.training or self.stochastic_depth == 0:
            return branch
        kept = torch.rand(branch.shape[0], 1, 1, dtype=branch.dtype) >= self.stochastic_depth
        return branch * kept / (1 - self.stochastic_depth)

    def forward(self, tokens):
        """`[batch_size, tokens, width]`, as the tokens."""
        tokens = tokens + self.added(self.attention(self.norm1(tokens)))
        inner = self.norm2(tokens)
        for linear in (self.linear1, self.linear2):
            inner = self.dropout(nn.functional.gelu(linear(inner)))
        return tokens + self.added(inner)


class Cct(nn.Module):
    """A compact convolutional transformer: convolutions make tokens, two layers of attention, sequence pooling.

    611,531 parameters for 10 classes of 3x32x32 pixels. For any number of channels, and images of at least 9x9.

    Source: Hassani et al., 2021, "Escaping the Big Data Paradigm with Compact Transformers"; the sizes are those of a
    notebook on cleaning labels with a trusted subset.
    Differs from it: it starts from PyTorch's initial weights.
    """

    def __init__(self, input_shape, num_classes, dropout=0.1, stochastic_depth=0.1):
        super().__init__()
        channels, height, width = input_shape
        tokens = -(-(height - 6) // 2) * -(-(width - 6) // 2)
        self.positions = nn.Parameter(torch.empty(tokens, 128).uniform_(-0.05, 0.05))
        for index, pair in enumerate(((channels, 64), (64, 128), (128, 128)), start=1):
            setattr(self, f"conv{index}", nn.Conv2d(*pair, 3, bias=False))
        rates = (0, stochastic_depth)
        self.layers = nn.Sequential(*(TransformerLayer(128, 2, dropout, rate) for rate in rates))
        self.norm = nn.LayerNorm(128)
        self.pooling = nn.Linear(128, 1)
        self.dropout = nn.Dropout(dropout)
        self.linear1 = nn.Linear(128, 256)
        self.linear2 = nn.Linear(256, num_classes)

    def forward(self, values):
        """Logits `[batch_size, num_classes]` of values `[batch_size, *input_shape]`."""
        for conv in (self.conv1, self.conv2, self.conv3):
            values = torch.relu(conv(values))
        # Keras' padding "same".
        padding = (values.shape[2] % 2, values.shape[3] % 2)
        values = nn.functional.max_pool2d(values, 3, 2, padding, ceil_mode=True)
        tokens = self.norm(self.layers(values.flatten(2).transpose(1, 2) + self.positions))
        shares = self.pooling(tokens).softmax(1)
        pooled = (shares.transpose(1, 2) @ tokens).squeeze(1)
        return self.linear2(torch.relu(self.linear1(self.dropout(pooled))))


MODELS = {
    "logistic": Logistic, "mlp": Mlp, "big-lenet": BigLeNet, "vgg": Vgg,
    "resnet-20": functools.partial(ResNet, blocks=3), "resnet-32": functools.partial(ResNet, blocks=5),
    "resnet-44": functools.partial(ResNet, blocks=7), "resnet-56": functools.partial(ResNet, blocks=9),
    "notebook-resnet-8": functools.partial(NotebookResNet, blocks=1),
    "notebook-resnet-44": functools.partial(NotebookResNet, blocks=7), "cct": Cct,
}


def keras_norm(channels):
    """Batch normalisation with Keras' defaults, whose momentum 0.99 PyTorch calls 0.01."""
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


def element_count(shape):
    """Number of values of one sample."""
    return torch.Size(shape).numel()


def build(model, input_shape, num_classes, parameters=None):
    """The untrained module of a model name, e.g. `build("mlp", [12], 3, {"hidden": [64]})`."""
    return MODELS[model](input_shape, num_classes, **(parameters or {}))


def metadata(path):
    """What didact wrote into the header of a safetensors file: JSON under the single key `didact`.

    Keys: `version`; `model` (a table with `name` and the model's settings, spelt as on the command line);
    `input` (`{"features": {"count"}}` or `{"image": {"channels", "height", "width"}}`); where features are extracted from
    images, `features` (a table with `name` and `bins`); `class_names`;
    `normalization` (`mean` and `deviation`, one a channel or a feature).
    """
    with safe_open(path, "pt") as file:
        return json.loads((file.metadata() or {})["didact"])


def input_shape(header):
    """`[features]` or `[channels, height, width]`."""
    kind, sides = next(iter(header["input"].items()))
    if "features" in header:
        return [sides["channels"] * header["features"]["bins"]]
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
