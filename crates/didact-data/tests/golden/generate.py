#!/usr/bin/env python3
"""Writes the small files of this folder as other people's programs write them.

Made with Python 3.11.7, numpy 2.4.6, pyarrow 26.0.1 and pillow 13.0.0; run it here, without arguments. The Rust tests
compare what is read with the same formula:

    pixel(image, channel, row, column) = (7 * image + 50 * channel + row * 8 + column) mod 256
"""
import io
import json
import pathlib
import pickle

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent


def pixels(images, height=32, width=32):
    image, channel, row, column = np.ogrid[:images, :3, :height, :width]
    return ((7 * image + 50 * channel + row * 8 + column) % 256).astype(np.uint8)


def python2_string(data):
    """Python 2's cPickle writes a str as BINSTRING or SHORT_BINSTRING, which Python 3 cannot write."""
    short = len(data) < 256
    return (b"U" + bytes([len(data)]) if short else b"T" + len(data).to_bytes(4, "little")) + data


def python2_batch(data, labels):
    """A batch as in cifar-10-python.tar.gz: protocol 2, written instruction by instruction."""
    text = python2_string
    shape = b"M" + data.shape[0].to_bytes(2, "little") + b"M" + data.shape[1].to_bytes(2, "little") + b"\x86"
    dtype = b"cnumpy\ndtype\nq\x02" + text(b"u1") + b"K\x00K\x01\x87R(K\x03" + text(b"|") + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
    array = (b"cnumpy.core.multiarray\n_reconstruct\nq\x03cnumpy\nndarray\nq\x04K\x00\x85" + text(b"b") + b"\x87R(K\x01"
             + shape + dtype + b"\x89" + text(data.tobytes()) + b"tb")
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    return (b"\x80\x02}q\x01(" + text(b"data") + array + text(b"labels") + numbers
            + text(b"batch_label") + text(b"training batch 1 of 5") + b"u.")


def png(planes):
    out = io.BytesIO()
    Image.fromarray(planes.transpose(1, 2, 0)).save(out, "PNG")
    return out.getvalue()


def pickles():
    data = pixels(3).reshape(3, -1)
    (HERE / "python2_cifar10").write_bytes(python2_batch(data, [6, 0, 9]))
    hundred = {"data": data, "fine_labels": [99, 0, 5], "coarse_labels": [19, 0, 3], "filenames": ["a", "b", "c"]}
    for protocol in (2, 4, 5):
        (HERE / f"python3_cifar100_protocol{protocol}").write_bytes(pickle.dumps(hundred, protocol=protocol))
    names = {"fine_label_names": [f"fine {i}" for i in range(100)], "coarse_label_names": [f"coarse {i}" for i in range(20)]}
    (HERE / "meta").write_bytes(pickle.dumps(names, protocol=2))


def arrays():
    rng = np.arange(6, dtype=np.float32).reshape(2, 3)
    np.save(HERE / "fortran.npy", np.asfortranarray(rng))
    np.savez_compressed(HERE / "train_and_test.npz", x_train=rng, y_train=np.array([0, 1]), x_test=rng + 10, y_test=np.array([1, 0]))
    np.save(HERE / "objects.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)


def tables():
    cells = [{"bytes": png(image), "path": f"{i}.png"} for i, image in enumerate(pixels(4, 6, 5))]
    table = pa.table({"img": pa.array(cells), "label": pa.array([1, 0, 1, 0])})
    features = {"img": {"_type": "Image"}, "label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}
    table = table.replace_schema_metadata({"huggingface": json.dumps({"info": {"features": features}})})
    pq.write_table(table, HERE / "images.parquet", row_group_size=3)
    numbers = pa.table({
        "x": pa.array([0.5, 1.5, 2.5], pa.float64()), "n": pa.array([1, 2, 3], pa.int16()),
        "note": ["a", "b", "c"], "class": pa.array(["dog", "cat", "dog"]).dictionary_encode(),
    })
    pq.write_table(numbers, HERE / "numbers.parquet", compression="zstd")


if __name__ == "__main__":
    pickles()
    arrays()
    tables()
