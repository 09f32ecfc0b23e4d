#!/bin/sh
# Installs the readers that are not Python's, by name and outside what git tracks, then compares all readers.
# Debian: r-base-core r-cran-jsonlite r-cran-readr libreoffice-calc sqlite3 nodejs npm. npm: tests/interop/package.json.
# PyPI: cffconvert, alone, since it needs a jsonschema that nothing else here bears.
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-.venv/bin/python}"
place="${INTEROP_DIR:-.venv/interop}"

# Only what is missing: a Node.js from elsewhere does not bear Debian's npm beside it.
missing=""
command -v Rscript >/dev/null && Rscript -e 'library(readr); library(jsonlite)' >/dev/null 2>&1 ||
    missing="$missing r-base-core r-cran-jsonlite r-cran-readr"
# soffice alone may be the word processor without the spreadsheet.
command -v localc >/dev/null || missing="$missing libreoffice-calc"
for program in sqlite3 npm; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
command -v node >/dev/null || missing="$missing nodejs"
if [ -n "$missing" ]; then
    echo "missing:$missing" >&2
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -qq
    $as_root apt-get install -y -qq --no-install-recommends $missing
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
