#!/bin/sh
# Makes the sample reports and the pictures of the READMEs anew, as the evidence stood on one day. Needs pdftoppm (poppler).
set -eu
cd "$(dirname "$0")/.."
as_of="${1:-2026-11-29}"
.venv/bin/daye report target_feasibility --as-of "$as_of" --reports .venv/sample
for language in zh en; do
    cp ".venv/sample/latest/target_feasibility.$language.pdf" "reports/sample/target_feasibility.$language.pdf"
    pdftoppm -r 75 -f 1 -l 1 -singlefile -png "reports/sample/target_feasibility.$language.pdf" "docs/images/target_feasibility.$language"
done
