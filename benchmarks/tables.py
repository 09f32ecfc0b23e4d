"""How printing a table grows with its rows: CPU seconds and peak memory, each size in a process of its own.

    python benchmarks/tables.py

First with the printer's own limits, beyond which rows are named and not printed; then with limits raised to hold all.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

ROWS = (1_000, 2_000, 5_000, 10_000, 50_000)
RAISED = (10_000, 20_000, 50_000)


def table(rows: int) -> str:
    """Return a table of four columns, as pandas would write it."""
    cells = "".join(f"<tr><th>{at}</th><td>指标{at % 97}</td><td>{at * 7 % 1009 / 10}</td><td>2026-06-30</td></tr>" for at in range(rows))
    return f"<table><thead><tr><th></th><th>indicator</th><th>value</th><th>day</th></tr></thead><tbody>{cells}</tbody></table>"


def measure(rows: int, raised: bool) -> None:
    """Print a table and then the seconds, peak memory, pages and size that it took."""
    import nbformat
    import pypdfium2

    from daye_analysis.reporting.documents import PdfOptions, render_pdf
    from daye_analysis.reporting.documents.limits import PrintLimits

    big = 10**9
    limits = PrintLimits(table_rows=big, table_cells=big, html_bytes=big, html_elements=big) if raised else PrintLimits()
    output = nbformat.v4.new_output("display_data", data={"text/html": table(rows)})
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x", outputs=[output])])
    start = time.process_time()
    pdf = render_pdf(notebook, PdfOptions(strict=False, limits=limits))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows:>8,}{'raised' if raised else 'own':>8}{seconds:>10.1f}{peak:>10.0f}{len(pypdfium2.PdfDocument(pdf)):>8}{len(pdf) / 1e6:>8.1f}")


def main() -> None:
    """Measure one size where it is given, else every size."""
    if sys.argv[1:]:
        measure(int(sys.argv[1]), sys.argv[2] == "raised")
        return
    print(f"{'rows':>8}{'limits':>8}{'CPU s':>10}{'peak MB':>10}{'pages':>8}{'MB':>8}", flush=True)
    for rows, limits in [*((rows, "own") for rows in ROWS), *((rows, "raised") for rows in RAISED)]:
        subprocess.run([sys.executable, __file__, str(rows), limits], check=True)


if __name__ == "__main__":
    main()
