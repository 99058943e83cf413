#!/usr/bin/env bash
# The label-cleaning notebook's data with its recipe, without its leaks: the baseline, and each network before and after cleaning,
# with mixup and without. Resumable: call it again.
# usage: ads.sh DIDACT ADS OUTPUT [EPOCHS=30] [MODEL...], where rgb-histogram is one of the models; PRECISION=bf16 for the others,
# RETRAINED=N for other epochs than EPOCHS after cleaning; what was begun goes on as it began
#   ADS holds images/, noisy_labels.csv (50,000 rows) and clean_labels.csv (10,000)
# Rows 1 to 8,000 fit, 8,001 to 9,000 select, 9,001 to 10,000 report. At most so many epochs a model, where the notebook has 100.
set -euo pipefail
didact=$1 ads=$(realpath "$2") output=$3 epochs=${4:-30} precision=${PRECISION:-f32}
models=("${@:5}")
# The two of --preset notebook, but for the epochs.
retrain=()
[ -z "${RETRAINED:-}" ] || retrain=(
  --retrain "fine-tune:learning-rate=0.0001,early-stopping=10,epochs=$RETRAINED"
  --retrain "fine-tune:learning-rate=0.0001,early-stopping=5,mixup=0.2,epochs=$RETRAINED"
)
[ ${#models[@]} -gt 0 ] || models=(rgb-histogram vgg notebook-resnet-8 notebook-resnet-44 cct)
data=("$ads/images" --labels "$ads/noisy_labels.csv" --trusted "$ads/clean_labels.csv"
  --trusted-split in-order:fit=8000,select=1000)

clean() { # name, options
  local folder=$output/$1
  if [ -f "$folder/cleaning.toml" ]; then
    "$didact" clean --resume -o "$folder"
  else
    "$didact" clean "${data[@]}" "${@:2}" -o "$folder"
  fi
}

for model in "${models[@]}"; do
  case $model in
    # Fifteen numbers an image and no network, so that Bayes' rule corrects.
    rgb-histogram) clean "$model" --features rgb-histogram --model logistic --curriculum none --epochs 30 --cleaner posterior ;;
    *) clean "$model" --preset notebook --model "$model" --epochs "$epochs" --precision "$precision" "${retrain[@]}" ;;
  esac
done
