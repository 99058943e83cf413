#!/usr/bin/env bash
# The comparisons on all of the data, into DIRECTORY, which data.sh has filled: about an hour and a half of two cores.
# usage: [JOBS=2] run.sh DIDACT DIRECTORY
set -euo pipefail
didact=$(realpath "$(command -v "$1")") specs=$(realpath "$(dirname "$0")")
cd "$2"
for name in ads cifar-100; do
  "$didact" compare "$specs/$name.toml" -o "$name" --jobs "${JOBS:-2}"
done
taught=runs/mentor-data-driven
cp ads/$taught/*/big-lenet/seed-0/mentor.safetensors mentors/ads.safetensors
cp cifar-100/$taught/symmetric-0.4/big-lenet/seed-0/mentor.safetensors mentors/cifar-100.safetensors
for name in ads cifar-100; do
  # Plain training is the same run there.
  mkdir -p "$name-transferred/runs"
  cp -rn "$name/runs/plain" "$name-transferred/runs/"
  "$didact" compare "$specs/$name-transferred.toml" -o "$name-transferred" --jobs "${JOBS:-2}"
done
"$didact" compare "$specs/memorised.toml" -o memorised --jobs "${JOBS:-2}"
