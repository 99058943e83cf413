#!/usr/bin/env bash
# Not tuned to one data set: 8,000 images of Fashion-MNIST with 40 % pair noise, the first 500 of them checked. Resumable.
# usage: fashion-mnist.sh DIDACT FASHION OUTPUT     FASHION holds t10k-labels-idx1-ubyte.gz
set -euo pipefail
didact=$1 fashion=$2 output=$3
mkdir -p "$output"
gzip -dc "$fashion/t10k-labels-idx1-ubyte.gz" | od -An -v -tu1 -w1 -j8 | head -500 | tr -d ' ' > "$output/trusted.txt"

for model in mlp:hidden=256 big-lenet; do
  for cleaner in posterior network; do
    folder=$output/${model%%:*}-$cleaner
    if [ -f "$folder/cleaning.toml" ]; then
      "$didact" clean --resume -o "$folder"
    else
      "$didact" clean "embedded:fashion-mnist#0..8000" --noise pair:0.4 --trusted "$output/trusted.txt" \
        --trusted-split random:fit=0.8,select=0.2 --test "embedded:fashion-mnist#8000..10000" --model $model \
        --curriculum none --epochs 15 --cleaner $cleaner --rounds 3 -o "$folder"
    fi
  done
done
