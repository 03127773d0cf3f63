#!/usr/bin/env bash
# The programs of the README, to be compiled: examples.sh README.md FOLDER writes FOLDER/example1.cc, example2.cc.
set -euo pipefail
for example in 1 2; do
  awk -v wanted="$example" '/^```/ { inside = 0 } inside { print } /^```cpp$/ { inside = ++number == wanted }' "$1" > "$2/example$example.cc"
  [ -s "$2/example$example.cc" ] || { echo "$1 has no $example. program"; exit 1; }
done
