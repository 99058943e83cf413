#!/usr/bin/env bash
# The comparisons on a fifth of the data, into DIRECTORY, which data.sh has filled: about an hour of two cores.
# usage: [JOBS=2] run-fifth.sh DIDACT DIRECTORY
set -euo pipefail
didact=$(realpath "$(command -v "$1")") specs=$(realpath "$(dirname "$0")")
cd "$2"
for name in ads cifar-100; do
  "$didact" compare "$specs/$name-fifth.toml" -o "$name-fifth" --jobs "${JOBS:-2}"
done
taught=runs/mentor-data-driven
cp ads-fifth/$taught/*/resnet-20/seed-0/mentor.safetensors mentors/ads-fifth.safetensors
cp cifar-100-fifth/$taught/symmetric-0.4/big-lenet/seed-0/mentor.safetensors mentors/cifar-100-fifth.safetensors
for name in ads cifar-100; do
  "$didact" compare "$specs/$name-fifth-transferred.toml" -o "$name-fifth-transferred" --jobs "${JOBS:-2}"
done
