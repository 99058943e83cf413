#!/usr/bin/env bash
# What the specs beside this file read, into DIRECTORY/data and DIRECTORY/mentors.
# usage: data.sh DIDACT ADS CIFAR DIRECTORY
#   ADS holds images/, noisy_labels.csv and clean_labels.csv; CIFAR holds train.bin and eval.bin of CIFAR-100
# ads: images 1 to 8,000 and 10,001 to 50,000 with their noisy labels to train on, the first 8,000 of them trusted;
# images 8,001 to 9,000 choose, 9,001 to 10,000 report. CIFAR-100: the first 5,000 training labels are trusted.
set -euo pipefail
didact=$1 ads=$(realpath "$2") cifar=$(realpath "$3") output=$4

part() { # name, labels, ranges of rows as first,last
  local work; work=$(mktemp -d)
  mkdir "$work/images"
  for range in "${@:3}"; do
    ls "$ads/images" | sed -n "${range}p" | while read -r name; do ln -s "$ads/images/$name" "$work/images/$name"; done
    sed -n "${range}p" "$ads/$2" >> "$work/labels.csv"
  done
  "$didact" data convert "$work/images" --labels "$work/labels.csv" --to parquet -o "$output/data/$1.parquet"
  rm -r "$work"
}

mkdir -p "$output/data" "$output/mentors"
part train noisy_labels.csv 1,8000 10001,50000
part select clean_labels.csv 8001,9000
part report clean_labels.csv 9001,10000
sed -n 1,8000p "$ads/clean_labels.csv" > "$output/data/ads-trusted.txt"
ln -sfn "$cifar" "$output/data/cifar-100"
# A record of CIFAR-100: coarse label, fine label, 3,072 bytes of image.
head -c $((3074 * 5000)) "$cifar/train.bin" | od -An -v -tu1 -w3074 | awk '{print $2}' > "$output/data/cifar-100-trusted.txt"
head -1000 "$output/data/cifar-100-trusted.txt" > "$output/data/cifar-100-trusted-fifth.txt"

"$didact" mentor data --curriculum mentornet-predefined -o "$output/mentors/predefined"
"$didact" mentor train "$output/mentors/predefined/examples.parquet" -o "$output/mentors/predefined.safetensors"
