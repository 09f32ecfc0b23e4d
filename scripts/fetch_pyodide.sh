#!/bin/sh
# Fills a folder with the files that requirements/pyodide.lock names: sh scripts/fetch_pyodide.sh FOLDER
# Pyodide's release comes by GitHub's client `gh` (some 400 MB, of which 60 are kept), pandas from the package index.
set -eu
folder=$1
lock=requirements/pyodide.lock
python scripts/fill_pyodide.py "$folder" "$folder" > /dev/null 2>&1 && exit 0
release=$(sed -n 's/^#.* of Pyodide \([0-9.]*\) .*/\1/p' $lock)
pandas=$(sed -n 's/.* pandas-\([0-9.]*\)-.*/\1/p' $lock)
sources=$(mktemp -d)
trap 'rm -rf "$sources"' EXIT
gh release download "$release" --repo pyodide/pyodide --pattern "pyodide-$release.tar.bz2" --dir "$sources"
python -m pip download --quiet --no-deps --only-binary :all: --python-version 3.12 --abi cp312 --platform pyemscripten_2024_0_wasm32 \
  --dest "$sources" "pandas==$pandas"
python scripts/fill_pyodide.py "$folder" "$sources"/*
