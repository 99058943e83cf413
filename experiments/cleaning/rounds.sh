#!/usr/bin/env bash
# Both cleaners for up to three rounds on the label-cleaning notebook's data, with two networks. Resumable: call it again.
# usage: rounds.sh DIDACT ADS OUTPUT [EPOCHS=15] [MODEL...]; PRECISION=f32 for plain numbers
set -euo pipefail
didact=$1 ads=$(realpath "$2") output=$3 epochs=${4:-15} precision=${PRECISION:-bf16}
models=("${@:5}")
[ ${#models[@]} -gt 0 ] || models=(vgg resnet-20)
data=("$ads/images" --labels "$ads/noisy_labels.csv" --trusted "$ads/clean_labels.csv"
  --trusted-split in-order:fit=8000,select=1000)
recipe=(--optimizer sgd:momentum=0.9,variant=nesterov --schedule cosine:warmup=1 --weight-decay 0.0005 --curriculum none
  --precision "$precision")

for model in "${models[@]}"; do
  rate=0.1
  [ "$model" = vgg ] && rate=0.02
  for cleaner in posterior network; do
    folder=$output/$model-$cleaner
    if [ -f "$folder/cleaning.toml" ]; then
      "$didact" clean --resume -o "$folder"
    else
      "$didact" clean "${data[@]}" "${recipe[@]}" --learning-rate $rate --model $model --epochs "$epochs" \
        --cleaner $cleaner --rounds 3 -o "$folder"
    fi
  done
done
