#!/bin/sh
# Installs the readers that are not Python's, by name and outside what git tracks, then compares all readers.
# Debian: r-base-core r-cran-jsonlite r-cran-readr libreoffice-calc sqlite3 nodejs npm. npm: tests/interop/package.json.
# PyPI: cffconvert, alone, since it needs a jsonschema that nothing else here bears.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-.venv/bin/python}"
place="${INTEROP_DIR:-.venv/interop}"

missing=""
for program in Rscript soffice sqlite3 node npm; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
if command -v Rscript >/dev/null && ! Rscript -e 'library(readr); library(jsonlite)' >/dev/null 2>&1; then
    missing="$missing r-cran-readr"
fi
if [ -n "$missing" ]; then
    echo "missing:$missing" >&2
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq --no-install-recommends \
        r-base-core r-cran-jsonlite r-cran-readr libreoffice-calc sqlite3 nodejs npm
fi
mkdir -p "$place"
cp tests/interop/package.json "$place/"
npm install --prefix "$place" --no-audit --no-fund --silent
if [ ! -x "$place/cff/bin/cffconvert" ]; then
    "$python" -m venv "$place/cff"
    "$place/cff/bin/python" -m pip install --quiet --disable-pip-version-check "cffconvert==2.0.0"
fi
place="$(cd "$place" && pwd)"
PATH="$PATH:$place/cff/bin" NODE_PATH="$place/node_modules" PYTHONPATH=tests "$python" -m interop
