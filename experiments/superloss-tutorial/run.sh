#!/usr/bin/env bash
# The experiment of FastEstimator's tutorial "Curriculum Learning with SuperLoss": 50 epochs, of one seed.
# usage: run.sh DIDACT DATA OUTPUT [EPOCHS [SEED]]     DATA holds train.bin and eval.bin of CIFAR-100 (binary version)
# The first 2,500 images of eval.bin choose the epoch, the last 2,500 are reported on. An unfinished run goes on.
set -euo pipefail
didact=$1 data=$2 output=$3 epochs=${4:-50} seed=${5:-0}

train() { # name, curriculum
  local run=$output/$1
  if [ -e "$run/config.toml" ]; then "$didact" train --resume -o "$run"; return; fi
  "$didact" train "$data/train.bin" -o "$run" \
    --validation "$data/eval.bin#0..2500" --test "$data/eval.bin#2500..5000" \
    --noise exact-per-class:0.4 --noise-seed "$seed" --seed "$seed" \
    --model big-lenet:padding=none --optimizer adam --learning-rate 0.001 --batch-size 128 \
    --augment tutorial --select best --select-metric mcc --epochs "$epochs" \
    --curriculum "$2" --confidence superloss:expectation=exponential
}

mkdir -p "$output"
train plain none
train superloss superloss:expectation=exponential
"$didact" report "$output/plain" "$output/superloss" -o "$output/report.html"
